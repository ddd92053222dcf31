package ewgwatch_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ewgwatch"
)

// prose makes sentences of made-up words, the same for the same seed.
func prose(seed uint64, sentences int) string {
	random := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	for range sentences {
		for range 12 {
			for range 2 + random.IntN(7) {
				b.WriteByte(byte('a' + random.IntN(26)))
			}
			b.WriteByte(' ')
		}
		b.WriteString(".\n")
	}
	return b.String()
}

func TestCopiesAreKnownHoweverTheyWereEdited(t *testing.T) {
	story := prose(1, 30)
	for name, edited := range map[string]string{
		"the same":                  story,
		"in capitals":               strings.ToUpper(story),
		"cut to the first third":    story[:len(story)/3],
		"cut at the front":          story[len(story)/2:],
		"with a paragraph more":     story + prose(2, 8),
		"with a paragraph in front": prose(3, 8) + story,
		"inside a longer page":      prose(4, 12) + story + prose(5, 12),
	} {
		if !ewgwatch.SketchOf(story).Copies(ewgwatch.SketchOf(edited)) {
			t.Errorf("%s: not known as a copy", name)
		}
	}
}

func TestStoriesThatShareAParagraphAreTwo(t *testing.T) {
	background := prose(9, 5)
	a, b := prose(10, 15)+background, prose(11, 15)+background
	if ewgwatch.SketchOf(a).Copies(ewgwatch.SketchOf(b)) {
		t.Error("a shared paragraph of background makes them one")
	}
}

func TestOfATextThatIsTooShortNothingIsKnown(t *testing.T) {
	for _, text := range []string{
		"", "Laos took part.", "新加坡缺席。",
		"The table-top exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism opened on Tuesday with an address by the co-chair, a general.",
	} {
		if s := ewgwatch.SketchOf(text); s != nil {
			t.Errorf("%q: have a sketch of %d", text, len(s))
		}
	}
	if ewgwatch.Sketch(nil).Copies(nil) {
		t.Error("nothing is a copy of nothing")
	}
}

func TestASketchIsTheLowestOfAllShingles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abcd éนม新加한국")), 0, 400, -1).Draw(t, "text")
		want := ewgwatch.Shingles(ewgwatch.NormaliseQuote(text), 4)
		want = want[:min(len(want), 48)]
		if have := ewgwatch.SketchOf(text); have != nil && !slices.Equal(want, have) {
			t.Fatalf("have %v, want %v", have, want)
		}
	})
}

func TestSketchesAreSortedAndCopyBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.StringOfN(rapid.RuneFrom([]rune("ab นม新加")), 0, 300, -1)
		a, b := ewgwatch.SketchOf(texts.Draw(t, "a")), ewgwatch.SketchOf(texts.Draw(t, "b"))
		if !slices.IsSorted(a) || len(a) > 48 {
			t.Fatalf("sketch %v", a)
		}
		if a.Copies(b) != b.Copies(a) {
			t.Fatal("a copies b, but b does not copy a")
		}
		if len(a) >= ewgwatch.SketchCommon && !a.Copies(a) {
			t.Fatal("a text does not copy itself")
		}
	})
}
