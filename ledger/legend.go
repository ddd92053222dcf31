package ledger

import (
	"strings"

	"ewgwatch/internal/plain"
)

const markWidth = 6 // of what stands before an entry, in columns

// legend says what the marks mean.
func (t table) legend() {
	for _, entry := range []struct{ mark, text string }{
		{"×2", "two independent voices; copies of one text count once"},
		{"≠", "contradicted by another source, see below"},
		{"to …", "planned, not done"},
	} {
		t.hang(entry.mark, entry.text)
	}
	if len(t.reach.watched) > 0 {
		t.paragraph("Read for it: sources that were read from a fortnight before the event to four weeks after, or whose articles of that time were, or that tell of it, of all that are watched.")
	}
}

// mostHanging is how many lines one entry takes at most.
const mostHanging = 40

// hang prints text with a mark in front, its further lines below its first.
func (t table) hang(mark, text string) {
	for i, line := range fold(text, t.width-markWidth, mostHanging) {
		if i > 0 {
			mark = ""
		}
		t.line(strings.TrimRight(plain.Pad(mark, markWidth)+line, " "))
	}
}
