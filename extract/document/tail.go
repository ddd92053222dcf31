package document

import "golang.org/x/net/html/atom"

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
			t.readSignature(l)
		}
	}
}

// readSignature takes an author named under the text, where none is named
// above it.
func (t *trimmer) readSignature(l line) {
	if len(t.page.doc.Authors) == 0 && l.size <= 100 && stripAffixes(l.text) != l.text {
		t.page.doc.Authors = splitNames(l.text)
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
