package message

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

var (
	pluralForm = regexp.MustCompile(`\.(one|two|few|many|other)$`)
	filledIn   = regexp.MustCompile(`\{[a-z]+\}`)
)

func TestEveryLanguageHasEveryKey(t *testing.T) {
	want := stems(tongues["en"])
	for lang, words := range tongues {
		got := stems(words)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-english +%s):\n%s", lang, lang, diff)
		}
	}
	if len(tongues) < 2 {
		t.Error("a mechanism that only one language uses is not proved")
	}
}

// stems are the keys of a language, each once whatever its plural forms.
func stems(words tongue) []string {
	var all []string
	for key := range words.words {
		if key != "state.none" && strings.HasPrefix(key, "state.") || strings.HasPrefix(key, "sentence.") {
			continue // names that differ from the English ones, or from themselves
		}
		all = append(all, pluralForm.ReplaceAllString(key, ".N"))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestEveryLanguageFillsInTheSameNames(t *testing.T) {
	for lang, words := range tongues {
		for key, text := range words.words {
			english := words.english[key]
			if english == "" {
				english = words.english[pluralForm.ReplaceAllString(key, ".other")]
			}
			if want, got := names(english), names(text); !cmp.Equal(want, got) {
				t.Errorf("%s: %s has %q, want %q", lang, key, got, want)
			}
		}
	}
}

func names(text string) []string {
	all := filledIn.FindAllString(text, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

func TestEveryLanguageHasThePluralFormsItNeeds(t *testing.T) {
	for lang, words := range tongues {
		needs := map[string]bool{}
		for n := 1; n <= 200; n++ {
			needs[words.form(n)] = true
		}
		for key := range words.words {
			stem := pluralForm.ReplaceAllString(key, "")
			if stem == key {
				continue
			}
			for form := range needs {
				if words.words[stem+"."+form] == "" {
					t.Errorf("%s: %s.%s is missing", lang, stem, form)
				}
			}
		}
	}
}

func TestEveryWordOfTheDomainIsInTheWords(t *testing.T) {
	for lang, words := range tongues {
		var keys []string
		for _, s := range ewgwatch.Stances() {
			for _, group := range []string{"stance.", "planned.", "says.", "foretells."} {
				keys = append(keys, group+string(s))
			}
		}
		for _, c := range ewgwatch.SourceClasses() {
			keys = append(keys, "class."+slug(string(c)))
		}
		for _, k := range ewgwatch.SourceKinds() {
			keys = append(keys, "kind."+string(k))
		}
		for _, h := range ewgwatch.HealthStates() {
			keys = append(keys, "health."+string(h), "lead.health."+string(h))
		}
		for _, key := range keys {
			if words.words[key] == "" {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
		for _, s := range ewgwatch.States() {
			if lang != "en" && words.words["state."+string(s)] == "" {
				t.Errorf("%s: no name for %s", lang, s.Name())
			}
		}
	}
}

func TestWhatIsPlannedIsWordedApartFromWhatIsDone(t *testing.T) {
	for lang, words := range tongues {
		for _, s := range []ewgwatch.Stance{ewgwatch.CoChair, ewgwatch.Host, ewgwatch.Attended, ewgwatch.Declined, ewgwatch.Absent} {
			if words.stance(s, true) == words.stance(s, false) || words.say("says."+string(s)) == words.say("foretells."+string(s)) {
				t.Errorf("%s: %s reads the same done and planned", lang, s)
			}
		}
	}
}

func TestALanguageWithoutWordsFallsBackToEnglish(t *testing.T) {
	for lang, want := range map[string]string{
		"": "English", "en-GB": "English", "id": "Bahasa Indonesia", "id-ID": "Bahasa Indonesia", "th": "English", "not a tag": "English",
	} {
		if got := tongueOf(lang).say("language"); got != want {
			t.Errorf("%q speaks %s, want %s", lang, got, want)
		}
	}
	lacking, err := readTongues(fstest.MapFS{
		"words/en.txt": {Data: []byte("a = english\nb.one = one {n}\nb.other = {n} of them\n")},
		"words/ru.txt": {Data: []byte("b.one = {n} штука\nb.few = {n} штуки\nb.many = {n} штук\nb.other = {n} штуки\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	ru := lacking["ru"]
	got := []string{ru.say("a"), ru.count("b", 21), ru.count("b", 3), ru.count("b", 11)}
	if diff := cmp.Diff([]string{"english", "21 штука", "3 штуки", "11 штук"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestABrokenLineOfWordsIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"a = b\nno words": "words/xx.txt:2", "a =": "words/xx.txt:1", "# ok\na = b\na = c": "words/xx.txt:3", "= b": "words/xx.txt:1",
	} {
		if _, err := parseWords("words/xx.txt", text); err == nil || !strings.HasPrefix(err.Error(), want+":") {
			t.Errorf("%q: %v, want an error at %s", text, err, want)
		}
	}
}

func TestWhatIsFilledInIsNotLookedThrough(t *testing.T) {
	got := tongueOf("en").say("subject.new", "state", "{source}", "stance", "{event}", "event", "{state}", "source", "{{n}}")
	if want := "{source} {event}: {state} ({{n}})"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestALanguageThatNoMessageIsWrittenInIsNamed(t *testing.T) {
	for _, tag := range []string{"", "en", "id", "id-ID", "EN-gb"} {
		if err := CheckLang(tag); err != nil {
			t.Errorf("%q: %v", tag, err)
		}
	}
	for _, tag := range []string{"th", "zh-Hant", "x", "\x1b"} {
		if err := CheckLang(tag); err == nil || !strings.Contains(err.Error(), "(en, id)") {
			t.Errorf("%q: %v, want the languages that there are", tag, err)
		}
	}
}
