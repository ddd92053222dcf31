package archive

import (
	"crypto/rand"
	"io"
	"time"
)

// Options says who writes an archive and how. The zero value works.
type Options struct {
	// MaxFileSize is the size in bytes at which a new file is begun; 0 for 1
	// GiB. An exchange larger than that has a file of its own.
	MaxFileSize int64
	// Software is the program and its version, for the warcinfo record;
	// "ewgwatch" where empty.
	Software string
	// Operator is who runs the crawl, and Contact an address or URL to reach
	// them by, for the warcinfo record. Empty ones are left out.
	Operator, Contact string
	// UserAgent is the User-Agent header usually sent, for the warcinfo record;
	// left out where empty.
	UserAgent string
	// Robots is the robots policy followed, for the warcinfo record: "classic"
	// where robots.txt is obeyed (ISO 28500:2017, 6.2). Left out where empty: this
	// package does not fetch and so cannot know.
	Robots string
	// Now is the clock that names files and dates warcinfo records; nil for
	// time.Now. Exchanges bring their own time.
	Now func() time.Time
	// Random is what record ids and file names are made of; nil for
	// crypto/rand.Reader. It is never read by two goroutines at once.
	Random io.Reader
}

const defaultMaxFileSize = 1 << 30

func (o Options) withDefaults() Options {
	if o.MaxFileSize <= 0 {
		o.MaxFileSize = defaultMaxFileSize
	}
	if o.Software == "" {
		o.Software = "ewgwatch"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return o
}
