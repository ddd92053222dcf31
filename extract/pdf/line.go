package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// line is text on one baseline, without a gap that parts columns.
type line struct {
	text      strings.Builder
	x0, x1, y float64
	last, end float64 // where the last glyph begins and ends
	size      float64
	quarter   int
}

// layOut makes lines and paragraphs of glyphs. The order of drawing is taken
// for that of reading, as those who write documents draw them so, columns
// included; a page drawn in disorder is sorted from its top down.
func layOut(glyphs []glyph) string {
	lines := joinFragments(fragments(glyphs))
	var out []string
	for quarter := range 4 {
		var turned []*line
		for _, l := range lines {
			if l.quarter == quarter {
				turned = append(turned, l)
			}
		}
		if disordered(turned) {
			slices.SortStableFunc(turned, func(a, b *line) int {
				return cmp.Or(cmp.Compare(math.Round(b.y), math.Round(a.y)), cmp.Compare(a.x0, b.x0))
			})
			turned = joinFragments(turned)
		}
		out = append(out, paragraphs(turned)...)
	}
	return strings.Join(out, "\n")
}

// fragments makes a line of every row of glyphs that follow each other.
func fragments(glyphs []glyph) []*line {
	var lines []*line
	var l *line
	for _, g := range glyphs {
		if g.text == "" && g.x0 == g.x1 || g.size == 0 {
			continue
		}
		if l == nil || !l.follows(g) {
			l = &line{x0: g.x0, x1: g.x0, last: g.x0, end: g.x0, y: g.y, size: g.size, quarter: g.quarter}
			lines = append(lines, l)
		}
		l.add(g.text, g.x0, g.x1, g.size)
	}
	return slices.DeleteFunc(lines, func(l *line) bool { return strings.TrimSpace(l.text.String()) == "" })
}

// follows tells whether a glyph goes on with the line: near its baseline, and
// neither before the last glyph nor a column further on. Where that ends does
// not count: fonts give marks above and below letters any width.
func (l *line) follows(g glyph) bool {
	size := max(l.size, g.size)
	return g.quarter == l.quarter && math.Abs(g.y-l.y) < 0.4*size && g.x0 > l.last-0.8*size && g.x0 < l.x1+2.5*size
}

// add puts text at the line's end, and a space where there is a gap.
func (l *line) add(text string, x0, x1, size float64) {
	if l.text.Len() > 0 && x0-l.end > gap(l.text.String(), text)*min(size, l.size) && !l.spaced() && !startsSpaced(text) {
		l.text.WriteByte(' ')
	}
	l.text.WriteString(text)
	l.last, l.end, l.x1 = x0, x1, max(l.x1, x1)
	if strings.TrimSpace(text) != "" {
		l.size = max(l.size, size)
	}
}

func (l *line) spaced() bool {
	r, _ := utf8.DecodeLastRuneInString(l.text.String())
	return r == ' ' || r == '\u00a0' || r == '\u3000'
}

func startsSpaced(text string) bool {
	return text == "" || text[0] == ' ' || strings.HasPrefix(text, "\u00a0")
}

// gap is how much of the letter size stands for a space. Lines of Han letters
// are set out to the margin by gaps that are none.
func gap(before, after string) float64 {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	if unspaced(a) && unspaced(b) {
		return 0.45
	}
	return 0.17
}

// joinFragments puts together what stands on one baseline side by side.
func joinFragments(lines []*line) []*line {
	var out []*line
	for _, l := range lines {
		if n := len(out); n > 0 && out[n-1].beside(l) {
			out[n-1].add(l.text.String(), l.x0, l.x1, l.size)
			continue
		}
		out = append(out, l)
	}
	return out
}

func (l *line) beside(m *line) bool {
	size := max(l.size, m.size)
	return l.quarter == m.quarter && math.Abs(l.y-m.y) < 0.4*size && m.x0 > l.x1-0.8*size && m.x0 < l.x1+2.5*size
}

// disordered tells a page drawn neither downwards nor by columns: more than a
// fifth of its lines stand above the one before.
func disordered(lines []*line) bool {
	up := 0
	for i := 1; i < len(lines); i++ {
		if lines[i].y > lines[i-1].y+0.5*lines[i].size {
			up++
		}
	}
	return up > 3 && up*5 > len(lines)
}
