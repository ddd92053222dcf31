package document

// A host prints the same lines on page after page. One page alone cannot show
// it: a caller who reads many gathers Document.Blocks and gives them back as
// Options.Furniture.

// marked names every line for that caller. A line is taken for the same only
// where it stands in the same half of the prose and is a link or not alike: the
// teaser under another story is no reason to cut the first sentence of its own.
func (t *trimmer) marked() {
	seen := make(map[uint64]bool, len(t.lines))
	for i := range t.lines {
		l := &t.lines[i]
		l.mark = l.hash() << 2
		if 2*t.told[i] >= t.told[len(t.lines)] {
			l.mark |= 1
		}
		if l.linkShare() > 0.5 {
			l.mark |= 2
		}
		if !seen[l.mark] {
			seen[l.mark] = true
			t.page.doc.Blocks = append(t.page.doc.Blocks, l.mark)
		}
	}
}

// markFurniture cuts what the host prints on page after page: short lines and
// links anywhere, and at either end of the page the prose that such a line
// parts from the article. Other prose stays, however often it is printed:
// agencies repeat their background, and it is of the article. Where no prose is
// the page's own it is an article printed at several addresses, and nothing is
// cut.
func (t *trimmer) markFurniture() {
	known := t.page.options.Furniture
	if known == nil {
		return
	}
	first, last := t.own(known)
	if first > last {
		return
	}
	above, below := -1, len(t.lines)
	for i, l := range t.lines {
		if l.isProse() || !known(l.mark) {
			continue
		}
		t.cut(i, "furniture")
		if i < first {
			above = i
		} else if i > last {
			below = min(below, i)
		}
	}
	for i, l := range t.lines {
		if (i < above || i > below) && known(l.mark) {
			t.cut(i, "furniture")
		}
	}
}

// own returns the first and the last line of prose that is not repeated; the
// first is beyond the last where there is none.
func (t *trimmer) own(known func(uint64) bool) (first, last int) {
	first, last = len(t.lines), -1
	for i, l := range t.lines {
		if l.rule == "" && l.isProse() && !known(l.mark) {
			first, last = min(first, i), i
		}
	}
	return first, last
}
