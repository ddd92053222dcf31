package ewgwatch

import "time"

// Run is one night: what was asked for and how it ended.
type Run struct {
	ID        string // start time, as 20060102T150405Z
	StartedAt time.Time
	EndedAt   time.Time // zero while it runs, or if it was killed
	Version   string    // of the program
	Rules     string    // of the reading rules: a hash over their data files
	Complete  bool      // every source was read within its budget
	Coverage  []Coverage
}

// Coverage is what one run saw of one source.
type Coverage struct {
	Source     string // Source.ID
	Name       string
	State      State      // whose ministry or press it is; "" where none
	Kind       SourceKind // "" in runs of before it was kept
	Lang       string     // that its pages are mostly in; "" where unknown
	Covers     []State
	Discovered int             // distinct URLs known of
	Outcomes   map[Outcome]int // visits by how they ended
	Articles   int             // articles read, listings not counted
	OnTopic    int             // of them about an EWG CT activity
	Undated    int             // of them without a date that holds
	Months     map[Date]int    // articles read, by the month they were published in
	Findings   int             // new ones
	Pages      int             // read, changed or not; feeds and sitemaps not counted
	Fresh      int             // articles of which no earlier night knew
	Length     int             // median of the articles' texts in runes; 0 where none was read
	Front      Outcome         // of its seed, or that of a feed or sitemap if that alone was read; "" where neither was visited
	Cut        bool            // the night ended before the source did: what is missing says nothing of it
	Reach      Reach
	Why        string // for a source that was not wholly read: one line for a person
}

// Reach says how much of a source a run saw.
type Reach string

// The reaches.
const (
	ReachRead    Reach = "read"    // everything it offered within the budget
	ReachPartial Reach = "partial" // something, but a feed, a sitemap or pages could not be read
	ReachNone    Reach = "unread"  // nothing: it proves nothing about any state
)
