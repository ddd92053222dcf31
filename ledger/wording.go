package ledger

import "ewgwatch"

// Words says in the words of the table what the stance is: "co-chair", or "to
// attend" where it is planned. A stance this program does not know is its own word,
// as foreign as the finding.
func (s Said) Words() string {
	if s.Planned {
		return planOf(s.Stance)
	}
	return wordOf(s.Stance)
}

// NothingKinds returns every kind of nothing, in the order in which they are told.
func NothingKinds() []NothingKind {
	return []NothingKind{NotMentioned, Unreadable, Unreachable, NotCovered}
}

// Mark returns the one character that stands for the kind in a matrix.
func (k NothingKind) Mark() string { return mark(k) }

// Telling returns how many sources tell of an event, whatever they say of it.
func (l *Ledger) Telling(event ewgwatch.Event) int { return len(l.reach.telling[event.ID]) }
