package ewgwatch

import "time"

// Visit is what is remembered of the latest visit to a URL, so that the next
// one can ask "has it changed?". A failed visit keeps the validators and the
// hash of the last good one.
type Visit struct {
	URL          string
	Source       string // Source.ID
	At           time.Time
	Outcome      Outcome
	Status       int
	Detail       string
	ETag         string
	LastModified string
	BodySHA256   string    // of the content-decoded body last read, lower-case hex
	ReadAt       time.Time // when that body was first seen
	Capture      Capture
	OnTopic      bool // that body was about an EWG CT activity
	Listing      bool // that body was a list of articles and none itself
	Onward       bool // that body linked to pages of its source that no visit knew of and that are to be followed: should its night not have come to them, they are known through it alone
	FirstSeen    time.Time
}
