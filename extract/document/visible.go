package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// suggestClassed gathers elements whose class names a date, nearest to the
// title first.
func (p *page) suggestClassed() {
	near := slices.DeleteFunc(slices.Clone(p.survey.classed), func(n *html.Node) bool { return len(datedParts(openingOf(n))) == 0 })
	slices.SortStableFunc(near, func(a, b *html.Node) int { return p.distance(a) - p.distance(b) })
	taken := 0
	for _, n := range near {
		if taken == 6 {
			return
		}
		if inComments(n) {
			continue
		}
		rank := rankVisible
		if p.distance(n) > far {
			rank = rankFar
		}
		p.suggestVisible(openingOf(n), rank)
		taken++
	}
}

// openingOf returns the text of an element, of one that holds a few lines its
// beginning: "This entry was posted on 25 August 2023 and is filed under ...".
func openingOf(n *html.Node) string {
	text := squeeze(textOf(n))
	switch size := utf8.RuneCountInString(text); {
	case size <= rawCap:
		return text
	case size > 5*rawCap:
		return ""
	}
	text = clipRunes(text, rawCap)
	return text[:max(strings.LastIndexByte(text, ' '), 0)] // never half a date
}

// suggestAround suggests the lines around the title; one that is only a label
// ("Published on:") goes with the line after it.
func (p *page) suggestAround() {
	label := ""
	for _, b := range p.around() {
		if isHeadline(b) {
			continue
		}
		if label != "" && isDatable(b.text) {
			b.text = label + " " + b.text
		}
		p.suggestVisible(b.text, rankVisible)
		label = ""
		if equals(strings.ToLower(b.text), dated) != "" {
			label = b.text
		}
	}
}

// inComments reports whether an element stands among what readers wrote.
func inComments(n *html.Node) bool {
	for up, height := n.Parent, 0; up != nil && height < 8; up, height = up.Parent, height+1 {
		if hasRule(attr(up, "class"), "comments") || hasRule(attr(up, "id"), "comments") {
			return true
		}
	}
	return false
}

// dateLetters is how many letters a line of a date may have, with its weekday
// and who wrote it. One with more is the headline of another article, dated.
const dateLetters = 45

// suggestVisible suggests what people read; "Updated: ..." is a modification,
// and a line without a year comes after those with one.
func (p *page) suggestVisible(line string, rank int) {
	for _, text := range datedParts(line) {
		switch {
		case begins(strings.ToLower(text), opens) == "meta":
			p.suggest(text, "modified", rankModified)
		case begins(strings.ToLower(text), dated) != "" && countFigures(text).long > 0:
			p.suggest(text, "visible", rankLabelled)
		case countFigures(text).letters > dateLetters:
			p.suggest(text, "visible", rankWordy)
		case countFigures(text).long == 0:
			p.suggest(text, "visible", rankYearless)
		default:
			p.suggest(text, "visible", rank)
		}
	}
}

// readVisibleDates gathers lines at the ends of the text, and puts all
// candidates in order.
func (p *page) readVisibleDates() {
	for i, b := range p.blocks {
		if i < 2 || i >= len(p.blocks)-2 {
			p.suggestEdge(b.text)
		}
	}
	slices.SortStableFunc(p.doc.Dates, func(a, b DateCandidate) int { return a.Rank - b.Rank })
}

// suggestEdge suggests a line at an end of the text, or the dateline it opens
// with: "MOSCOW, August 3 - The ministry ...".
func (p *page) suggestEdge(text string) {
	if weight(text) > rawCap {
		text = clipRunes(text, rawCap)
		end := strings.IndexAny(text, "-–—(（.。:：/")
		if end <= 0 {
			return
		}
		text = text[:end]
	}
	if isDatable(text) {
		p.suggest(text, "text", rankEdge)
	}
}

// around returns the lines that stand within a few of the title, nearest
// first; those below it before those above.
func (p *page) around() []block {
	body := child(p.root, atom.Body)
	if body == nil || p.lines != nil {
		return p.lines
	}
	blocks := render(body)
	title := p.headingLine(blocks)
	if title < 0 {
		title = p.titleLine(blocks)
	}
	for i := title + 1; i < min(title+12, len(blocks)); i++ {
		p.lines = append(p.lines, blocks[i])
	}
	for i := title - 1; i >= max(title-4, 0); i-- {
		p.lines = append(p.lines, blocks[i])
	}
	return p.lines
}

// isHeadline reports whether a line is the headline of another article: most of
// it a link of several words.
func isHeadline(b block) bool { return b.linkShare() > 0.5 && countFigures(b.text).letters > 25 }

// parts splits a line of facts at the marks between them. A line too long for
// that has none.
func parts(line string) []string {
	if weight(line) > 3*rawCap {
		return nil
	}
	all := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("•|·｜►▪\t", r) })
	for i, part := range all {
		all[i] = strings.TrimSpace(part)
	}
	return all
}

// datedParts returns the parts of a line that may hold a date.
func datedParts(line string) (found []string) {
	for _, part := range parts(line) {
		if isDatable(part) {
			found = append(found, part)
		}
	}
	return found
}

// titleLine returns the line that reads as the title, -1 where there is none.
func (p *page) titleLine(blocks []block) int {
	title := folded(p.doc.Title)
	return slices.IndexFunc(blocks, func(b block) bool { return title != "" && foldsTo(b.text, title) })
}

// headingLine returns the line of the heading that shows the title, -1 where
// there is none.
func (p *page) headingLine(blocks []block) int {
	heading := p.titleHeading()
	return slices.IndexFunc(blocks, func(b block) bool { return heading != nil && b.node == heading })
}

// telephone is how a number for calls begins.
var telephone = regexp.MustCompile(`\+\s?[0-9(]`)

// isDatable reports whether a text may hold a date: it is short and has a
// number of four digits, or three numbers, or two and a word, or a number
// before a Chinese or Korean mark of a date, in digits of any script.
func isDatable(s string) bool {
	if s == "" || weight(s) > rawCap {
		return false
	}
	if strings.ContainsAny(s, "©ⓒ€$£¥₩฿") || telephone.MatchString(s) || begins(strings.ToLower(s), opens) == "copyright" {
		return false // a footer's year, a price, a telephone
	}
	f := countFigures(s)
	return f.long > 0 || f.marks > 0 || f.runs >= 3 || f.runs == 2 && f.letters > 0
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
