package broadsheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the sheet as GitHub reads it: a table a block of events, and the quotes as a numbered list below. The first error of w is returned.
func (s *Sheet) Markdown(w io.Writer) error {
	m := markdown{s.content, bufio.NewWriter(w)}
	m.line("# " + m.Title())
	m.line("")
	m.line(escape(m.Subtitle()) + ". **An empty cell is not evidence that a state stayed away.**")
	m.line("")
	m.line(escape("As of " + m.About.Believed() + "; sources last read " + m.About.Read() + "; rests on " + m.About.Basis() + "."))
	m.matrix()
	m.key()
	m.contradictions()
	m.expected()
	m.gaps()
	m.notes()
	m.line("\n## How to cite\n")
	m.line(escape(m.Cite()))
	return m.out.Flush()
}

type markdown struct {
	*content
	out *bufio.Writer // keeps its first error and gives it at Flush
}

func (m markdown) line(text string) {
	m.out.WriteString(text)
	m.out.WriteByte('\n')
}

func (m markdown) row(cells ...string) { m.line("| " + strings.Join(cells, " | ") + " |") }

func (m markdown) matrix() {
	if len(m.Events) == 0 {
		m.line("\nNo such event is known: no finding that stands is about one. That says nothing of any state.")
	}
	for _, b := range m.Blocks() {
		m.line("\n## " + escape(b.Title()) + "\n")
		heads, rules, feet, read := []string{"State"}, []string{"---"}, []string{"*told by*"}, []string{"*read for it*"}
		for _, e := range b.Events() {
			heads, rules = append(heads, headOf(e)), append(rules, "---")
			feet, read = append(feet, "*"+e.ToldBy()+"*"), append(read, "*"+e.Read()+"*")
		}
		m.row(heads...)
		m.row(rules...)
		for i, s := range m.States {
			cells := []string{"**" + escape(s.Name) + "**"}
			for _, e := range b.Events() {
				cells = append(cells, cellOf(e.Cells[i]))
			}
			m.row(cells...)
		}
		m.row(feet...)
		m.row(read...)
	}
}

func headOf(e *event) string {
	parts := []string{escape(e.When())}
	for _, text := range []string{e.What(), e.Town()} {
		if text != "" {
			parts = append(parts, escape(text))
		}
	}
	return strings.Join(parts, "<br>")
}

func cellOf(c *cell) string {
	if len(c.Claims) == 0 {
		return escape(c.Kind().Mark() + " " + c.Kind().Short())
	}
	var all []string
	for _, k := range c.Shown() {
		all = append(all, claimOf(k)+fmt.Sprintf(" (%d)", k.Note))
	}
	return strings.Join(all, "<br>")
}

func claimOf(k *claim) string {
	text := escape(k.Word)
	if k.Contradicts {
		text = "≠ " + text
	}
	if times := k.Times(); times != "" {
		text += " " + times
	}
	return text
}

func (m markdown) key() {
	m.line("\n## How to read it\n")
	m.line("- ×2: two independent sources; copies of one text count once")
	m.line("- ≠: another source says what cannot be true as well")
	m.line("- to …: planned, not done")
	m.line("- (1): number of the note with the quote")
	m.line("\nThe kinds of nothing, none of which says that a state was absent:\n")
	for _, k := range m.Kinds() {
		m.line(fmt.Sprintf("- `%s` %s: %s (%s)", k.Mark(), k.Short(), k.Meaning(), k.Count()))
	}
}

func (m markdown) contradictions() {
	all := m.Contradictions()
	if len(all) == 0 {
		return
	}
	m.line("\n## Contradictions\n")
	m.line("Sources say what cannot both be true. Nothing here says which is right.")
	for _, c := range all {
		m.line("\n### " + escape(c.State.Name+": "+c.Event.Title()) + "\n")
		for _, k := range c.Sides() {
			m.line("- " + claimOf(k) + ": " + bestOf(k) + sideOf(k) + restOf(k))
		}
		if read := c.ReadBeside(); read != "" {
			m.line("\n" + escape(read))
		}
	}
}

func (m markdown) gaps() {
	m.line("\n## What was read, and what the empty cells rest on")
	for _, e := range m.Events {
		m.line("\n### " + escape(e.Title()) + "\n")
		m.line("- " + escape("Read for it: "+strings.Join(e.Coverage(), "; ")))
		for _, g := range e.Gaps() {
			m.line(fmt.Sprintf("- `%s` **%s**: %s (%s)", g.Mark(), escape(g.Names()), escape(g.Meaning()), escape(g.Why)))
		}
	}
}

func (m markdown) notes() {
	if len(m.Notes) == 0 {
		return
	}
	m.line("\n## Notes: the quotes\n")
	for _, n := range m.Notes {
		m.line(fmt.Sprintf("%d. **%s**, %s, %s (%s; %s): %s", n.Note, escape(n.Cell.State.Name), escape(n.Cell.Event.Title()), claimOf(n.claim), n.When(), n.Number(), bestOf(n.claim)+restOf(n.claim)+n.besides()))
	}
}

// besides says what belongs to the cell of a note, behind the last of its claims.
func (n *note) besides() string {
	if !n.Last() {
		return ""
	}
	text := ""
	if turns := n.Cell.Turns(); turns != "" {
		text = " In order: " + escape(turns) + "."
	}
	if read := n.Cell.ReadBeside(); read != "" {
		text += " " + escape(read)
	}
	return text
}

// sideOf says what ties a side to the other, and whether it is the later.
func sideOf(k *claim) string {
	text := ""
	if later := k.Later(); later != "" {
		text = " (" + later + ")"
	}
	if kin := k.Kin(); kin != "" {
		text += " " + escape(kin)
	}
	return text
}

func (m markdown) expected() {
	all := m.Expected()
	if len(all) == 0 {
		return
	}
	m.line("\n## Expected: that a ministry names participants\n")
	for _, e := range all {
		m.line("- " + escape(e.Text()))
	}
}

// bestOf gives the best quote of a claim.
func bestOf(k *claim) string {
	q := k.Best
	who := escape(q.Source)
	if q.Link != "" {
		who = "[" + who + "](<" + linkEscaper.Replace(q.Link) + ">)"
	}
	return who + " (" + escape(q.Class) + "), " + escape(q.Day()) + ": “" + escape(q.Text) + "”"
}

// restOf names who else says so.
func restOf(k *claim) string {
	if named := k.Named(); named != "" {
		return " Voices: " + escape(named) + "."
	}
	return ""
}
