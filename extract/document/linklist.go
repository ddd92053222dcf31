package document

import (
	"strings"

	"golang.org/x/net/html/atom"
)

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
