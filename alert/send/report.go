package send

// Report counts what was done.
type Report struct {
	Sent    int
	Retried int // attempts that failed and are made again
	Dead    int // given up
	Back    int // given back untried
	Failing []Failing
}

// Failing is a channel whose last attempt failed.
type Failing struct {
	Channel string // without secrets
	Why     string // likewise
}
