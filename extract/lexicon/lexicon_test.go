package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestTheEmbeddedLexiconIsSound(t *testing.T) {
	words, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]map[ewgwatch.State]bool{}
	for _, p := range words.Phrases {
		if len(p.Parts) == 0 || p.Parts[0] == "" || p.Lang == "" {
			t.Errorf("empty phrase %+v", p)
		}
		if states[p.Lang] == nil {
			states[p.Lang] = map[ewgwatch.State]bool{}
		}
		states[p.Lang][p.State] = true
	}
	if len(states) < 15 {
		t.Errorf("%d languages, want at least 15", len(states))
	}
	for lang, have := range states {
		for _, s := range ewgwatch.States() {
			if !have[s] {
				t.Errorf("%s.txt names no %s", lang, s.Name())
			}
		}
	}
}

func TestPhrasesAreWrittenOut(t *testing.T) {
	folder := fstest.MapFS{"xx.txt": {Data: []byte("# comment\n[stance attended planned]\nbefore: (will|to) attend; +sent * troops\n[state RU]\nplace Sentul: a; b*\n")}}
	words, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := []Phrase{
		{Lang: "xx", Parts: []string{"will attend"}, Role: Before, Stance: ewgwatch.Attended, Planned: true},
		{Lang: "xx", Parts: []string{"to attend"}, Role: Before, Stance: ewgwatch.Attended, Planned: true},
		{Lang: "xx", Parts: []string{"sent", "troops"}, Role: Before, Stance: ewgwatch.Attended, Planned: true, Beside: true},
		{Lang: "xx", Parts: []string{"a"}, Role: Place, State: ewgwatch.Russia, Place: "Sentul"},
		{Lang: "xx", Parts: []string{"b"}, Role: Place, State: ewgwatch.Russia, Place: "Sentul", Prefix: true},
	}
	if diff := cmp.Diff(want, words.Phrases); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesNameFileAndLine(t *testing.T) {
	tests := map[string]string{
		"[nonsense]":                      `xx.txt:1: unknown section "nonsense"`,
		"[state XX]":                      `xx.txt:1: want a state's code`,
		"[stance went]":                   `xx.txt:1: want a stance`,
		"[stance attended soon]":          `xx.txt:1: want a stance`,
		"[mask]\nname: x":                 `xx.txt:2: [mask] takes lines of [not]`,
		"[topic]\nct counter":             `xx.txt:2: [topic] takes lines of`,
		"[topic]\nct: (a|b":               `xx.txt:2: want a closing bracket`,
		"ct: lonely":                      `xx.txt:1: [] takes lines of []`,
		"[state RU]\nname Moscow: Moskva": `xx.txt:2: [state] takes lines of`,
	}
	for text, want := range tests {
		_, err := Load(fstest.MapFS{"xx.txt": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("[state SG]\nname: Singapore; (a|b) c*\nplace X: y")
	f.Add("[stance attended]\nbefore: a * b; +c")
	f.Fuzz(func(t *testing.T, text string) {
		phrases, err := parse("f.txt", text)
		for _, p := range phrases {
			if err == nil && len(p.Parts) == 0 {
				t.Fatalf("phrase without parts: %+v", p)
			}
		}
	})
}
