package ledger

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ewgwatch"
)

// The index is for speed alone here too.
func TestTheIndexOfTextsMissesNoCopy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &stories{numbers: map[uint64]int32{}}
		var told []story
		for i := range rapid.IntRange(0, 30).Draw(t, "texts") {
			sketch := ewgwatch.Sketch(rapid.SliceOfNDistinct(rapid.Uint32Range(0, 90), 8, 48, rapid.ID[uint32]).Draw(t, "sketch"))
			slices.Sort(sketch)
			told = append(told, story{at: int32(i), number: s.of(sketch)})
		}
		pairs, indexed, all := newForest(len(told)), newForest(len(told)), newForest(len(told))
		s.joinPairs(pairs, told)
		s.joinIndexed(indexed, told)
		for i, a := range told {
			for _, b := range told[:i] {
				s.joinIfCopies(all, a, b)
			}
		}
		sameTrees(t, all, pairs)
		sameTrees(t, all, indexed)
	})
}

// A sieve may say that sets have more in common than they have, never less.
func TestASieveLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (set map[uint32]bool, s sieve) {
			set = map[uint32]bool{}
			for _, hash := range rapid.SliceOf(rapid.Uint32Range(0, 5000)).Draw(t, name) {
				set[hash] = true
				s.add(hash)
			}
			s.close()
			return set, s
		}
		a, inA := draw("a")
		b, inB := draw("b")
		common := int32(0)
		for hash := range a {
			if b[hash] {
				common++
			}
		}
		if have := inA.common(&inB); have < common || int(inA.kept) > len(a) {
			t.Fatalf("at most %d in common, and there are %d", have, common)
		}
	})
}
