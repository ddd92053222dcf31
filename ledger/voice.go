package ledger

import (
	"slices"
	"strings"

	"ewgwatch"
)

// Voice is one independent voice: texts that are copies of one, the first
// published of them first.
type Voice struct {
	First  Witness
	Copies []Witness // the others, in the order of their publication
	// Why says what makes them one: "same publisher", the code of their agency
	// ("tass"), "same text", or several of these, apart by commas. "" for a voice
	// without copies.
	Why string
}

// Voices counts the independent voices among the findings of one claim. Two
// findings are one voice where
//   - one publisher says both: the hosts of their sources are the same, so that
//     the English and the Malay page of one agency count once;
//   - both name the same agency as where they have it from;
//   - their texts are copies of each other: see [ewgwatch.Sketch.Copies];
//   - their quotes are the same once normalised (ewgwatch.NormaliseQuote); or
//   - their quotes are nearly the same: see alike.
//
// Copies of copies belong together, and the order of the findings does not
// matter. Titles are left out: two ministries head their pages "Experts'
// Working Group on Counter-Terrorism" and copy nothing. A translation counts as
// a voice of its own where it names no agency, and so does a story told in new
// words.
func Voices(findings []ewgwatch.Finding) int {
	r := newRegister()
	sayings := make([]saying, len(findings))
	for i := range findings {
		f := &findings[i]
		sayings[i] = r.saying(f.Source.ID, f.Wire, f.Quote, f.Sketch)
	}
	return r.forest(sayings).trees
}

// Voices returns the independent voices of a stance in a cell, done or planned,
// the earliest first; none for a claim that nobody makes. They are as many as
// Said.Voices says. Who they are is worked out anew at every call.
func (l *Ledger) Voices(claim ewgwatch.Claim, planned bool) []Voice {
	g := l.groups[l.columns.find(claim, planned)]
	if g == nil {
		return nil
	}
	r := newRegister()
	sayings := make([]saying, len(g.kept))
	for i, k := range g.kept {
		sayings[i] = r.saying(k.source.ID, k.wire, k.quote, k.sketch)
	}
	f := r.forest(sayings)
	members := map[int32][]int{}
	for i := range sayings {
		root := f.root(int32(i))
		members[root] = append(members[root], i)
	}
	var all []Voice
	for _, of := range members {
		all = append(all, g.voice(of, sayings, r, planned))
	}
	slices.SortFunc(all, func(a, b Voice) int { return byTelling(a.First, b.First) })
	return all
}

func (g *group) voice(of []int, sayings []saying, r *register, planned bool) Voice {
	witnesses := make([]Witness, len(of))
	said := make([]saying, len(of))
	for i, at := range of {
		witnesses[i], said[i] = g.kept[at].witness(planned), sayings[at]
	}
	slices.SortFunc(witnesses, byTelling)
	return Voice{First: witnesses[0], Copies: witnesses[1:], Why: r.why(said)}
}

// why says what makes one voice of several sayings: what all of them share, or
// else everything that some of them do.
func (r *register) why(said []saying) string {
	if len(said) == 1 {
		return ""
	}
	publishers, wires := counts(said, func(s saying) int32 { return s.publisher }), counts(said, func(s saying) int32 { return s.wire })
	for _, count := range publishers {
		if count == len(said) {
			return samePublisher
		}
	}
	var why []string
	for wire, count := range wires {
		if count == len(said) {
			return r.wires.all[wire]
		}
		if count > 1 {
			why = append(why, r.wires.all[wire])
		}
	}
	slices.Sort(why)
	if len(publishers) < len(said) && slices.ContainsFunc(said, func(s saying) bool { return publishers[s.publisher] > 1 }) {
		why = append([]string{samePublisher}, why...)
	}
	if !r.linked(said) {
		why = append(why, "same text")
	}
	return strings.Join(why, ", ")
}

const samePublisher = "same publisher"

// counts counts what is known of each saying by its number.
func counts(said []saying, number func(saying) int32) map[int32]int {
	count := map[int32]int{}
	for _, s := range said {
		if n := number(s); n != none {
			count[n]++
		}
	}
	return count
}

// linked reports whether publishers and agencies alone make sayings one voice.
func (r *register) linked(said []saying) bool {
	bare := make([]saying, len(said))
	for i, s := range said {
		bare[i] = saying{publisher: s.publisher, wire: s.wire, quote: none, story: none}
	}
	return r.forest(bare).trees == 1
}
