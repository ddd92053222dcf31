package message

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"ewgwatch"
)

//go:embed words/*.txt
var wordFiles embed.FS

var tongues = mustTongues(wordFiles)

// tongue is the words of one language by their keys.
type tongue struct {
	tag     language.Tag
	words   map[string]string
	english map[string]string // for what words lack
}

// CheckLang returns nil for a BCP 47 tag of a language that messages are written in,
// and for none, which is English.
func CheckLang(tag string) error {
	if _, known := spoken(tag); !known && tag != "" {
		return fmt.Errorf("want a language that messages are written in (%s), have %q", strings.Join(slices.Sorted(maps.Keys(tongues)), ", "), tag)
	}
	return nil
}

// tongueOf returns the words for a BCP 47 tag; those of English where there are none.
func tongueOf(lang string) tongue {
	if t, known := spoken(lang); known {
		return t
	}
	return tongues["en"]
}

// spoken returns the words for a BCP 47 tag, or for the language alone of one that
// names a region too.
func spoken(lang string) (t tongue, known bool) {
	tag, err := language.Parse(lang)
	if err != nil {
		return tongue{}, false
	}
	base, _ := tag.Base()
	for _, name := range []string{tag.String(), base.String()} {
		if t, known = tongues[name]; known {
			break
		}
	}
	return t, known
}

func mustTongues(files fs.FS) map[string]tongue {
	all, err := readTongues(files)
	if err != nil {
		panic(err) // the files are our own, and a test reads each
	}
	return all
}

func readTongues(files fs.FS) (map[string]tongue, error) {
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return nil, err
	}
	all := map[string]tongue{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		lang := strings.TrimSuffix(path.Base(name), ".txt")
		words, err := parseWords(name, string(text))
		if err != nil {
			return nil, err
		}
		all[lang] = tongue{tag: language.Make(lang), words: words}
	}
	for lang, t := range all {
		t.english = all["en"].words
		all[lang] = t
	}
	return all, nil
}

// parseWords reads lines of "key = text"; those that begin with # say nothing.
func parseWords(name, text string) (map[string]string, error) {
	words := map[string]string{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, found := strings.Cut(line, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if _, twice := words[key]; !found || key == "" || value == "" || twice {
			return nil, fmt.Errorf("%s:%d: want key = text, each key once, have %q", name, i+1, line)
		}
		words[key] = value
	}
	return words, nil
}

// say returns the text of a key with its names filled in from pairs of name and
// text. What is filled in is never itself looked through.
func (t tongue) say(key string, pairs ...string) string {
	text := cmp.Or(t.words[key], t.english[key], key)
	if len(pairs) == 0 {
		return text
	}
	filled := make([]string, len(pairs))
	for i := range pairs {
		filled[i] = pairs[i]
		if i%2 == 0 {
			filled[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(filled...).Replace(text)
}

// has reports whether there are words for a key.
func (t tongue) has(key string) bool { return cmp.Or(t.words[key], t.english[key]) != "" }

// count is say in the plural form that n takes, {n} being n in words where it is small.
func (t tongue) count(key string, n int, pairs ...string) string {
	form := t.form(n)
	if t.words[key+"."+form] == "" {
		form = "other"
	}
	return t.say(key+"."+form, append(pairs, "n", t.number(n))...)
}

// form is the name of the plural category of n by the Unicode rules.
func (t tongue) form(n int) string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	return cmp.Or(names[plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0)], "other")
}

func (t tongue) number(n int) string {
	if key := "number." + strconv.Itoa(n); t.has(key) {
		return t.say(key)
	}
	return strconv.Itoa(n)
}

// state names a state: as the language has it, or else in English.
func (t tongue) state(s ewgwatch.State) string {
	switch {
	case s == "":
		return t.say("state.none")
	case t.words["state."+string(s)] != "":
		return t.words["state."+string(s)]
	}
	return s.Name()
}

// stateInSentence names a state within a sentence, where it may take an article.
func (t tongue) stateInSentence(s ewgwatch.State) string {
	return cmp.Or(t.words["sentence."+string(s)], t.state(s))
}

// stance says in a few words what a state did or is to do.
func (t tongue) stance(s ewgwatch.Stance, planned bool) string {
	key := "stance." + string(s)
	if planned {
		key = "planned." + string(s)
	}
	if s.Valid() {
		return t.say(key)
	}
	return string(s)
}
