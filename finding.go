package ewgwatch

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"time"
	"unicode"
	"unicode/utf8"
)

// Finding is a dated claim: an article says that a state took a stance on an
// event, and Quote is the sentence that says so.
type Finding struct {
	ID         string // see FindingID; "" until Identify is called
	FoundAt    time.Time
	State      State
	Stance     Stance
	Planned    bool  // said of what is still to come: "will attend", not "attended"
	Event      Event // the zero Event where the sentence could not be tied to one
	Quote      string
	QuoteStart int // byte offset into Article.Text; -1 where the quote is the title
	QuoteEnd   int
	QuotePage  int     // of a PDF, from 1; 0 where the article has no pages or the quote is the title
	Rule       string  // name of the rule that read it
	Confidence float64 // 0 to 1
	Via        string  // "named", "group" (read from "all ASEAN members"), "self" (the publisher's own state), "headline"
	Status     Status
	Backfilled bool    // found while the past was read: no news to anybody
	EventScore float64 // how well what the article says of the event fits Event, 0 to 1; 0 where it is tied to none

	FirstRevision int       // of the article that says it, from 1; 0 where that is not known
	LastRevision  int       // the latest that says it
	ChangedAt     time.Time // when anything of it last changed; FoundAt until then
	Review        Review    // the analyst's word that holds; zero without one

	URL       string // canonical URL of the article
	Title     string
	Lang      string
	Published Published
	Source    Source
	Capture   Capture
	Wire      string // agency that the sentence quoted, or else the article, says it is from, as "tass"; "" where neither names one
	Sketch    Sketch // of the article's text
}

// Status says whether a finding still stands.
type Status string

// The statuses. A finding that no longer stands is kept and marked, never
// deleted.
const (
	Current   Status = "current"
	Withdrawn Status = "withdrawn" // the page no longer says it
	Corrected Status = "corrected" // an analyst put another value beside it
	Rejected  Status = "rejected"  // an analyst says the page never said it
)

// Claim returns what the machine read: what the finding adds to where no analyst
// has corrected it.
func (f Finding) Claim() Claim { return Claim{State: f.State, Event: f.Event.ID, Stance: f.Stance} }

// Believed returns f with the values of the analyst who corrected it in the
// place of the machine's; f itself where nobody did. Of a corrected event only
// the ID is known.
func (f Finding) Believed() Finding {
	if f.Review.Ruling != Correct {
		return f
	}
	f.State, f.Stance = cmp.Or(f.Review.State, f.State), cmp.Or(f.Review.Stance, f.Stance)
	switch event := f.Review.Event; event {
	case "", f.Event.ID:
	case NoEvent:
		f.Event = Event{}
	default:
		f.Event = Event{ID: event}
	}
	return f
}

// Identify returns f with its ID set.
func (f Finding) Identify() Finding {
	f.ID = FindingID(f.URL, f.State, f.Stance, f.Quote)
	return f
}

// FindingID names a finding: "f_" and the first 16 bytes of the SHA-256, in
// lower-case hex, over canonical URL, state, stance and normalised quote, each
// ended by a NUL. The event is an attribute and not part of it, so that
// merging or splitting events changes no ID.
func FindingID(url string, state State, stance Stance, quote string) string {
	h := sha256.New()
	for _, part := range []string{url, string(state), string(stance), NormaliseQuote(quote)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return "f_" + hex.EncodeToString(h.Sum(nil)[:16])
}

// NormaliseQuote folds what editors and templates change without changing what
// is said: letter case, white space and every mark that is neither a letter, a
// digit nor a combining mark.
func NormaliseQuote(quote string) string {
	words := make([]byte, 0, len(quote))
	gap := false
	for i := 0; i < len(quote); {
		c, size := rune(quote[i]), 1
		if c < utf8.RuneSelf {
			c = rune(spokenASCII[c])
		} else if c, size = utf8.DecodeRuneInString(quote[i:]); unicode.In(c, unicode.L, unicode.N, unicode.M) {
			c = unicode.ToLower(c)
		} else {
			c = 0
		}
		i += size
		switch {
		case c == 0:
			gap = len(words) > 0
			continue
		case gap:
			words = append(words, ' ')
			gap = false
		}
		words = utf8.AppendRune(words, c)
	}
	return string(words)
}

// spokenASCII is what stands for a character that says something, 0 for another.
var spokenASCII = func() (table [utf8.RuneSelf]byte) {
	for c := range byte(utf8.RuneSelf) {
		if unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) {
			table[c] = byte(unicode.ToLower(rune(c)))
		}
	}
	return table
}()
