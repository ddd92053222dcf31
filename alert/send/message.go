package send

// Message is an alert as its receiver reads it.
type Message struct {
	ID       string // Alert.ID
	Thread   string // Alert.ID of the first message about the same; "" or ID for the first
	Subject  string // of one line
	Text     string
	HTML     string
	Markdown string
	Short    string // for what holds little
	JSON     []byte
	Topic    string // what a thread is about, of one line
}
