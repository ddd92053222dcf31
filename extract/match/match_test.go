package match

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func find(text string, patterns ...string) []Match {
	given := make([]Pattern, len(patterns))
	for i, p := range patterns {
		given[i].Text = p
	}
	return findAll(text, given)
}

func findAll(text string, patterns []Pattern) []Match {
	var found []Match
	Build(patterns).Find(text, func(m Match) bool {
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
		{"a phrase inside another", []string{"South China Sea", "China", "sea"}, "the SOUTH CHINA SEA", []string{"SOUTH CHINA SEA", "CHINA", "SEA"}},
		{"typographic quote", []string{"Experts' Working Group"}, "the Experts’ Working Group met", []string{"Experts’ Working Group"}},
		{"spaces and line feeds", []string{"New Zealand"}, "to New\u00a0 \nZealand.", []string{"New\u00a0 \nZealand"}},
		{"zero-width space in Thai", []string{"ประเทศไทย"}, "ใน\u200bประเทศ\u200bไทย\u200bวันนี้", []string{"ประเทศ\u200bไทย"}},
		{"full width", []string{"ADMM"}, "拡大ＡＤＭＭ会議", []string{"ＡＤＭＭ"}},
		{"Cyrillic case", []string{"мьянма"}, "В МЬЯНМА и Мьянма", []string{"МЬЯНМА", "Мьянма"}},
		{"no part of a word", []string{"man", "Oman", "Oma"}, "a woman, Oman", []string{"Oman"}},
		{"a letter above 16 bits", []string{"𐐂a", "𠮷野"}, "𐐂A b𐐂a 𠮷野", []string{"𐐂A", "𠮷野"}},
		{"NUL parts words", []string{"a b", "ab"}, "a\x00b ab", []string{"ab"}},
		{"a vowel that goes on", []string{"ไทย", "ลา"}, "ลาวไทยลำลาา", []string{"ลา", "ไทย"}},
		{"same phrase twice", []string{"laos", "laos"}, "Laos", []string{"Laos", "Laos"}},
		{"empty pattern", []string{""}, "Laos", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, m := range find(test.text, test.patterns...) {
				got = append(got, test.text[m.Start:m.End])
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPatternsMayLeaveTheirEndOpen(t *testing.T) {
	got := findAll("Myanmar's junta", []Pattern{{Text: "myan", Open: true}, {Text: "myanm"}, {Text: "unta", Open: true}})
	if diff := cmp.Diff([]Match{{Pattern: 0, Start: 0, End: 4}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestPatternsMayBeWrittenOntoAWord(t *testing.T) {
	got := findAll("inlets let", []Pattern{{Text: "let", Onto: true}, {Text: "lets", Onto: true}, {Text: "ets"}})
	if diff := cmp.Diff([]Match{{Pattern: 1, Start: 2, End: 6}, {Pattern: 0, Start: 7, End: 10}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestYieldStopsTheSearch(t *testing.T) {
	calls := 0
	Build([]Pattern{{Text: "a b"}, {Text: "a"}}).Find("a b a", func(Match) bool {
		calls++
		return false
	})
	if calls != 1 {
		t.Errorf("yield was called %d times after it returned false", calls)
	}
}

// TestFindsWhatLookingEverywhereFinds holds the finder against a plain search of
// every span of a text, over an alphabet small enough to collide.
func TestFindsWhatLookingEverywhereFinds(t *testing.T) {
	word := rapid.StringMatching(`[abcéд中ไำ’ \x{200B}-]{1,5}`)
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Pattern {
			return Pattern{Text: word.Draw(t, "text"), Open: rapid.Bool().Draw(t, "open"), Onto: rapid.Bool().Draw(t, "onto")}
		}), 1, 12).Draw(t, "patterns")
		text := rapid.StringMatching(`[abcABCéÉдД中ไำ’'Ａ \n\x{3000}\x{200B}–𐐂-]{0,40}`).Draw(t, "text")
		if diff := cmp.Diff(everywhere(text, patterns), findAll(text, patterns)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// everywhere returns the matches that a look at every span of a text finds, by
// start, the longest first.
func everywhere(text string, patterns []Pattern) []Match {
	var found []Match
	for start := range text {
		for end := len(text); end > start; end-- {
			if !utf8.RuneStart(append([]byte(text), 0)[end]) || !keeps(text, start) || !keeps(text, lastRune(text, end)) {
				continue
			}
			for id, p := range patterns {
				folded := fold(p.Text)
				begins := p.Onto || WholeWord(text[:end], start, end)
				ends := p.Open || WholeWord(text[start:], 0, end-start)
				if folded != "" && fold(text[start:end]) == folded && begins && ends {
					found = append(found, Match{id, start, end})
				}
			}
		}
	}
	return found
}

// keeps reports whether folding a text keeps the character at an offset.
func keeps(text string, at int) bool {
	_, size := utf8.DecodeRuneInString(text[at:])
	return len(fold(text[:at+size])) > len(fold(text[:at]))
}

func lastRune(text string, end int) int {
	_, size := utf8.DecodeLastRuneInString(text[:end])
	return end - size
}

func TestWordsAreMadeOfWhatUnicodeSays(t *testing.T) {
	words := everyWord()
	for r := range rune(utf8.MaxRune + 1) {
		spaced := unicode.In(r, unicode.L, unicode.N, unicode.M) && !unicode.In(r, unspaced()...)
		if words.has(r) != spaced {
			t.Fatalf("%U: a word's is %v, want %v", r, words.has(r), spaced)
		}
		dependent := unicode.Is(unicode.M, r) && !unicode.Is(possessive, r) || unicode.Is(following, r)
		if words.dependent(r) != dependent {
			t.Fatalf("%U: dependent is %v, want %v", r, words.dependent(r), dependent)
		}
	}
}

func TestNoCharacterBeyondSixteenBitsFolds(t *testing.T) {
	for r := rune(1 << 16); r <= unicode.MaxRune; r++ {
		if foldRune(r) != r {
			t.Fatalf("%U folds to %U", r, foldRune(r))
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("New\u00a0Zealand’s ＡＤＭＭ", "zealand's")
	f.Add("\xff\u200b", "\u200b")
	f.Fuzz(func(t *testing.T, text, pattern string) {
		for _, m := range find(text, pattern) {
			if m.Start < 0 || m.Start > m.End || m.End > len(text) {
				t.Fatalf("span %d-%d of %d bytes", m.Start, m.End, len(text))
			}
			if got, want := fold(text[m.Start:m.End]), fold(pattern); strings.Trim(got, " ") != strings.Trim(want, " ") {
				t.Fatalf("span reads %q, pattern %q", got, want)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var patterns []Pattern
	for i := range 4000 {
		text := strings.Repeat(string(rune('a'+i%26)), i%3+1) + "qz" + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26))
		patterns = append(patterns, Pattern{Text: text})
	}
	f := Build(patterns)
	text := strings.Repeat("Officers of the General Staff and of the Pacific Fleet represented Russia at the exercise in Naypyitaw. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f.Find(text, func(Match) bool { return true })
	}
}
