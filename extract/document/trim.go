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
	mark  uint64 // see marked
	rule  string // the rule that cuts it, "" while it stands
}

// trimRules are tried in order; each marks the lines it cuts.
var trimRules = []struct {
	name string
	mark func(*trimmer)
}{
	{"title", (*trimmer).markTitle},
	{"above", (*trimmer).markAbove},
	{"number", (*trimmer).markNumbers},
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
	t.bound()
	t.marked()
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

// cut marks a line as cut by a rule, unless it is cut already; by "" it is not.
func (t *trimmer) cut(i int, rule string) {
	if t.lines[i].rule == "" {
		t.lines[i].rule = rule
	}
}

// headLines is how many of the first lines may be captions of the picture above
// the text.
const headLines = 4

// markPhrases cuts lines that open with, end in or hold a phrase of the list.
func (t *trimmer) markPhrases() {
	for i, l := range t.lines {
		if l.size <= 140 || l.linkShare() > 0.5 {
			t.cut(i, begins(l.lower, opens))
		}
		if i < headLines && l.size <= 220 && !endsWithStop(l.text) {
			t.cut(i, closes(l.lower))
		}
		late := i >= t.last-2 && i > t.first
		if l.size <= 300 && (late || l.linkShare() > 0.3) {
			t.cut(i, contains(l.lower, holds))
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
