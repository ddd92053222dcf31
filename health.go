package ewgwatch

import (
	"slices"
	"time"
)

// Health is how a source has done from night to night, so that one that stopped
// being read is told of before its silence is taken for one.
//
// Each night that counts gets a [Verdict], and states follow from verdicts:
//
//   - ok: two good nights in a row, from whatever state.
//   - blocked: 2 of the last 3 nights the source kept us out (401, 403, bot
//     check, consent wall, paywall, robots.txt, rate limit) and nothing was read.
//   - gone: on 5 of the last 7 nights its name did not resolve, nothing answered,
//     or seed, feeds and sitemaps were all 404 or 410.
//   - degraded: 2 of the last 3 nights were not good in any way; at once when an
//     [Alarm] rings.
//   - silent: it is read whole, but nothing new has come for as many nights as
//     [Health.Patience] says, although it is known to publish.
//
// A state is entered only on a night that speaks for it. From one of blocked,
// gone and degraded to another, and from there to silent, it takes two nights in
// a row, so that a source which fails now one way and now another keeps one
// name. A source whose first night is not good begins as degraded: it was never
// read, so nobody may call it ok.
type Health struct {
	Source      string // Source.ID
	Name        string
	State       HealthState
	Since       time.Time     // start of the night that brought it into State
	Why         string        // for a state other than ok: one line for a person
	Nights      []HealthNight // that counted, the latest last; at most MaxNights
	Transitions []Transition  // the latest last; at most MaxTransitions
	Usual       Usual         // what the last night was held against
	Counted     int           // nights that counted, ever
	Newsy       int           // of them with anything new, the first left out: to it all is new
	Quiet       int           // nights in a row, up to the last, read whole and with nothing new
	Longest     int           // … the longest such stretch that has ended, see Patience
}

// What is kept of a source.
const (
	MaxNights      = 14
	MaxTransitions = 50
)

// HealthState says how a source does. The zero value stands for a source that
// no night has judged yet.
type HealthState string

// The states.
const (
	HealthOK       HealthState = "ok"
	HealthDegraded HealthState = "degraded"
	HealthBlocked  HealthState = "blocked"
	HealthSilent   HealthState = "silent"
	HealthGone     HealthState = "gone"
)

// HealthStates returns every state, the worst first.
func HealthStates() []HealthState {
	return []HealthState{HealthGone, HealthBlocked, HealthDegraded, HealthSilent, HealthOK}
}

// HealthNight is what one night was like for a source.
type HealthNight struct {
	Run        string // Run.ID
	At         time.Time
	Verdict    Verdict
	Reach      Reach
	Outcome    Outcome // how most of what was not read ended; "" where all was
	Pages      int
	Articles   int
	Fresh      int
	OnTopic    int
	Undated    int
	Discovered int
	Length     int   // of its articles, as in Coverage
	Short      bool  // they were under a third of the usual length; a night without articles takes it from the night before
	Alarm      Alarm // rings; a night without articles takes it from the night before
}

// Transition is a change of state.
type Transition struct {
	At   time.Time
	Run  string
	From HealthState
	To   HealthState
	Why  string
}

// After returns the health after one more night of the source. A night on which
// the source was not visited, or not to its end, changes nothing. The health
// before is left as it is.
func (h Health) After(run Run, c Coverage) Health {
	h.Source, h.Name = c.Source, c.Name
	if !c.Visited() {
		return h
	}
	h.Usual = usualOf(h.Nights, h.Usual)
	h.listen(c)
	h.Nights = lastOf(append(slices.Clone(h.Nights), h.night(run, c)), MaxNights)
	h.move(run, c)
	return h
}

// move goes to the state that the last night speaks for.
func (h *Health) move(run Run, c Coverage) {
	from := h.State
	h.State = h.next()
	h.Why = h.reason(c)
	if h.State == from {
		return
	}
	h.Since = run.StartedAt
	if from == "" {
		return
	}
	t := Transition{At: run.StartedAt, Run: run.ID, From: from, To: h.State, Why: h.Why}
	if h.State == HealthOK {
		t.Why = "read whole on 2 nights in a row"
	}
	h.Transitions = lastOf(append(slices.Clone(h.Transitions), t), MaxTransitions)
}

// Changed returns the transition that a run brought; false where it brought none.
func (h Health) Changed(run string) (Transition, bool) {
	if n := len(h.Transitions); n > 0 && h.Transitions[n-1].Run == run {
		return h.Transitions[n-1], true
	}
	return Transition{}, false
}

// Last returns the latest night that counted; false where none did.
func (h Health) Last() (HealthNight, bool) {
	if len(h.Nights) == 0 {
		return HealthNight{}, false
	}
	return h.Nights[len(h.Nights)-1], true
}

func lastOf[T any](list []T, most int) []T {
	return slices.Clone(list[max(0, len(list)-most):])
}

// next is the table of rules in the doc comment of Health.
func (h Health) next() HealthState {
	tonight := h.Nights[len(h.Nights)-1].Verdict
	switch {
	case h.State == "" && tonight == Good:
		return HealthOK
	case h.State == "":
		return HealthDegraded
	case h.all(2, Good):
		return HealthOK
	case h.turns(Quiet):
		return HealthSilent
	case h.turns(Lost) && h.count(7, Lost) >= 5:
		return HealthGone
	case h.turns(Barred) && h.count(3, Barred) >= 2:
		return HealthBlocked
	case h.degrades(tonight):
		return HealthDegraded
	}
	return h.State
}

// settled reports whether the source is read well, so that a few nights out of
// several are enough for another state.
func (h Health) settled() bool { return h.State == HealthOK || h.State == HealthSilent }

// turns reports whether tonight's verdict may bring another state.
func (h Health) turns(to Verdict) bool {
	return h.settled() && h.all(1, to) || h.all(2, to)
}

func (h Health) degrades(tonight Verdict) bool {
	switch h.State {
	case HealthGone:
		return h.all(2, Poor, Doubtful)
	case HealthBlocked:
		return h.all(2, Poor, Doubtful, Lost)
	}
	return tonight == Doubtful || tonight != Good && h.count(3, Poor, Barred, Lost, Doubtful) >= 2
}

// count counts the verdicts among the last nights that are one of some.
func (h Health) count(nights int, verdicts ...Verdict) int {
	n := 0
	for _, night := range h.Nights[max(0, len(h.Nights)-nights):] {
		if slices.Contains(verdicts, night.Verdict) {
			n++
		}
	}
	return n
}

func (h Health) all(nights int, verdicts ...Verdict) bool {
	return h.count(nights, verdicts...) == nights
}
