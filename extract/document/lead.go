package document

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// titleReach is how many lines from the top the headline may be repeated.
const titleReach = 100

// markTitle cuts the headline where it is repeated above the text.
func (t *trimmer) markTitle() {
	titles := append(t.page.claimedTitles(), t.page.doc.Title)
	for i := 0; i < min(t.first+1, len(t.lines), titleReach); i++ {
		l := t.lines[i]
		for _, title := range titles {
			if foldsTo(l.text, folded(title)) || l.isHeading() && similarity(title, l.text) > 0.7 {
				t.cut(i, "title")
			}
		}
	}
}

// markAbove cuts what stands above the headline, where an h1 much like the
// title stands among the lines and prose follows it.
func (t *trimmer) markAbove() {
	at := -1
	for i, l := range t.lines {
		if l.is(atom.H1) && similarity(l.text, t.page.doc.Title) >= alike {
			at = i
			break
		}
	}
	if at < 0 || t.told[len(t.lines)] == t.told[at] {
		return
	}
	for i := range at {
		t.cut(i, "above")
	}
}

// markNumbers cuts lines without a letter: clocks, counters, rules of dashes.
func (t *trimmer) markNumbers() {
	for i, l := range t.lines {
		if !l.is(atom.Tr) && !strings.ContainsFunc(l.text, unicode.IsLetter) {
			t.cut(i, "number")
		}
	}
}

// markBylines cuts dates, names and reading times above the text.
func (t *trimmer) markBylines() {
	for i := 0; i < min(t.first, len(t.lines), titleReach); i++ {
		l := t.lines[i]
		if l.size > 120 || l.isHeading() && !looksDated(l.text) {
			continue
		}
		if t.isSeries(i) {
			continue
		}
		if begins(l.lower, byline) != "" && !endsWithStop(l.text) || looksDated(l.text) || t.isAuthor(l.text) || isRole(l.text) || t.namesAuthors(l) {
			t.cut(i, "byline")
		}
		if l.isKicker() {
			t.cut(i, "kicker")
		}
	}
}

// isKicker reports whether a line is a word or three set above the text: the
// name of a rubric.
func (l line) isKicker() bool {
	return l.size <= 25 && !l.isHeading() && !l.is(atom.Li, atom.Tr) && len(strings.Fields(l.text)) <= 3 &&
		!strings.ContainsAny(l.text, ".,:;!?。，：；！？、")
}

// isAuthor reports whether a line is an author's name.
func (t *trimmer) isAuthor(text string) bool {
	for _, name := range t.page.doc.Authors {
		if foldsTo(text, folded(name)) {
			return true
		}
	}
	return false
}

// namesAuthors takes a line of names right above the text for the byline, where
// the page names no one but itself.
func (t *trimmer) namesAuthors(l line) bool {
	if people, _ := t.page.tellApart(t.page.doc.Authors); len(people) > 0 || l.linked > 0 || l.isHeading() {
		return false
	}
	names := splitNames(l.text)
	for _, name := range names {
		if !isFullName(name) {
			return false
		}
	}
	if len(names) == 0 || t.page.isSite(l.text) {
		return false
	}
	t.page.doc.Authors = names
	return true
}
