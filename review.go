package ewgwatch

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"
)

// Review is what one analyst says of a finding. What the machine read stays in
// the finding beside it.
type Review struct {
	Finding string // Finding.ID
	Ruling  Ruling
	State   State  // the right one, where it is corrected; "" where the machine's stands
	Stance  Stance // likewise
	Event   string // likewise an Event.ID, or NoEvent
	By      string // who says so
	Why     string
	At      time.Time // when it was said
}

// NoEvent stands in a review for the event of a finding that is tied to a wrong one
// and belongs to none that is known.
const NoEvent = "-"

// IsZero reports whether there is no review.
func (r Review) IsZero() bool { return r.Ruling == "" }

// Agrees reports whether both say the same of a finding, whoever says it and why.
func (r Review) Agrees(other Review) bool {
	return r.Ruling == other.Ruling && r.State == other.State && r.Stance == other.Stance && r.Event == other.Event
}

// Fingerprint is short for what the machine read of a finding and may read
// otherwise tomorrow: "m_" and eight hexadecimal digits. An analyst who ruled on
// another one has not seen what now stands there.
func (f Finding) Fingerprint() string {
	h := sha256.New()
	for _, part := range []string{f.ID, string(f.State), string(f.Stance), f.Event.ID, strconv.FormatBool(f.Planned)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return "m_" + hex.EncodeToString(h.Sum(nil)[:4])
}

// Ruling is what an analyst decides of a finding.
type Ruling string

// The rulings.
const (
	Accept  Ruling = "accept"  // the page says it
	Reject  Ruling = "reject"  // the page never said it
	Correct Ruling = "correct" // the page says something else: the corrected values say what
)

// Rulings returns every ruling.
func Rulings() []Ruling { return []Ruling{Accept, Reject, Correct} }

// Valid reports whether r is one of the rulings.
func (r Ruling) Valid() bool { return slices.Contains(Rulings(), r) }
