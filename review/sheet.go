package review

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ewgwatch"
)

// Sheet is what came back from an analyst.
type Sheet struct {
	Rows    []Row    // with a ruling
	Blank   int      // rows without one
	Unruled []int    // lines of those among them that correct something all the same
	Ignored []string // columns that mean nothing here
	Faults  []Fault
}

// Row is one ruling, as far as it can be read without knowing the finding.
type Row struct {
	Line    int
	Review  ewgwatch.Review   // without a time; By is what the row says
	Machine string            // Finding.Fingerprint of what the analyst saw
	Shown   map[string]string // the machine's own values as they came back, by column
}

// Read reads a sheet. Rows that are wrong are among its faults; an error says that it
// cannot be read at all. Unguard takes from a cell what protected a spreadsheet from
// it.
func Read(r io.Reader, unguard func(string) string) (Sheet, error) {
	t, err := readTable(r)
	if err != nil {
		return Sheet{}, err
	}
	at, ignored, err := places(t.header)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Ignored: ignored}
	lines := map[string]int{} // of findings
	for _, l := range t.lines {
		c := cells{line: l, at: at, unguard: unguard, faults: &s.Faults}
		if len(l.cells) > len(t.header) && strings.TrimSpace(strings.Join(l.cells[len(t.header):], "")) != "" {
			c.wrong("", "want %d cells as in the header, have %d", len(t.header), len(l.cells))
			continue
		}
		s.add(&c, lines)
	}
	return s, nil
}

// places returns where each column is.
func places(header []string) (at map[string]int, ignored []string, err error) {
	at = map[string]int{}
	for i, name := range header {
		switch _, twice := at[name]; {
		case name == "":
		case !slices.Contains(Columns(), name):
			ignored = append(ignored, name)
		case twice:
			return nil, nil, faultOf(1, name, "want this column once")
		default:
			at[name] = i
		}
	}
	for _, name := range needed() {
		if _, ok := at[name]; !ok {
			return nil, nil, faultOf(1, "", "want a column %s: review export writes it", name)
		}
	}
	return at, ignored, nil
}

// add keeps the row of a line, or its faults.
func (s *Sheet) add(c *cells, lines map[string]int) {
	before := len(s.Faults)
	row, ruled := c.row()
	switch {
	case !ruled && (c.word(stateColumn) != "" || c.word(stanceColumn) != "" || c.word(eventColumn) != ""):
		s.Unruled = append(s.Unruled, c.number)
		fallthrough
	case !ruled:
		s.Blank++
		return
	}
	if first, twice := lines[row.Review.Finding]; twice {
		c.wrong(findingColumn, "want one row a finding, line %d rules on it too", first)
	}
	lines[row.Review.Finding] = row.Line
	if len(s.Faults) == before {
		s.Rows = append(s.Rows, row)
	}
}

// cells is a line whose cells are known by their columns.
type cells struct {
	line
	at      map[string]int
	unguard func(string) string
	faults  *[]Fault
}

func (c *cells) wrong(column, format string, args ...any) {
	*c.faults = append(*c.faults, faultOf(c.number, column, format, args...))
}

// word returns a cell without what spreadsheets and people put around it.
func (c *cells) word(column string) string {
	at, ok := c.at[column]
	if !ok || at >= len(c.cells) {
		return ""
	}
	return Tidy(c.unguard(strings.TrimSpace(c.cells[at])))
}

// Tidy puts what a person typed on one line: runs of white space become one space,
// control characters and those that nobody sees are left out.
func Tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1 // but for the joiners that some scripts are written with
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// row reads a line; ruled is false where it has no ruling.
func (c *cells) row() (row Row, ruled bool) {
	ruling := strings.ToLower(c.word(rulingColumn))
	if ruling == "" {
		return row, false
	}
	row = Row{Line: c.number, Machine: c.word(machineColumn), Shown: map[string]string{}, Review: ewgwatch.Review{
		Finding: strings.ToLower(c.word(findingColumn)),
		Ruling:  ewgwatch.Ruling(ruling),
		State:   ewgwatch.State(strings.ToUpper(c.word(stateColumn))),
		Stance:  ewgwatch.Stance(strings.ToLower(c.word(stanceColumn))),
		Event:   strings.ToLower(c.word(eventColumn)),
		By:      c.word(byColumn),
		Why:     c.word(whyColumn),
	}}
	for _, column := range shown() {
		if _, ok := c.at[column]; ok {
			row.Shown[column] = c.word(column)
		}
	}
	c.check(row)
	return row, true
}

// maxWhy is how many characters of a reason are kept.
const maxWhy = 2000

// check finds what is wrong with a row whatever its finding is.
func (c *cells) check(row Row) {
	r := row.Review
	corrects := r.State != "" || r.Stance != "" || r.Event != ""
	if row.Machine == "" {
		c.wrong(machineColumn, "want what review export wrote, have nothing")
	}
	if r.State != "" && !r.State.Valid() {
		c.wrong(stateColumn, "want a state (%s), have %.40q", listed(ewgwatch.States()), r.State)
	}
	if r.Stance != "" && !r.Stance.Valid() {
		c.wrong(stanceColumn, "want a stance (%s), have %.40q", listed(ewgwatch.Stances()), r.Stance)
	}
	switch {
	case !r.Ruling.Valid():
		c.wrong(rulingColumn, "want a ruling (%s) or nothing, have %.40q", listed(ewgwatch.Rulings()), r.Ruling)
		return
	case r.Ruling == ewgwatch.Correct && !corrects:
		c.wrong(rulingColumn, "want %s, %s or %s filled in where the ruling is correct", stateColumn, stanceColumn, eventColumn)
	case r.Ruling != ewgwatch.Correct && corrects:
		c.wrong(rulingColumn, "want correct where %s, %s or %s is filled in, have %s", stateColumn, stanceColumn, eventColumn, r.Ruling)
	}
	if r.Ruling != ewgwatch.Accept && r.Why == "" {
		c.wrong(whyColumn, "want a reason to %s", r.Ruling)
	}
	if n := utf8.RuneCountInString(r.Why); n > maxWhy {
		c.wrong(whyColumn, "want at most %d characters, have %d", maxWhy, n)
	}
}

func listed[T ~string](all []T) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = fmt.Sprint(one)
	}
	return strings.Join(names, ", ")
}
