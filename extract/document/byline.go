package document

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed rules/bylines.txt
var bylineFile string

// affixes are the words around an author's name.
var affixes = readAffixes(bylineFile)

func readAffixes(file string) map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(file) {
		where, word, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok && where != "#" {
			all[where] = append(all[where], word)
		}
	}
	return all
}

// nameSeparators part several authors in one byline.
var nameSeparators = regexp.MustCompile(`\s*(?:[,;|/、，；•·＝\n]|&| (?:and|und|et|y|e|och|og|en|и|dan|và|และ|with|mit) )\s*`)

// splitNames returns the authors of a byline.
func splitNames(byline string) []string {
	var names []string
	if strings.Contains(byline, "://") {
		return nil
	}
	byline = stripAffixes(squeeze(byline))
	for _, name := range nameSeparators.Split(byline, 20) {
		if name = cleanName(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// cleanName strips what is printed around a name; "" where no name is left.
func cleanName(s string) string {
	s = stripAffixes(squeeze(s))
	if i := strings.IndexAny(s, "(（[<@"); i > 0 {
		s = s[:i]
	}
	s = strings.Trim(s, " ,;:.-–—|/\"“”'•·\t")
	if !isName(s) {
		return ""
	}
	return s
}

func stripAffixes(s string) string {
	s = strings.TrimSpace(s)
	for range 2 {
		for _, word := range affixes["before"] {
			if rest, ok := cutPrefixFold(s, word); ok {
				s = strings.TrimLeft(rest, " :：/-–—")
			}
		}
		for _, word := range affixes["after"] {
			if rest, ok := strings.CutSuffix(s, word); ok && strings.TrimSpace(rest) != "" {
				s = strings.TrimSpace(rest)
			}
		}
	}
	return s
}

// cutPrefixFold cuts a lower-case word that s begins with in any case, unless
// it is only the beginning of a word or all of s.
func cutPrefixFold(s, word string) (string, bool) {
	if len(s) <= len(word) || !strings.EqualFold(s[:len(word)], word) || !utf8.ValidString(s[len(word):]) {
		return s, false
	}
	rest := s[len(word):]
	return rest, endsWord(word, rest)
}

// isName reports whether s may be the name of a person, an agency or a group.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 70 || strings.Contains(s, "://") || strings.Contains(s, "www.") {
		return false
	}
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	switch strings.ToLower(s) {
	case "admin", "administrator", "author", "editor", "user", "webmaster", "super user", "superuser", "null", "undefined", "redaktion", "redaksi", "editorial", "staff",
		"twitter", "facebook", "instagram", "linkedin", "email", "e-mail", "x", "whatsapp", "telegram", "share", "follow", "website", "more":
		return false
	}
	return letters >= 2 && digits <= 2 && len(strings.Fields(s)) <= 8
}

// isRole reports whether s is what an author is and not who.
func isRole(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	switch words[len(words)-1] {
	case "correspondent", "reporter", "editor", "writer", "journalist", "producer", "columnist", "redakteur", "korrespondent", "wartawan", "specialist", "contributor":
		return true
	}
	return false
}

// isFullName reports whether s is two to four words, each with a capital and
// without other marks: the shape of a person's name in scripts that have
// capitals.
func isFullName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	for _, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) || strings.ContainsFunc(word[size:], func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("-'’.", r) }) {
			return false
		}
	}
	return true
}
