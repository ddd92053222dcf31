package dates

import (
	_ "embed"
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

//go:embed forms.tsv
var formLines string

// book is the lexicon and the forms.
type book struct {
	words                   *trie
	forms                   []*form
	clockAfter, clockBefore *form
}

// form is one shape of a date, compiled to a little program.
type form struct {
	name   string
	code   []instruction
	opens  kindSet        // what its first token can be
	second [kinds]kindSet // what can follow a first token of a kind
	han    bool           // takes numbers in Chinese characters
	langs  []string       // only in texts in one of these languages
	wordIn string         // only with a month name of this language
}

// speaks reports whether the form is used in a language.
func (f *form) speaks(base, tag string) bool {
	return len(f.langs) == 0 || slices.Contains(f.langs, base) || slices.Contains(f.langs, tag)
}

// readForms compiles forms.tsv: name, flags and pattern apart by tabs; a name
// that begins with "@" is a part to use in other patterns.
func readForms(words *trie) *book {
	b := &book{words: words}
	parts := map[string]string{}
	for i, line := range strings.Split(formLines, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			panic(fmt.Sprintf("forms.tsv:%d: want name, flags and pattern apart by tabs", i+1))
		}
		pattern := expand(cells[2], parts)
		if cells[0][0] == '@' {
			parts[cells[0]] = "( " + pattern + " )"
			continue
		}
		f, err := compile(cells[0], cells[1], pattern)
		if err != nil {
			panic(fmt.Sprintf("forms.tsv:%d: %v", i+1, err)) // part of the program
		}
		b.keep(f)
	}
	return b
}

func (b *book) keep(f *form) {
	switch f.name {
	case "clock-after":
		b.clockAfter = f
	case "clock-before":
		b.clockBefore = f
	default:
		b.forms = append(b.forms, f)
	}
}

func expand(pattern string, parts map[string]string) string {
	fields := strings.Fields(pattern)
	for i, f := range fields {
		name, optional := strings.CutSuffix(f, "?")
		body, ok := parts[name]
		if !ok {
			continue
		}
		if optional {
			body += "?"
		}
		fields[i] = body
	}
	return strings.Join(fields, " ")
}

func compile(name, flags, pattern string) (*form, error) {
	f := &form{name: name}
	for flag := range strings.FieldsSeq(flags) {
		key, value, _ := strings.Cut(flag, "=")
		switch key {
		case "-":
		case "han":
			f.han = true
		case "lang":
			f.langs = strings.Split(value, ",")
		case "word":
			f.wordIn = value
		default:
			return nil, fmt.Errorf("no flag %q", flag)
		}
	}
	p := parser{fields: strings.Fields(pattern)}
	if err := p.alternatives(); err != nil {
		return nil, err
	}
	if p.at < len(p.fields) {
		return nil, fmt.Errorf("stray %q", p.fields[p.at])
	}
	p.code = append(p.code, instruction{op: opDone})
	f.code = p.code
	f.opens = openings(f.code, 0)
	for k := range kinds {
		f.second[k] = seconds(f.code, 0, k)
	}
	for i := range f.code {
		if f.code[i].op == opSplit {
			f.code[i].accepts = openings(f.code, f.code[i].first)
		}
	}
	return f, nil
}

// anything is what may follow where a form may end.
const anything = ^kindSet(0)

// openings collects what the next token of a match can be.
func openings(code []instruction, pc int) kindSet {
	switch in := code[pc]; in.op {
	case opDone:
		return anything
	case opTake:
		return in.accepts
	case opNot:
		return openings(code, pc+1)
	case opSplit:
		return openings(code, in.first) | openings(code, in.second)
	}
	return openings(code, code[pc].first)
}

// seconds collects what can follow a token of a kind that begins a match. Most
// numbers and small words of a text begin no date, and this is how that is
// seen at once.
func seconds(code []instruction, pc int, first kind) kindSet {
	switch in := code[pc]; in.op {
	case opDone:
		return 0
	case opTake:
		if !in.accepts.any(first.set()) {
			return 0
		}
		return openings(code, pc+1)
	case opNot:
		return seconds(code, pc+1, first)
	case opSplit:
		return seconds(code, in.first, first) | seconds(code, in.second, first)
	}
	return seconds(code, code[pc].first, first)
}

// begins reports whether a match can begin at token i.
func (f *form) begins(tokens []token, i int) bool {
	next := kindSet(0)
	if i+1 < len(tokens) {
		next = tokens[i+1].kinds
	}
	for left := tokens[i].kinds & f.opens; left != 0; left &= left - 1 {
		follow := f.second[bits.TrailingZeros64(uint64(left))]
		if follow == anything || follow.any(next) {
			return true
		}
	}
	return false
}
