package pdf

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// paragraphs joins lines: a line goes on with the paragraph if it is of the
// same size, at the usual distance, not set in, and the line before is full.
func paragraphs(lines []*line) []string {
	var out []string
	usual := leading(lines)
	var open []byte
	for i, l := range lines {
		text := strings.TrimLeft(l.text.String(), " \u00a0\u3000")
		if i > 0 && goesOn(lines[i-1], l, usual, rightEdge(lines, i-1)) {
			open = join(open, text)
			continue
		}
		out = appendText(out, open)
		open = append([]byte(nil), text...)
	}
	return appendText(out, open)
}

func appendText(out []string, open []byte) []string {
	if text := strings.Join(strings.Fields(string(open)), " "); text != "" {
		return append(out, text)
	}
	return out
}

// leading is the usual distance between lines in units of their size; up to
// 2.7 in fonts of Thai, which leave room for two rows of marks.
func leading(lines []*line) float64 {
	var gaps []float64
	for i := 1; i < len(lines); i++ {
		if d := (lines[i-1].y - lines[i].y) / lines[i].size; d > 0.7 && d < 4 {
			gaps = append(gaps, d)
		}
	}
	if len(gaps) == 0 {
		return 1.3
	}
	slices.Sort(gaps)
	return gaps[(len(gaps)-1)/3] // more lines than paragraphs; short ones pull up
}

// rightEdge is how far the lines near one reach, of the same size and column.
func rightEdge(lines []*line, at int) float64 {
	edge := lines[at].x1
	for i := max(0, at-8); i < min(len(lines), at+9); i++ {
		l := lines[i]
		if math.Abs(l.x0-lines[at].x0) < 3*l.size && math.Abs(l.size-lines[at].size) < 0.1*l.size {
			edge = max(edge, l.x1)
		}
	}
	return edge
}

func goesOn(before, l *line, usual, edge float64) bool {
	size := max(before.size, l.size)
	down := before.y - l.y
	switch {
	case math.Abs(before.size-l.size) > 0.12*size:
		return false
	case down < 0.5*size: // the next column, or a line beside
		return down < -size && before.x1 > edge-3*size && !ended(before.text.String())
	case down > (usual+0.25)*size:
		return false
	case l.x0 > before.x0+1.2*size: // set in
		return false
	}
	return before.x1+firstWord(l) > edge-0.3*size
}

// firstWord is how wide the first word of a line is: had it found room on the
// line before, it would stand there. Without spaces, a phrase of some letters.
func firstWord(l *line) float64 {
	text := strings.TrimSpace(l.text.String())
	n, all := 0, utf8.RuneCountInString(text)
	for _, r := range text {
		if r == ' ' || r == '\u00a0' {
			break
		}
		n++
	}
	wide := float64(n+1) * (l.x1 - l.x0) / float64(max(all, 1))
	if r, _ := utf8.DecodeRuneInString(text); unspaced(r) {
		return min(wide, 8*l.size)
	}
	return wide
}

func ended(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(text))
	return strings.ContainsRune(".!?。！？។:;", r)
}

// join puts a line to a paragraph: with a space in scripts that have them, and
// without after a hyphen, which is kept, as "counter-terrorism" needs it.
func join(open []byte, text string) []byte {
	bare := bytes.TrimRight(open, " \u00a0")
	if cut, ok := bytes.CutSuffix(bare, []byte("\u00ad")); ok {
		return append(cut, text...)
	}
	a, size := utf8.DecodeLastRune(bare)
	b, _ := utf8.DecodeRuneInString(text)
	if a == '-' || a == '\u2010' {
		if r, _ := utf8.DecodeLastRune(bare[:len(bare)-size]); r != ' ' {
			return append(bare, text...)
		}
	}
	if unspaced(a) && unspaced(b) && (han(a) || han(b) || len(bare) == len(open)) {
		return append(bare, text...)
	}
	return append(append(bare, ' '), text...)
}
