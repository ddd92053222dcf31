package review

import (
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// Known is what a sheet is held against.
type Known struct {
	Findings map[string]ewgwatch.Finding // by ID; those that are missing are not known
	Words    []ewgwatch.Review           // every word ever said
	Events   []string                    // IDs of events that a finding may be corrected to
}

// Options says whose sheet it is.
type Options struct {
	By     string    // the analyst
	At     time.Time // when the words are said
	Settle bool      // in a conflict the words of this sheet hold
}

// Plan is what a sheet comes to. Where it has faults nothing else of it counts.
type Plan struct {
	Words     []ewgwatch.Review // new ones, to be kept
	Holding   []ewgwatch.Review // those that are to hold, of the new ones and of those said before
	Conflicts []Conflict
	Repeated  int // rows that say what their analyst said last
	Others    int // rows that repeat what another analyst said, and are passed over
	Faults    []Fault
}

// Conflict is a row that does not hold, unless it settles the matter.
type Conflict struct {
	Line    int
	Finding ewgwatch.Finding
	Word    ewgwatch.Review
	Against []ewgwatch.Review // what other analysts said last and say otherwise
	Stale   bool              // the machine reads the finding otherwise than the analyst saw it: the word is not kept
	Settled bool
}

// Open reports whether any conflict is left open.
func (p Plan) Open() bool {
	return slices.ContainsFunc(p.Conflicts, func(c Conflict) bool { return !c.Settled })
}

// Decide says what is to become of a sheet. It changes nothing.
//
// The first word on a finding holds, and so does a later one of the same analyst or
// one with which all others agree. Where another analyst said otherwise it is a
// conflict: the word is kept, what holds stays. Where the machine's values changed
// since the analyst saw them it is one too, and the word is not kept. Options.Settle
// decides both for the sheet.
func Decide(s Sheet, known Known, options Options) Plan {
	d := decider{known: known, options: options, words: Latest(known.Words)}
	d.Faults = slices.Clone(s.Faults)
	for _, row := range s.Rows {
		d.row(row)
	}
	d.Faults = sorted(d.Faults)
	return d.Plan
}

type decider struct {
	Plan
	known   Known
	options Options
	words   map[string][]ewgwatch.Review // the latest of every analyst, by finding
}

// Latest returns, by finding, what every analyst said of it last.
func Latest(words []ewgwatch.Review) map[string][]ewgwatch.Review {
	last := map[string][]ewgwatch.Review{}
	for _, w := range words {
		of := last[w.Finding]
		at := slices.IndexFunc(of, func(r ewgwatch.Review) bool { return r.By == w.By })
		switch {
		case at < 0:
			last[w.Finding] = append(of, w)
		case w.At.After(of[at].At):
			of[at] = w
		}
	}
	return last
}

func (d *decider) wrong(row Row, column, format string, args ...any) {
	d.Faults = append(d.Faults, faultOf(row.Line, column, format, args...))
}

func (d *decider) row(row Row) {
	f, ok := d.known.Findings[row.Review.Finding]
	if !ok {
		d.wrong(row, findingColumn, "want a finding of this database, have %.60q", row.Review.Finding)
		return
	}
	word := d.word(row, f)
	if d.ofAnother(row, word) {
		d.Others++
		return
	}
	stale := row.Machine != f.Fingerprint()
	if !stale || d.options.Settle {
		if !d.sound(row, word, f, stale) {
			return
		}
	}
	d.place(Conflict{Line: row.Line, Finding: f, Word: word, Stale: stale, Settled: d.options.Settle})
}

// word is what a row says of its finding: a corrected value that is the machine's
// own corrects nothing.
func (d *decider) word(row Row, f ewgwatch.Finding) ewgwatch.Review {
	r := row.Review
	r.By, r.At = d.options.By, d.options.At
	if r.State == f.State {
		r.State = ""
	}
	if r.Stance == f.Stance {
		r.Stance = ""
	}
	if r.Event == f.Event.ID || r.Event == ewgwatch.NoEvent && f.Event.ID == "" {
		r.Event = ""
	}
	return r
}

// ofAnother reports whether a row came out as the word of another analyst and was
// left as it was.
func (d *decider) ofAnother(row Row, word ewgwatch.Review) bool {
	if row.Review.By == "" || row.Review.By == d.options.By {
		return false
	}
	word.By = row.Review.By
	return d.said(word)
}

// sound reports whether a word can be said of its finding.
func (d *decider) sound(row Row, word ewgwatch.Review, f ewgwatch.Finding, stale bool) bool {
	before := len(d.Faults)
	if word.Ruling == ewgwatch.Correct && word.State == "" && word.Stance == "" && word.Event == "" {
		d.wrong(row, rulingColumn, "want a value that differs from the machine's, have its own: accept says that it is right")
	}
	if word.Event != "" && word.Event != ewgwatch.NoEvent && !slices.Contains(d.known.Events, word.Event) {
		d.wrong(row, eventColumn, "want an event (%s; %s for none), have %.60q", strings.Join(d.known.Events, ", "), ewgwatch.NoEvent, word.Event)
	}
	for _, column := range shown() {
		if have, ok := row.Shown[column]; ok && !stale && !same(have, machines(column, f)) {
			d.wrong(row, column, "want the machine's own %q left as it was, have %.40q: what is right goes into the columns review_…", machines(column, f), have)
		}
	}
	return len(d.Faults) == before
}

// machines is the machine's own value of a column.
func machines(column string, f ewgwatch.Finding) string {
	switch column {
	case "state":
		return string(f.State)
	case "stance":
		return string(f.Stance)
	case "event_id":
		return f.Event.ID
	}
	return map[bool]string{true: "true", false: "false"}[f.Planned]
}

// same compares a cell with the machine's value. Spreadsheets write truth in capitals
// and in the words of their language, of which only the English ones are compared.
func same(cell, machine string) bool {
	if machine != "true" && machine != "false" {
		return strings.EqualFold(cell, machine)
	}
	truth, ok := map[string]string{"true": "true", "1": "true", "false": "false", "0": "false"}[strings.ToLower(cell)]
	return !ok || truth == machine
}

// place decides whether a word is new and whether it holds.
func (d *decider) place(c Conflict) {
	c.Against = d.against(c.Word)
	repeated, agreed := d.said(c.Word), c.Finding.Review.Agrees(c.Word)
	taken := !c.Stale || c.Settled
	if repeated {
		d.Repeated++
	}
	if repeated && agreed {
		return
	}
	if taken && !repeated {
		d.Words = append(d.Words, c.Word)
	}
	if taken && d.holds(c, agreed) {
		d.Holding = append(d.Holding, c.Word)
	}
	if c.Stale || len(c.Against) > 0 && !agreed {
		d.Conflicts = append(d.Conflicts, c)
	}
}

// holds reports whether a word takes the place of the one that holds: not of
// another's that says the same.
func (d *decider) holds(c Conflict, agreed bool) bool {
	if agreed {
		return c.Finding.Review.By == d.options.By
	}
	return c.Settled || len(c.Against) == 0
}

// against returns what other analysts said last, where it differs from a word.
func (d *decider) against(word ewgwatch.Review) (others []ewgwatch.Review) {
	for _, r := range d.words[word.Finding] {
		if r.By != word.By && !r.Agrees(word) {
			others = append(others, r)
		}
	}
	return others
}

// said reports whether a word is what its analyst said last.
func (d *decider) said(word ewgwatch.Review) bool {
	return slices.ContainsFunc(d.words[word.Finding], func(r ewgwatch.Review) bool {
		return r.By == word.By && r.Agrees(word) && r.Why == word.Why
	})
}
