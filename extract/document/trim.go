package document

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// trimmer cuts lines of the body that are not of the article.
type trimmer struct {
	page  *page
	lines []line
	first int   // index of the first line of prose
	last  int   // of the last
	told  []int // weight of the prose before each line, and of all
}

// line is a block under judgement.
type line struct {
	block
	lower string
	rule  string // the rule that cuts it, "" while it stands
}

// trimRules are tried in order; each marks the lines it cuts.
var trimRules = []struct {
	name string
	mark func(*trimmer)
}{
	{"title", (*trimmer).markTitle},
	{"furniture", (*trimmer).markFurniture},
	{"byline", (*trimmer).markBylines},
	{"phrase", (*trimmer).markPhrases},
	{"hanging", (*trimmer).markHanging},
	{"links", (*trimmer).markLinks},
	{"link-list", (*trimmer).markLinkLists},
	{"tail", (*trimmer).markTail},
	{"heading", (*trimmer).markBareHeadings},
}

// trim cuts what is on the page but not of the article. A selector given by
// the user is trusted: only the title is cut from what it picks.
func (p *page) trim() {
	t := &trimmer{page: p, lines: make([]line, len(p.blocks))}
	for i, b := range p.blocks {
		t.lines[i] = line{block: b, lower: strings.ToLower(clipBytes(b.text, 600))}
	}
	for _, rule := range trimRules {
		if p.selector != nil && rule.name != "title" {
			continue
		}
		t.bound()
		rule.mark(t)
	}
	p.blocks = t.rest()
}

// bound finds the prose that still stands.
func (t *trimmer) bound() {
	t.first, t.last = len(t.lines), -1
	t.told = make([]int, len(t.lines)+1)
	for i, l := range t.lines {
		t.told[i+1] = t.told[i]
		if l.rule == "" && l.isProse() {
			t.first, t.last = min(t.first, i), i
			t.told[i+1] += l.size
		}
	}
}

// rest returns the lines that stand, and notes the others.
func (t *trimmer) rest() []block {
	var rest []block
	for _, l := range t.lines {
		if l.rule == "" {
			rest = append(rest, l.block)
			continue
		}
		t.page.note(l.rule, l.text)
	}
	return rest
}

func (t *trimmer) cut(i int, rule string) {
	if t.lines[i].rule == "" {
		t.lines[i].rule = rule
	}
}

// titleReach is how many lines from the top the headline may be repeated.
const titleReach = 100

// markTitle cuts the headline where it is repeated above the text.
func (t *trimmer) markTitle() {
	titles := append(t.page.claimedTitles(), t.page.doc.Title)
	for i := 0; i < min(t.first+1, len(t.lines), titleReach); i++ {
		l := t.lines[i]
		for _, title := range titles {
			if folded(title) == folded(l.text) || l.isHeading() && similarity(title, l.text) > 0.7 {
				t.cut(i, "title")
			}
		}
	}
}

// markFurniture cuts what the host prints on page after page. A full paragraph
// amid the article stays even so: agencies repeat their background.
func (t *trimmer) markFurniture() {
	known := t.page.options.Furniture
	if known == nil {
		return
	}
	repeated := make([]bool, len(t.lines))
	for i, l := range t.lines {
		repeated[i] = known(l.hash())
	}
	from, to := 0, len(t.lines)
	for from < to && repeated[from] {
		from++
	}
	for to > from && repeated[to-1] {
		to--
	}
	for i, l := range t.lines {
		if repeated[i] && (i < from || i >= to || !l.isProse()) {
			t.cut(i, "furniture")
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
		if begins(l.lower, byline) != "" || looksDated(l.text) || t.isAuthor(l.text) || t.namesAuthors(l) {
			t.cut(i, "byline")
		}
	}
}

// isAuthor reports whether a line is an author's name.
func (t *trimmer) isAuthor(text string) bool {
	for _, name := range t.page.doc.Authors {
		if folded(name) == folded(text) {
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

// markPhrases cuts lines that open with, are, or hold a phrase of the list.
func (t *trimmer) markPhrases() {
	for i, l := range t.lines {
		if rule := begins(l.lower, opens); rule != "" && (l.size <= 140 || l.linkShare() > 0.5) {
			t.cut(i, rule)
		}
		late := i >= t.last-2 && i > t.first
		if rule := contains(l.lower, holds); rule != "" && l.size <= 500 && (late || l.linkShare() > 0.3) {
			t.cut(i, rule)
		}
	}
}

// markHanging cuts a heading that announces links, with what hangs on it.
func (t *trimmer) markHanging() {
	for i, l := range t.lines {
		rule := ""
		if l.size <= 60 {
			rule = equals(l.lower, heads)
		}
		if rule == "" {
			continue
		}
		t.cut(i, rule)
		for j := i + 1; j < len(t.lines) && t.lines[j].hangs(); j++ {
			t.cut(j, rule)
		}
	}
}

// hangs reports whether a line is a link, a teaser or a list item that may
// belong to the heading above it.
func (l line) hangs() bool {
	return l.linkShare() > 0.25 && (l.is(atom.Li) || l.size < 250) || l.size < 60 && !endsSentence(l.text)
}

// markLinks cuts lines that are all link, and lists of such.
func (t *trimmer) markLinks() {
	for i := 0; i < len(t.lines); {
		end := t.runFrom(i)
		size, linked := 0, 0
		for _, l := range t.lines[i:end] {
			size += l.size
			linked += l.linked
		}
		if linked*10 > size*7 && !t.isSubheading(i) && !t.isSentence(i) {
			for j := i; j < end; j++ {
				t.cut(j, "links")
			}
		}
		i = end
	}
}

// runFrom returns the end of the list that starts at i; a line that is no list
// item is a run of its own.
func (t *trimmer) runFrom(i int) int {
	end := i + 1
	if !t.lines[i].is(atom.Li) {
		return end
	}
	for end < len(t.lines) && t.lines[end].node.Parent == t.lines[i].node.Parent {
		end++
	}
	return end
}

// isSentence reports whether the line, all link though it is, is a sentence of
// the text: headlines have no full stop.
func (t *trimmer) isSentence(i int) bool {
	l := t.lines[i]
	return !l.is(atom.Li) && l.size >= 40 && endsWithStop(l.text)
}

// isSubheading reports whether the line heads the prose after it.
func (t *trimmer) isSubheading(i int) bool {
	return t.lines[i].isHeading() && i+1 < len(t.lines) && t.lines[i+1].isProse()
}

// markTail cuts what trails after the last prose: short lines that are no
// sentences, and lines with links in them. Lists, tables and three lines or
// more of one make (a tour's dates, the signatories) are no trail.
func (t *trimmer) markTail() {
	for i := len(t.lines) - 1; i > t.last && i > 0; i-- {
		l := t.lines[i]
		if l.rule != "" {
			continue
		}
		if l.linked == 0 && (l.is(atom.Li, atom.Tr) || t.isSeries(i)) {
			return
		}
		if l.size >= 100 && endsWithStop(l.text) && l.linkShare() < 0.8 {
			return
		}
		if l.linkShare() > 0.5 || l.linkShare() > 0.2 && l.size < 150 || !endsSentence(l.text) && l.size < 60 {
			t.cut(i, "tail")
		}
	}
}

// isSeries reports whether the line is one of three or more in a row that are
// made alike and hold no links.
func (t *trimmer) isSeries(i int) bool {
	twins := 0
	for j := i - 1; j >= max(i-2, 0) && t.isTwin(j, i); j-- {
		twins++
	}
	for j := i + 1; j <= min(i+2, len(t.lines)-1) && t.isTwin(j, i); j++ {
		twins++
	}
	return twins >= 2
}

func (t *trimmer) isTwin(i, j int) bool {
	a, b := t.lines[i], t.lines[j]
	return a.linked == 0 && b.linked == 0 && a.node.DataAtom == b.node.DataAtom && (a.node == b.node || a.node.Parent == b.node.Parent) && a.isProse() == b.isProse()
}

// markLinkLists cuts a late list of which every item holds a link, and the
// heading above it: "More great stories".
func (t *trimmer) markLinkLists() {
	for i := 0; i < len(t.lines); {
		end := t.runFrom(i)
		if end-i >= 3 && t.isLate(i) && t.allLinked(i, end) {
			for j := i; j < end; j++ {
				t.cut(j, "link-list")
			}
			if i > 0 && t.lines[i-1].size < 60 && !endsSentence(strings.TrimRight(t.lines[i-1].text, ":")) {
				t.cut(i-1, "link-list")
			}
		}
		i = end
	}
}

// isLate reports whether the prose is told before line i.
func (t *trimmer) isLate(i int) bool { return t.told[i]*5 >= t.told[len(t.lines)]*4 }

func (t *trimmer) allLinked(from, to int) bool {
	size, linked := 0, 0
	for _, l := range t.lines[from:to] {
		if l.linked == 0 {
			return false
		}
		size += l.size
		linked += l.linked
	}
	return linked*4 > size
}

// markBareHeadings cuts headings with nothing left under them.
func (t *trimmer) markBareHeadings() {
	bare := true
	for i := len(t.lines) - 1; i >= 0; i-- {
		l := t.lines[i]
		switch {
		case l.rule != "":
		case !l.isHeading():
			bare = false
		case bare:
			t.cut(i, "heading")
		}
	}
}
