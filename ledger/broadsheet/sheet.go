package broadsheet

import "ewgwatch/ledger"

// Sheet is a ledger ready to be set.
type Sheet struct{ content *content }

// content is what a sheet says, as its templates ask for it.
type content struct {
	About  About
	ledger *ledger.Ledger
	States []state
	Events []*event
	Notes  []*note
}

// New takes a ledger, and what is to be said of it.
func New(l *ledger.Ledger, about About) *Sheet {
	s := &content{About: about, ledger: l}
	for _, code := range l.States {
		s.States = append(s.States, state{code, tidy(code.Name())})
	}
	for i, known := range l.Events {
		e := &event{Event: known, told: tell(l, known), No: i + 1}
		for _, row := range s.States {
			e.Cells = append(e.Cells, s.cell(take(l, row.Code, known), row, e))
		}
		s.Events = append(s.Events, e)
	}
	return &Sheet{s}
}

// note is a claim where its quotes are printed.
type note struct {
	*claim
	Cell *cell
}

// Last reports whether it is the last note of its cell, behind which stands what
// belongs to the cell.
func (n *note) Last() bool { return n.claim == n.Cell.Claims[len(n.Cell.Claims)-1] }

// Title is the heading of the sheet.
func (s *content) Title() string { return "Who took part, according to whom" }

// Subtitle says what it is about.
func (s *content) Subtitle() string {
	const all = "ADMM-Plus Experts’ Working Group on Counter-Terrorism: what sources say of states at its exercises and meetings"
	if part := s.About.Part(); part != "" {
		return all + " (" + part + ")"
	}
	return all
}

// Contradictions returns the cells that contradict themselves, by event and state.
func (s *content) Contradictions() (all []*cell) {
	for _, e := range s.Events {
		for _, c := range e.Cells {
			if c.Conflict() {
				all = append(all, c)
			}
		}
	}
	return all
}

// Clashes says how many cells contradict themselves.
func (s *content) Clashes() string {
	return plural(len(s.Contradictions()), "contradicts itself", "contradict themselves")
}

// Filled counts the cells in which something is said, Total all of them.
func (s *content) Filled() int { return s.count(func(c *cell) bool { return len(c.Claims) > 0 }) }

// Total counts the cells.
func (s *content) Total() int { return len(s.States) * len(s.Events) }

func (s *content) count(holds func(*cell) bool) (n int) {
	for _, e := range s.Events {
		for _, c := range e.Cells {
			if holds(c) {
				n++
			}
		}
	}
	return n
}

// Cite says how the sheet is to be cited.
func (s *content) Cite() string {
	return "“" + s.Title() + ". " + s.Subtitle() + "”. Ledger as of " + s.About.Believed() + ", made by ewgwatch " + s.About.Program +
		" on " + s.About.Made() + ", from " + s.About.Basis() + "; rules " + s.About.ByRules() + "."
}
