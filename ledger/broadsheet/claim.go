package broadsheet

import (
	"cmp"
	"fmt"
	"strings"

	"ewgwatch"
	"ewgwatch/ledger"
)

// claim is one stance in a cell.
type claim struct {
	ledger.Said
	Word   string         // of the stance, tame
	Note   int            // number of its quotes among the notes, from 1
	Best   quote          // to show where there is room for one
	voices []ledger.Voice // who says so, the earliest first
	heard  []voice        // the same, set
	side   ledger.Side
}

// Icon names the picture that stands before the word.
func (c claim) Icon() string { return markOf(c.Stance, c.Planned) }

func markOf(stance ewgwatch.Stance, planned bool) string {
	if planned {
		return iconOf(stance) + "-planned"
	}
	return iconOf(stance)
}

func iconOf(stance ewgwatch.Stance) string {
	switch stance {
	case ewgwatch.CoChair, ewgwatch.Host:
		return "chair"
	case ewgwatch.Attended:
		return "there"
	case ewgwatch.Declined, ewgwatch.Absent:
		return "away"
	}
	return "open"
}

// wordOf says a stance in the words of the ledger, tame.
func wordOf(s ledger.Said) string { return cmp.Or(tidy(s.Words()), "stance unknown") }

// Times says how many independent sources say so, where they are several.
func (c claim) Times() string {
	if c.Voices < 2 {
		return ""
	}
	return fmt.Sprintf("×%d", c.Voices)
}

// Number says how many independent sources say so.
func (c claim) Number() string {
	return plural(c.Voices, "independent source", "independent sources")
}

// mostVoices is how many voices are shown with their words, mostNamed how many are
// named where there is less room.
const (
	mostVoices = 40
	mostNamed  = 12
)

// Heard returns the voices to be listed beside the best quote: none where it is the
// only word there is.
func (c claim) Heard() []voice {
	if len(c.heard) == 1 && len(c.heard[0].Copies) == 0 {
		return nil
	}
	return c.heard[:min(len(c.heard), mostVoices)]
}

// Unshown says how many voices are not listed, "" for none.
func (c claim) Unshown() string { return unshown(len(c.heard) - mostVoices) }

func unshown(n int) string {
	switch {
	case n < 1:
		return ""
	case n == 1:
		return "One more independent source says so."
	}
	return fmt.Sprintf("%d more independent sources say so.", n)
}

// Named names the voices in one line, with who copied them; "" where the best quote
// is the only word there is.
func (c claim) Named() string {
	var names []string
	for i, v := range c.Heard() {
		switch {
		case i < mostNamed:
			names = append(names, v.short())
		case i == mostNamed:
			names = append(names, fmt.Sprintf("and %d more", len(c.heard)-mostNamed))
		}
	}
	return strings.Join(names, " · ")
}

// When says whether it is said of the past or of what was to come.
func (c claim) When() string {
	if c.Planned {
		return "planned"
	}
	return "done"
}

// Later says that the quote is of a later day than all against it, "" where it is not
// or where a day is unknown.
func (c claim) Later() string {
	if c.side.Later {
		return "its quote is the later"
	}
	return ""
}

// Kin says what ties it to what is against it, "" for nothing that is known.
func (c claim) Kin() string {
	if c.side.Kin == ledger.NoKin {
		return ""
	}
	return "Not independent of the other side: " + string(c.side.Kin) + "."
}

// away reports whether it says that a state was not there.
func (c claim) away() bool {
	return !c.Planned && (c.Stance == ewgwatch.Absent || c.Stance == ewgwatch.Declined)
}
