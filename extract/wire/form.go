package wire

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// forms are the words around the name of an agency, folded, the longest first.
type forms struct {
	creditBefore []string
	saidBefore   []string
	saidAfter    []string
	nouns        []string
}

// around reads the file beside this one, which a test checks; a mistake in it
// cannot reach a user, so it panics.
var around = sync.OnceValue(func() forms {
	text, err := files.ReadFile("forms.tsv")
	if err != nil {
		panic(err)
	}
	all, err := parseForms(string(text))
	if err != nil {
		panic(err)
	}
	return all
})

func parseForms(text string) (forms, error) {
	var all forms
	for number, line := range lines(text) {
		f := strings.Split(line, "\t")
		if len(f) != 3 || slices.Contains(f, "") {
			return forms{}, fmt.Errorf("forms.tsv:%d: want a language, where, and a form, have %q", number, line)
		}
		if !all.add(f[1], fold(f[2])) {
			return forms{}, fmt.Errorf("forms.tsv:%d: want credit or said with {} at one end, or noun without, have %q", number, line)
		}
	}
	for _, list := range []*[]string{&all.creditBefore, &all.saidBefore, &all.saidAfter, &all.nouns} {
		slices.SortFunc(*list, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
		*list = slices.Compact(*list)
	}
	return all, nil
}

// add reports false for a form that makes no sense.
func (f *forms) add(where, form string) bool {
	before, after, named := strings.Cut(form, "{}")
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	switch {
	case where == "noun" && !named:
		f.nouns = append(f.nouns, before)
	case where == "credit" && named && before != "" && after == "":
		f.creditBefore = append(f.creditBefore, before)
	case where == "said" && named && before != "" && after == "":
		f.saidBefore = append(f.saidBefore, before)
	case where == "said" && named && before == "" && after != "":
		f.saidAfter = append(f.saidAfter, after)
	default:
		return false
	}
	return true
}

var typography = strings.NewReplacer("’", "'", "：", ":", "\u00a0", " ", "（", "(", "）", ")")

// fold brings words into the form in which they are compared.
func fold(s string) string { return typography.Replace(strings.ToLower(s)) }
