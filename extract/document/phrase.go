package document

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed rules/phrases.txt
var phraseFile string

// manner says where in a line a phrase must stand to count.
type manner string

const (
	opens  manner = "opens"
	heads  manner = "heads"
	holds  manner = "holds"
	byline manner = "byline"
	ends   manner = "ends"
	dated  manner = "dated"
)

// phrase is a line of rules/phrases.txt.
type phrase struct {
	rule string
	text string
}

// phrases are the phrases by how they count.
var phrases = readPhrases(phraseFile)

func readPhrases(file string) map[manner][]phrase {
	all := map[manner][]phrase{}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		rule, rest, _ := strings.Cut(line, " ")
		how, text, ok := strings.Cut(rest, " ")
		if ok && !strings.HasPrefix(line, "#") {
			all[manner(how)] = append(all[manner(how)], phrase{rule: rule, text: text})
		}
	}
	return all
}

// begins returns the rule of the phrase that a lower-case line begins with.
func begins(line string, how manner) string {
	line = strings.TrimLeft(line, " -–—•*>»→")
	if line == "" {
		return ""
	}
	for _, p := range phrases[how] {
		if p.text[0] == line[0] && strings.HasPrefix(line, p.text) && endsWord(p.text, line[len(p.text):]) {
			return p.rule
		}
	}
	return ""
}

// equals returns the rule of the phrase that a lower-case line is, marks at
// its ends aside.
func equals(line string, how manner) string {
	line = strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) })
	for _, p := range phrases[how] {
		if line == p.text {
			return p.rule
		}
	}
	return ""
}

// contains returns the rule of the phrase that a lower-case line holds.
func contains(line string, how manner) string {
	for _, p := range phrases[how] {
		i := strings.Index(line, p.text)
		if i >= 0 && endsWord(p.text, line[i+len(p.text):]) && (!strings.HasPrefix(p.text, "is ") || isSubject(line[:i])) {
			return p.rule
		}
	}
	return ""
}

// closes returns the rule of the phrase that stands in the last words of a
// lower-case line: "Soldiers in Hanoi. Photo: Supplied".
func closes(line string) string {
	tail := line
	for i := range line {
		if len(line)-i <= creditTail {
			tail = line[i:]
			break
		}
	}
	return contains(tail, ends)
}

const creditTail = 40 // bytes in which a picture's credit stands

// isSubject reports whether what stands before "is a reporter" is a name of two
// to four words and no more of a sentence.
func isSubject(before string) bool {
	n := len(strings.Fields(before))
	return n >= 1 && n <= 4 && !strings.ContainsAny(before, ",.;:\"“")
}

// endsWord reports whether a phrase followed by rest is no part of a longer
// word. Scripts without spaces have no such ends.
func endsWord(text, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	next, _ := utf8.DecodeRuneInString(rest)
	if !isSpaced(last) || !isSpaced(next) {
		return true
	}
	return !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// isSpaced reports whether r is a letter of a script that parts words by
// spaces.
func isSpaced(r rune) bool {
	return unicode.IsLetter(r) && r < 0x0E00
}
