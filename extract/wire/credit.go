package wire

import (
	"strings"
	"unicode/utf8"
)

// byline returns the agency that is an author, or whose author is: "AFP", "Reuters
// Staff", "A Writer, Xinhua".
func byline(author string) *agency {
	for _, n := range names(cut(author)) {
		before, _ := cutAny(strings.TrimSpace(fold(n.before)), []string{"of", "from", "for", "by", "with"}, cutWord)
		after, _ := cutAny(strings.TrimSpace(fold(n.after)), []string{"staff", "news agency", "news", "desk"}, leadWord)
		if parted(strings.TrimSpace(before), utf8.DecodeLastRuneInString) && parted(strings.TrimSpace(after), utf8.DecodeRuneInString) {
			return n.agency
		}
	}
	return nil
}

// parted reports whether a text is empty or has a mark between authors at its end
// that is next to a name.
func parted(text string, next func(string) (rune, int)) bool {
	r, _ := next(text)
	return text == "" || strings.ContainsRune(",;/|()[]–—-·&:", r)
}

// credit returns the agency that a line credits: "Source: Xinhua", "(With inputs
// from ANI)".
func credit(line string) *agency {
	line = strings.TrimSpace(line)
	if len(line) > reach { // a paragraph: its end may hold a credit in brackets
		line = near(line, -reach)
	}
	for _, n := range names(line) {
		before := fold(near(n.before, -windowSize))
		if rest, ok := cutAny(before, around().nouns, cutWord); ok {
			before = rest
		}
		for _, form := range around().creditBefore {
			if rest, ok := cutWord(before, form); ok && opens(rest, len(n.before) <= windowSize) && closes(n.after) {
				return n.agency
			}
		}
	}
	return nil
}

// opens reports whether something begins after a text: nothing stands before it,
// or a bracket or the end of a sentence.
func opens(before string, whole bool) bool {
	before = strings.TrimSpace(before)
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" && whole || before != "" && strings.ContainsRune("([（【.!?।。|–—-;·*", last)
}

// closes reports whether a credit ends before a text: at its end, a bracket, a
// mark, or before the name of something else ("Editor: …").
func closes(after string) bool {
	after = strings.TrimSpace(after)
	first, _ := utf8.DecodeRuneInString(after)
	return after == "" || strings.ContainsRune(")]）】.,;/|–—-·*&。，、", first) || strings.ContainsAny(near(after, 16), ":：")
}

// signature returns the agency that signs a text behind its last sentence: "–
// Bernama", "(Xinhua)", "Reuters".
func signature(line string) *agency {
	line = strings.TrimSpace(line)
	for _, n := range names(near(line, -windowSize)) {
		if strings.Trim(n.after, " )]）】.*/+|\u00a0") != "" {
			continue
		}
		before := strings.TrimRight(n.before, " \u00a0")
		last, _ := utf8.DecodeLastRuneInString(before)
		if before == "" && n.after != "." || before != "" && strings.ContainsRune("([（【–—/", last) || strings.HasSuffix(before, ".-") || strings.HasSuffix(before, " -") || strings.HasSuffix(before, "--") {
			return n.agency
		}
	}
	return nil
}
