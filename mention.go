package ewgwatch

// Mention is a span of an article's text that names a state, or a body that
// stands for it.
type Mention struct {
	State State
	Form  string // as it stands in the text
	Start int    // byte offset into Article.Text
	End   int    // offset of the first byte after it
}
