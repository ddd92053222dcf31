package ledger

import (
	"testing"

	"pgregory.net/rapid"
)

// The index is for speed alone: it must join what comparing every pair joins.
func TestTheIndexMissesNoCopy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.RuneFrom([]rune("ab ")), 0, 60, -1)
		var texts []text
		for i := range rapid.IntRange(0, 40).Draw(t, "texts") {
			q := quotes{raw: newNumbering(), words: newNumbering()}
			p := &imprint{}
			q.print(p, letters.Draw(t, "text"))
			texts = append(texts, text{at: int32(i), imprint: p})
		}
		pairs, indexed := newForest(len(texts)), newForest(len(texts))
		pairs.joinPairs(texts)
		indexed.joinIndexed(texts)
		sameTrees(t, pairs, indexed)
	})
}

func sameTrees(t *rapid.T, pairs, indexed *forest) {
	for i := range int32(len(pairs.parent)) {
		for j := range i {
			if pairs.joined(i, j) != indexed.joined(i, j) {
				t.Fatalf("texts %d and %d: pairs %v, index %v", i, j, pairs.joined(i, j), indexed.joined(i, j))
			}
		}
	}
}

func TestLikenessIsTheShareOfWhatIsCommon(t *testing.T) {
	run := func(from, to uint32) (s []uint32) {
		for i := from; i < to; i++ {
			s = append(s, i)
		}
		return s
	}
	for _, c := range []struct {
		a, b []uint32
		want bool
	}{
		{run(0, 10), run(0, 10), true},
		{run(0, 7), run(1, 8), true},  // 6 of 8
		{run(0, 6), run(1, 7), false}, // 5 of 7
		{run(0, 6), run(0, 8), true},
		{run(0, 5), run(0, 7), false},
		{run(0, 10), run(20, 30), false},
		{nil, nil, false},
		{nil, run(0, 1), false},
	} {
		if have := alike(c.a, c.b); have != c.want {
			t.Errorf("%v and %v are alike: %v", c.a, c.b, have)
		}
		if have := alike(c.b, c.a); have != c.want {
			t.Errorf("%v and %v are alike: %v", c.b, c.a, have)
		}
	}
}
