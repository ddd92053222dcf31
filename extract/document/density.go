package document

import "golang.org/x/net/html/atom"

// dense returns the densest run of the page's blocks.
func (p *page) dense() []block {
	body := child(p.root, atom.Body)
	if body == nil {
		return nil
	}
	p.all = render(body)
	return densest(p.all)
}

// densest returns the run of blocks with the most text outside of links: each
// block gives its weight less twice its links' and a toll for being there, and
// the best sum of a run wins (Kadane's algorithm), so that short lines between
// paragraphs stay and menus end it.
func densest(blocks []block) []block {
	best, sum, start := 0, 0, 0
	from, to := 0, 0
	for i, b := range blocks {
		if sum <= 0 {
			sum, start = 0, i
		}
		sum += b.size - 2*b.linked - 40
		if sum > best {
			best, from, to = sum, start, i+1
		}
	}
	return blocks[from:to]
}
