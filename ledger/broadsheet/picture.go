package broadsheet

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"ewgwatch/internal/plain"
)

// The measures of a picture, in its own units: 1,600 across, which is 16:9 with 900
// and A4 with 1,131.
const (
	pictureWidth = 1600
	margin       = 32
	namesWidth   = 150
	narrowest    = 122 // column that a word and a number fit into
	lineHeight   = 20
	letter       = 8.3 // a column of text at 14 units, on the wide side
)

// SVG writes the matrix as one picture that stands alone: no script, no font of its
// own, text as text. The first error of w is returned.
func (s *Sheet) SVG(w io.Writer) error {
	return templates.ExecuteTemplate(w, "picture.svg", s.content.picture())
}

// picture is the matrix in units.
type picture struct {
	*content
	Height int
	Bands  []*band
	KeyY   int
}

// band is events side by side, with all states below them.
type band struct {
	Y, Rule int
	End     int // of the rows
	Heads   []head
	Rows    []bandRow
}

type head struct {
	X     int
	Lines []textLine
	Foot  []string // how many sources tell of it and how many were read, below the rows
}

type textLine struct {
	Y    int
	Text string
	Bold bool
}

type bandRow struct {
	Y, Height int
	Name      string
	Fields    []field
}

// field is a cell in units.
type field struct {
	*cell
	X, Y, W, H int
	Lines      []said
	Deep       int // lines
}

// said is a claim on a line.
type said struct {
	*claim
	X, Y         int
	Text, Detail string
}

func (s *content) picture() *picture {
	p := &picture{content: s, Height: 104}
	const room = (pictureWidth - 2*margin - namesWidth) / narrowest
	if n := len(s.Events); n > 0 {
		bands := (n + room - 1) / room
		for events := range slices.Chunk(s.Events, (n+bands-1)/bands) {
			p.add(events)
		}
	}
	p.KeyY = p.Height + 12
	p.Height += 226
	return p
}

// add sets a band below what is there.
func (p *picture) add(events []*event) {
	width := (pictureWidth - 2*margin - namesWidth) / len(events)
	b := &band{Y: p.Height}
	tallest := 0
	for i, e := range events {
		h := head{X: margin + namesWidth + i*width, Foot: e.foot(width)}
		h.write(b.Y, width, e)
		tallest = max(tallest, len(h.Lines))
		b.Heads = append(b.Heads, h)
	}
	b.Rule = b.Y + tallest*lineHeight
	y := b.Rule + 6
	for i, s := range p.States {
		row := bandRow{Y: y, Name: plain.Cut(s.Name, namesWidth/9)}
		lines := 1
		for j, e := range events {
			f := field{cell: e.Cells[i], X: margin + namesWidth + j*width, Y: y, W: width}
			f.write()
			lines = max(lines, f.Deep)
			row.Fields = append(row.Fields, f)
		}
		row.set(lines*lineHeight + 8)
		y += row.Height
		b.Rows = append(b.Rows, row)
	}
	b.End = y
	p.Bands = append(p.Bands, b)
	p.Height = y + 24 + len(b.Heads[0].Foot)*lineHeight
}

// set gives all fields of a row one height.
func (r *bandRow) set(height int) {
	r.Height = height
	for i := range r.Fields {
		r.Fields[i].H = height
	}
}

// foot says how many sources tell of an event and how many were read; of one event
// that has the width alone, also which.
func (e *event) foot(width int) []string {
	if width > pictureWidth/2 {
		return append([]string{"told by " + e.ToldBy()}, plain.Fold("read for it: "+strings.Join(e.Coverage(), "; "), width/7, 3)...)
	}
	return []string{"told by " + strconv.Itoa(e.sources), "read " + e.Read()}
}

func (h *head) write(y, width int, e *event) {
	for i, text := range []string{e.When(), e.What(), e.Town()} {
		for _, line := range plain.Fold(text, int(float64(width-8)/letter), 2) {
			h.Lines = append(h.Lines, textLine{y + (len(h.Lines)+1)*lineHeight - 8, line, i == 0})
		}
	}
}

// write sets claims one behind the other, as many as fit on a line; of few events a
// claim a line, and beside it who says so.
func (f *field) write() {
	const icon, detail, gap = 20, 210, 14
	room := int(float64(f.W-detail-12) / 8.2)
	x, y := f.X, f.Y+lineHeight-2
	for _, k := range f.Shown() {
		line := said{claim: k}
		line.Text = line.words(int(float64(f.W-icon-6) / letter))
		width := icon + int(float64(plain.Width(line.Text))*letter)
		if x > f.X && (room > 40 || x+width > f.X+f.W) {
			x, y = f.X, y+lineHeight
		}
		if room > 40 {
			line.Detail = plain.Cut(k.Best.Who()+": “"+k.Best.Text+"”", room)
		}
		line.X, line.Y = x+icon, y
		f.Lines = append(f.Lines, line)
		x += width + gap
	}
	f.Deep = (y-f.Y)/lineHeight + 1
}

// words says a claim in so many columns. Of a long word the end is cut, never the
// number of its sources: a number that is cut is a wrong number.
func (s said) words(columns int) string {
	text, times := s.Word, s.Times()
	if s.Contradicts {
		text = "≠ " + text
	}
	if times == "" {
		return plain.Cut(text, columns)
	}
	return plain.Cut(text, max(1, columns-1-plain.Width(times))) + " " + times
}

// DetailX is where it is said who says so.
func (s said) DetailX() int { return s.X + 190 }

// IconX and IconY are where the mark of a claim stands.
func (s said) IconX() int { return s.X - 15 }

// IconY is where the top of the mark is.
func (s said) IconY() int { return s.Y - 11 }

// MarkY is where the words for nothing stand.
func (f field) MarkY() int { return f.Y + lineHeight - 2 }

// TextX is where they begin.
func (f field) TextX() int { return f.X + 5 }

// Inside is how wide the ground of the field is.
func (f field) Inside() int { return f.W - 4 }

// Base is where the name of the row stands.
func (r bandRow) Base() int { return r.Y + lineHeight - 2 }

// Foot is where the row ends.
func (r bandRow) Foot() int { return r.Y + r.Height }

// KindX is where the key of a kind of nothing stands.
func (p *picture) KindX(i int) int { return i * (pictureWidth - 2*margin) / len(kinds()) }

// Folded is the meaning of a kind in lines that fit below its place in the key.
func (p *picture) Folded(k counted) []string {
	return plain.Fold(k.Meaning(), (pictureWidth-2*margin)/len(kinds())/7, 3)
}

// KindY is where a line of it stands.
func (p *picture) KindY(line int) int { return 38 + 14*line }

// FootY is where a line below the rows stands.
func (b *band) FootY(line int) int { return b.End + 16 + 18*line }

// ShortRules names the rules in what room there is.
func (p *picture) ShortRules() string { return plain.Cut(p.About.ByRules(), 120) }
