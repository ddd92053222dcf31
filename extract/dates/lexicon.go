package dates

import (
	"cmp"
	"embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed words/*.tsv
var wordFiles embed.FS

// handbook is everything the package knows, read from its data files once.
var handbook = sync.OnceValue(func() *book {
	words := newTrie()
	entries, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err) // the files are part of the program
	}
	for _, e := range entries {
		name := path.Join("words", e.Name())
		text, err := wordFiles.ReadFile(name)
		if err == nil {
			err = readWords(words, name, string(text))
		}
		if err != nil {
			panic(err)
		}
	}
	words.freeze()
	return readForms(words)
})

// sense is one meaning of a word.
type sense struct {
	kind    kind
	value   int16
	weak    bool   // a date only where day and year stand beside it: "sun", "mars"
	capital bool   // a date in lower case only where day and year stand beside it: "may"
	lang    string // whose word it is
}

// pick returns the sense of a kind: that of the language first, then one that
// is not weak.
func pick(senses []sense, k kind, lang string) (found sense, ok bool) {
	for _, s := range senses {
		if s.kind != k {
			continue
		}
		if s.lang == lang {
			return s, true
		}
		if !ok || found.weak && !s.weak {
			found, ok = s, true
		}
	}
	return found, ok
}

// foreignWord reports whether a month's short form is likely to be a common
// word of another language: "des", "out", "set", "dis". English ones are
// known well enough to have been marked by hand.
func foreignWord(s sense, form string) bool {
	return s.kind == month && s.lang != "en" && len(form) <= 3 && form[0] < utf8.RuneSelf
}

// readWords adds the lines of one file: kind, value, forms, apart by tabs. A
// "~" after the kind marks weak senses, a "^" those that want a capital.
func readWords(words *trie, name, text string) error {
	lang := strings.TrimSuffix(path.Base(name), ".tsv")
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 {
			return fmt.Errorf("%s:%d: want kind, value and forms apart by tabs, have %q", name, i+1, line)
		}
		label := strings.TrimRight(cells[0], "~^")
		k, ok := kindNamed(label)
		if !ok {
			return fmt.Errorf("%s:%d: no kind %q", name, i+1, label)
		}
		value, err := strconv.ParseInt(cells[1], 10, 16)
		if err != nil {
			return fmt.Errorf("%s:%d: want a number, have %q", name, i+1, cells[1])
		}
		s := sense{kind: k, value: int16(value), lang: lang,
			weak: strings.Contains(cells[0], "~"), capital: strings.Contains(cells[0], "^")}
		for _, form := range cells[2:] {
			s := s
			s.weak = s.weak || foreignWord(s, form)
			words.addVariants(form, s)
		}
	}
	return nil
}

// trie finds the longest word at a place. Its bytes are folded: lower case,
// any run of spaces one space.
type trie struct {
	nodes []node
	roots [256]int32
}

type node struct {
	edges  []edge
	senses []sense
	kinds  kindSet
}

type edge struct {
	to int32
	by byte
}

func newTrie() *trie { return &trie{nodes: make([]node, 1)} }

// addVariants adds a form as written, in both Unicode normal forms, and
// without its last full stop.
func (t *trie) addVariants(form string, s sense) {
	form = strings.ToLower(form)
	all := []string{form, norm.NFC.String(form), norm.NFD.String(form)}
	if short := strings.TrimSuffix(form, "."); strings.Contains(short, ".") {
		all = append(all, short)
	}
	slices.Sort(all)
	for _, v := range slices.Compact(all) {
		t.add(v, s)
	}
}

func (t *trie) add(form string, s sense) {
	at := int32(0)
	for i := range len(form) {
		at = t.child(at, form[i])
	}
	n := &t.nodes[at]
	if !slices.Contains(n.senses, s) {
		n.senses = append(n.senses, s)
		n.kinds |= s.kind.set()
	}
}

func (t *trie) child(at int32, by byte) int32 {
	for _, e := range t.nodes[at].edges {
		if e.by == by {
			return e.to
		}
	}
	to := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{})
	t.nodes[at].edges = append(t.nodes[at].edges, edge{to: to, by: by})
	return to
}

func (t *trie) freeze() {
	for _, e := range t.nodes[0].edges {
		t.roots[e.by] = e.to
	}
	for i := range t.nodes {
		slices.SortFunc(t.nodes[i].edges, func(a, b edge) int { return cmp.Compare(a.by, b.by) })
	}
}

func (t *trie) next(at int32, by byte) int32 {
	if at == 0 {
		return t.roots[by]
	}
	for _, e := range t.nodes[at].edges {
		if e.by >= by {
			if e.by == by {
				return e.to
			}
			return 0
		}
	}
	return 0
}

// longest returns the senses of the longest entry at text[i:] that ends where
// a word ends, and its length; zero where there is none.
func (t *trie) longest(text string, i int) (senses []sense, set kindSet, size int) {
	at := int32(0)
	for j := i; j < len(text); {
		var n int
		if at, n = t.walk(at, text, j); at == 0 {
			break
		}
		j += n
		if found := &t.nodes[at]; found.kinds != 0 && endsWord(text, j) {
			senses, set, size = found.senses, found.kinds, j-i
		}
	}
	return senses, set, size
}

// walk takes one rune, folded, or one run of spaces.
func (t *trie) walk(at int32, text string, j int) (int32, int) {
	c := text[j]
	switch {
	case c >= 'A' && c <= 'Z':
		return t.next(at, c|0x20), 1
	case c == ' ' || c == '\n' || c == '\t' || c == '\r':
		return t.next(at, ' '), spaces(text[j:])
	case c < utf8.RuneSelf:
		return t.next(at, c), 1
	}
	r, size := utf8.DecodeRuneInString(text[j:])
	if r == '\u00a0' {
		return t.next(at, ' '), size
	}
	var buf [utf8.UTFMax]byte
	folded := utf8.AppendRune(buf[:0], foldLetter(r))
	for _, b := range folded {
		if at = t.next(at, b); at == 0 {
			return 0, size
		}
	}
	return at, size
}

func spaces(s string) int {
	for i := range len(s) {
		if c := s[i]; c != ' ' && c != '\n' && c != '\t' && c != '\r' || i == 8 {
			return i
		}
	}
	return len(s)
}

func foldLetter(r rune) rune {
	if r >= 0x0530 && r < 0x1E00 || r >= 0x2000 {
		return r // scripts without case
	}
	return unicode.ToLower(r)
}

// endsWord reports whether a word of a spaced script may end before text[j:].
func endsWord(text string, j int) bool {
	if j >= len(text) {
		return true
	}
	if c := text[j]; c < utf8.RuneSelf && (c|0x20 < 'a' || c|0x20 > 'z') {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(text[:j])
	next, _ := utf8.DecodeRuneInString(text[j:])
	return !(spacedScript(last) && isLetter(last) && spacedScript(next) && isLetter(next))
}
