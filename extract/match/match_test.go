package match

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func find(patterns []string, text string) []Match {
	var found []Match
	Build(patterns).Find(Fold(text), nil, func(m Match) bool {
		found = append(found, m)
		return true
	})
	return found
}

func TestMatchesOverlapAndPointIntoTheOriginal(t *testing.T) {
	tests := []struct {
		name     string
		patterns []string
		text     string
		want     []string
	}{
		{"a phrase inside another", []string{"South China Sea", "China", "sea"}, "the SOUTH CHINA SEA", []string{"CHINA", "SOUTH CHINA SEA", "SEA"}},
		{"typographic quote", []string{"Experts' Working Group"}, "the Experts’ Working Group met", []string{"Experts’ Working Group"}},
		{"spaces and line feeds", []string{"New Zealand"}, "to New\u00a0 \nZealand.", []string{"New\u00a0 \nZealand"}},
		{"zero-width space in Thai", []string{"ประเทศไทย"}, "ใน\u200bประเทศ\u200bไทย\u200bวันนี้", []string{"ประเทศ\u200bไทย"}},
		{"full width", []string{"ADMM"}, "拡大ＡＤＭＭ会議", []string{"ＡＤＭＭ"}},
		{"Cyrillic case", []string{"мьянма"}, "В МЬЯНМА и Мьянма", []string{"МЬЯНМА", "Мьянма"}},
		{"same phrase twice", []string{"laos", "laos"}, "Laos", []string{"Laos", "Laos"}},
		{"empty pattern", []string{""}, "Laos", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, m := range find(test.patterns, test.text) {
				got = append(got, test.text[m.Start:m.End])
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFindsWhatSearchingOneByOneFinds holds the automaton against the plain
// search for each pattern, over an alphabet small enough to collide.
func TestFindsWhatSearchingOneByOneFinds(t *testing.T) {
	word := rapid.StringMatching(`[abcé中 ]{1,5}`)
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(word, 1, 12).Draw(t, "patterns")
		text := rapid.StringMatching(`[abcABCé中 ]{0,60}`).Draw(t, "text")
		folded := Fold(text)
		var want []Match
		for id, p := range patterns {
			p = Fold(p).text
			for at := 0; p != "" && at+len(p) <= len(folded.text); at++ {
				if strings.HasPrefix(folded.text[at:], p) {
					start, end := folded.Original(at, at+len(p))
					want = append(want, Match{id, start, end})
				}
			}
		}
		got := find(patterns, text)
		byPlace := func(a, b Match) int {
			return cmpInts([3]int{a.Pattern, a.Start, a.End}, [3]int{b.Pattern, b.Start, b.End})
		}
		slices.SortFunc(got, byPlace)
		slices.SortFunc(want, byPlace)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func cmpInts(a, b [3]int) int { return slices.Compare(a[:], b[:]) }

func FuzzFold(f *testing.F) {
	f.Add("New\u00a0Zealand’s ＡＤＭＭ", "zealand's")
	f.Add("\xff\u200b", "\u200b")
	f.Fuzz(func(t *testing.T, text, pattern string) {
		for _, m := range find([]string{pattern}, text) {
			if m.Start < 0 || m.Start > m.End || m.End > len(text) {
				t.Fatalf("span %d-%d of %d bytes", m.Start, m.End, len(text))
			}
			if got, want := Fold(text[m.Start:m.End]).text, Fold(pattern).text; strings.Trim(got, " ") != strings.Trim(want, " ") {
				t.Fatalf("span reads %q, pattern %q", got, want)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var patterns []string
	for i := range 4000 {
		patterns = append(patterns, strings.Repeat(string(rune('a'+i%26)), i%3+1)+"qz"+string(rune('a'+i/26%26))+string(rune('a'+i/676%26)))
	}
	a := Build(patterns)
	text := strings.Repeat("Officers of the General Staff and of the Pacific Fleet represented Russia at the exercise in Naypyitaw. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		a.Find(Fold(text), nil, func(Match) bool { return true })
	}
}
