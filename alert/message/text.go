package message

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"ewgwatch/internal/plain"
)

const (
	textColumns  = 72
	labelColumns = 13
	shortHash    = 16 // characters of a hash, where there is little room
)

// text writes a letter as plain text.
func text(l letter) string {
	var p pad
	if len(l.Table.Rows) > 0 {
		p.table(l)
	}
	for _, one := range l.Items {
		p.item(one)
	}
	if l.Rest != "" {
		p.fold("", l.Rest)
		p.line("")
	}
	p.line(strings.Repeat("-", textColumns))
	for _, line := range l.Footer {
		p.fold("", line)
	}
	p.link("", l.Open)
	return p.String()
}

// pad is a sheet of plain text.
type pad struct{ strings.Builder }

func (p *pad) line(s string) { p.WriteString(strings.TrimRight(s, " ") + "\n") }

// fold writes s in lines that each begin with margin.
func (p *pad) fold(margin, s string) {
	if s != "" {
		p.hang(margin, margin, s)
	}
}

// hang writes s in lines of which the first begins otherwise than the rest.
func (p *pad) hang(first, rest, s string) {
	for i, line := range fold(s, textColumns-max(plain.Width(first), plain.Width(rest))) {
		if i > 0 {
			first = rest
		}
		p.line(first + line)
	}
}

// link writes a URL on a line of its own, whole: what is broken leads nowhere.
func (p *pad) link(margin string, l link) {
	if l.URL != "" {
		p.fold(margin, l.Words+":")
		p.line(margin + l.URL)
	}
}

func (p *pad) item(one item) {
	p.heading(one)
	for _, q := range one.Quotes {
		p.line("")
		p.quote("", q)
	}
	if len(one.Facts) > 0 {
		p.line("")
		p.facts("", one.Facts)
	}
	if one.Beside != "" {
		p.line("")
		p.fold("", one.Beside+":")
	}
	for i, q := range one.Besides {
		if i > 0 {
			p.line("")
		}
		p.quote("  ", q)
	}
	p.line("")
}

func (p *pad) heading(one item) {
	kicker := strings.ToUpper(one.Kicker)
	if one.Number > 0 {
		kicker = fmt.Sprintf("%d. %s", one.Number, kicker)
	}
	for _, mark := range one.Marks {
		kicker += " [" + mark + "]"
	}
	p.fold("", kicker)
	p.fold("", one.Head)
	p.fold("", one.Event)
	for _, lead := range one.Leads {
		p.line("")
		p.fold("", lead)
	}
}

func (p *pad) quote(margin string, q quote) {
	p.fold(margin, q.Says)
	for _, mark := range q.Marks {
		p.fold(margin, "["+mark+"]")
	}
	if q.Text != "" {
		p.fold(margin+"  | ", "“"+q.Text+"”")
	}
	p.facts(margin, q.Facts)
	p.link(margin, q.Open)
}

func (p *pad) facts(margin string, all []fact) {
	for _, f := range all {
		label := f.Label + ": "
		value := f.Value
		if f.Hash != "" {
			value = "SHA-256 " + shortened(f.Hash)
		}
		p.hang(margin+plain.Pad(label, labelColumns), margin+strings.Repeat(" ", labelColumns), cmp.Or(value, "–"))
		p.link(margin+strings.Repeat(" ", labelColumns), f.Open)
	}
}

func shortened(hash string) string {
	if len(hash) <= shortHash {
		return hash
	}
	return plain.Cut(hash, shortHash+1)
}

// table writes the rows of a digest under each other in columns.
func (p *pad) table(l letter) {
	p.fold("", l.Lead)
	p.line("")
	t := l.Table
	p.cells("", t.State, t.Stance, t.Event, t.Short, t.Date)
	p.line(strings.Repeat("-", textColumns))
	for _, r := range t.Rows {
		p.cells(strconv.Itoa(r.Number), r.State, r.marked(), r.Event, r.Sources, r.Date)
	}
	p.line("")
}

// marked is the stance with its mark.
func (r row) marked() string {
	if r.Mark == "" {
		return r.Stance
	}
	return r.Stance + " (" + r.Mark + ")"
}

// cells writes a row of the table, as many lines high as its highest cell.
func (p *pad) cells(cells ...string) {
	widths := []int{3, 12, 15, 22, 3, 12} // with the gaps between, textColumns
	columns := make([][]string, len(cells))
	high := 0
	for i, cell := range cells {
		columns[i] = fold(cell, widths[i])
		high = max(high, len(columns[i]))
	}
	for y := range high {
		line := ""
		for i, column := range columns {
			cell := ""
			if y < len(column) {
				cell = column[y]
			}
			line += plain.Pad(cell, widths[i]) + " "
		}
		p.line(line)
	}
}

// fold breaks s into lines of at most so many columns: between words, or within one
// that is wider than a line, as in scripts that write no spaces.
func fold(s string, columns int) []string {
	var words []string
	for word := range strings.FieldsSeq(s) {
		words = append(words, pieces(word, columns)...)
	}
	return plain.Wrap(strings.Join(words, " "), columns)
}

func pieces(word string, columns int) (all []string) {
	for plain.Width(word) > columns {
		cut := 0
		for at, r := range word {
			if plain.Width(word[:at+len(string(r))]) > columns {
				break
			}
			cut = at + len(string(r))
		}
		if cut == 0 {
			return append(all, word) // one letter that is wider than the line
		}
		all, word = append(all, word[:cut]), word[cut:]
	}
	return append(all, word)
}
