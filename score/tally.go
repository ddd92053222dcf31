package score

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// Tally counts what was found and should be (hit), was found and should not be
// (extra), and was not found (missed).
type Tally struct{ Hit, Extra, Missed int }

// Precision is the share of what was found that is right, 1 where nothing was.
func (t Tally) Precision() float64 { return share(t.Hit, t.Hit+t.Extra) }

// Recall is the share of what is there that was found, 1 where nothing is.
func (t Tally) Recall() float64 { return share(t.Hit, t.Hit+t.Missed) }

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 { return share(2*t.Hit, 2*t.Hit+t.Extra+t.Missed) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Report adds tallies up by name and keeps the misses.
type Report struct {
	tallies map[string]*Tally
	Misses  []string
}

func (r *Report) tally(name string) *Tally {
	if r.tallies == nil {
		r.tallies = map[string]*Tally{}
	}
	if r.tallies[name] == nil {
		r.tallies[name] = &Tally{}
	}
	return r.tallies[name]
}

// Tally returns what was counted under a name.
func (r *Report) Tally(name string) Tally { return *r.tally(name) }

// compare counts two sets under several names and notes what differs.
func compare[T comparable](r *Report, page string, found, want map[T]bool, names func(T) []string) {
	count := func(items map[T]bool, other map[T]bool, word string, add func(*Tally)) {
		for item := range items {
			if word != "" && other[item] || word == "" && !other[item] {
				continue
			}
			for _, name := range names(item) {
				add(r.tally(name))
			}
			if word != "" {
				r.Misses = append(r.Misses, fmt.Sprintf("%s: %s %v", page, word, item))
			}
		}
	}
	count(found, want, "", func(t *Tally) { t.Hit++ })
	count(found, want, "extra", func(t *Tally) { t.Extra++ })
	count(want, found, "missed", func(t *Tally) { t.Missed++ })
}

// one counts a single value: right, wrong, or not found.
func (r *Report) one(page, name, found, want string) {
	t := r.tally(name)
	switch found {
	case want:
		t.Hit++
		return
	case "":
		t.Missed++
	default:
		t.Extra++
	}
	r.Misses = append(r.Misses, fmt.Sprintf("%s: %s is %q, want %q", page, name, found, want))
}

// Write prints one line a tally, by name, and then the misses where asked for.
func (r *Report) Write(w io.Writer, misses bool) error {
	if _, err := fmt.Fprintf(w, "%-28s %9s %7s %6s   %5s %6s %7s\n", "", "precision", "recall", "F1", "hit", "extra", "missed"); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(r.tallies)) {
		t := r.tallies[name]
		if _, err := fmt.Fprintf(w, "%-28s %9.3f %7.3f %6.3f   %5d %6d %7d\n", name, t.Precision(), t.Recall(), t.F1(), t.Hit, t.Extra, t.Missed); err != nil {
			return err
		}
	}
	if r.tallies["stance"] != nil {
		if _, err := fmt.Fprintf(w, "%-28s %9s %7s %6.3f\n", "stance, mean over stances", "", "", r.Macro()); err != nil {
			return err
		}
	}
	if !misses {
		return nil
	}
	slices.Sort(r.Misses)
	for _, miss := range r.Misses {
		if _, err := fmt.Fprintln(w, miss); err != nil {
			return err
		}
	}
	return nil
}
