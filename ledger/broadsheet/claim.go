package broadsheet

import (
	"fmt"

	"ewgwatch"
	"ewgwatch/ledger"
)

// claim is one stance in a cell.
type claim struct {
	ledger.Said
	Word  string  // of the stance, tame
	Note  int     // number of its quotes among the notes, from 1
	Heard []voice // whose words are shown
}

// Icon names the picture that stands before the word.
func (c claim) Icon() string {
	name := iconOf(c.Stance)
	if c.Planned {
		return name + "-planned"
	}
	return name
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

// Unshown says how many voices have no words here, "" for none.
func (c claim) Unshown() string {
	switch n := c.Voices - len(c.Heard); {
	case n < 1:
		return ""
	case n == 1:
		return "One more independent source says so."
	default:
		return fmt.Sprintf("%d more independent sources say so.", n)
	}
}

// When says whether it is said of the past or of what was to come.
func (c claim) When() string {
	if c.Planned {
		return "planned"
	}
	return "done"
}

// Best is the quote to show where there is room for one.
func (c claim) Best() quote { return c.Heard[0].quote }
