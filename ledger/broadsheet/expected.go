package broadsheet

import "ewgwatch/ledger"

// expected is how an expectation stands.
type expected struct {
	ledger.Expected
	Column *event // of the sheet; nil where it shows none
}

// Text says so in one line.
func (e expected) Text() string { return tidy(e.String()) }

// Passed reports whether the day is over, and nothing came.
func (e expected) Passed() bool { return e.Standing == ledger.Passed }

// Expected says how what was expected stands, in the order given.
func (s *content) Expected() (all []expected) {
	for _, e := range s.About.Expected {
		all = append(all, expected{e, s.column(e.Event.ID)})
	}
	return all
}

func (s *content) column(id string) *event {
	for _, e := range s.Events {
		if e.ID == id && e.Known() {
			return e
		}
	}
	return nil
}
