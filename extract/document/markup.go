package document

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed rules/markup.txt
var markupFile string

// strength says how much of a hint a word of a class is.
type strength string

const (
	always   strength = "always"   // cut
	linky    strength = "linky"    // cut where over a third of the text is links
	short    strength = "short"    // cut where the text is a line or two
	few      strength = "few"      // cut where the text is a few lines
	teaser   strength = "teaser"   // cut where the text is a few lines and holds a link
	pictured strength = "pictured" // cut where the text is a few lines and stands beside a picture
	keeps    strength = "keeps"    // cuts nothing: names a part of the article
)

// Rules whose words name the lede, the headline and the entries of a live
// report.
const (
	liveRule     = "live"
	ledeRule     = "lede"
	headlineRule = "headline"
)

// markupRule is what a word of a class or id means.
type markupRule struct {
	name     string
	strength strength
}

// markup maps words and pairs of words ("author-bio") to their rule.
var markup = readMarkup(markupFile)

func readMarkup(file string) map[string]markupRule {
	rules := map[string]markupRule{}
	for line := range strings.Lines(file) {
		fields := strings.Fields(line)
		if len(fields) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range fields[2:] {
			if _, taken := rules[word]; !taken {
				rules[word] = markupRule{name: fields[0], strength: strength(fields[1])}
			}
		}
	}
	return rules
}

// rulesOf returns the rules that a class or id attribute sets off, pairs and
// triples of words before single ones.
func rulesOf(class string) []markupRule {
	if len(class) > 500 {
		return nil
	}
	var found []markupRule
	for _, name := range strings.Fields(class) {
		if strings.ContainsAny(name, ":[") {
			continue // a style's variant ("md:hidden"), not a name
		}
		words := classWords(name)
		for size := min(3, len(words)); size > 0; size-- {
			for i := 0; i+size <= len(words); i++ {
				if rule, ok := markup[strings.Join(words[i:i+size], "-")]; ok {
					found = append(found, rule)
				}
			}
		}
	}
	return found
}

// hasRule reports whether a class or id sets off the rule of that name.
func hasRule(class, name string) bool {
	for _, rule := range rulesOf(class) {
		if rule.name == name {
			return true
		}
	}
	return false
}

// classWords splits a class name into lower-case words, at marks and at humps.
func classWords(name string) []string {
	var words []string
	start, lower := 0, false
	for i, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			words = appendWord(words, name[start:i])
			start, lower = i+len(string(r)), false
		case unicode.IsUpper(r) && lower:
			words = appendWord(words, name[start:i])
			start, lower = i, false
		default:
			lower = unicode.IsLower(r)
		}
	}
	return appendWord(words, name[start:])
}

func appendWord(words []string, word string) []string {
	if word == "" {
		return words
	}
	return append(words, strings.ToLower(word))
}
