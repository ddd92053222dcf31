package message

import (
	"strconv"
	"strings"
)

// markdown writes a letter in the part of CommonMark that chat services agree on:
// bold, quotes, lists and links. It has no table: few of them draw one.
func markdown(l letter) string {
	var s sheet
	if len(l.Table.Rows) > 0 {
		s.rows(l)
	}
	for _, one := range l.Items {
		s.item(one)
	}
	s.paragraph(escape(l.Rest))
	for _, line := range l.Footer {
		s.paragraph(escape(line))
	}
	s.paragraph(anchor(l.Open))
	return strings.TrimRight(s.String(), "\n") + "\n"
}

// escape returns s, which is one line, as Markdown that reads as s and nothing more.
// In CommonMark a backslash may stand before any mark of ASCII; what calls people is
// replaced, see inert, for services that know no backslash.
func escape(s string) string {
	var b strings.Builder
	for _, r := range inert(s) {
		if strings.ContainsRune(active, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// active are the marks that mean something in Markdown, or make a link or a small
// picture of what stands around them.
const active = "\\`*_{}[]()#+-.!|~=:&$^"

// sheet is a text in Markdown.
type sheet struct{ strings.Builder }

func (s *sheet) paragraph(text string) {
	if text != "" {
		s.WriteString(text + "\n\n")
	}
}

func anchor(l link) string {
	if l.URL == "" {
		return ""
	}
	url := strings.ReplaceAll(l.URL, ";", "%3B") // with an ampersand before it, it would be an entity
	return "[" + escape(l.Words) + "](" + url + ")"
}

func (s *sheet) rows(l letter) {
	s.paragraph("**" + escape(l.Lead) + "**")
	for _, r := range l.Table.Rows {
		s.WriteString("- " + strconv.Itoa(r.Number) + " · **" + escape(r.State) + "**")
		for _, cell := range []string{r.marked(), r.Event, l.Table.Sources + ": " + r.Sources, r.Date} {
			s.WriteString(" · " + escape(cell))
		}
		s.WriteString("\n")
	}
	s.WriteString("\n")
}

func (s *sheet) item(one item) {
	kicker := escape(one.Kicker)
	if one.Number > 0 {
		kicker = strconv.Itoa(one.Number) + " · " + kicker
	}
	for _, mark := range one.Marks {
		kicker += " · " + escape(mark)
	}
	s.paragraph(kicker)
	s.paragraph("**" + escape(one.Head) + "**")
	s.paragraph(escape(one.Event))
	for _, lead := range one.Leads {
		s.paragraph(escape(lead))
	}
	for _, q := range one.Quotes {
		s.quote(q)
	}
	s.facts(one.Facts)
	if one.Beside != "" {
		s.paragraph("**" + escape(one.Beside) + "**")
	}
	for _, q := range one.Besides {
		s.quote(q)
	}
}

func (s *sheet) quote(q quote) {
	if q.Says != "" {
		s.paragraph("**" + escape(q.Says) + "**")
	}
	for _, mark := range q.Marks {
		s.paragraph(escape("[" + mark + "]"))
	}
	if q.Text != "" {
		s.paragraph("> “" + escape(q.Text) + "”")
	}
	s.facts(q.Facts)
	s.paragraph(anchor(q.Open))
}

func (s *sheet) facts(all []fact) {
	for _, f := range all {
		value := escape(f.Value)
		if f.Hash != "" {
			value = "SHA\\-256 " + escape(shortened(f.Hash))
		}
		if f.Open.URL != "" {
			value += " " + anchor(f.Open)
		}
		s.WriteString("- " + escape(f.Label) + ": " + value + "\n")
	}
	if len(all) > 0 {
		s.WriteString("\n")
	}
}
