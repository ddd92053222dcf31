package export

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"ewgwatch"
)

// maxSheetRows is how many rows a spreadsheet reads of one sheet.
const maxSheetRows = 1_048_576

// XLSX writes tables as a workbook (ECMA-376), a sheet each, with a header that
// stays in sight and can be filtered by. Numbers, booleans, times and whole days
// are cells of such types; a month or a year, and what a spreadsheet cannot count
// as a day, stays text. Text is never a formula, so that it needs no guard; what
// a workbook cannot hold becomes U+FFFD, and a cell is cut as Options.Excel says. A table
// of more rows than SheetRows goes on in another sheet. Of the options it heeds
// that alone. It returns how many rows each table has.
func XLSX(w io.Writer, options Options, tables ...Table) (rows []int, err error) {
	b := workbook{file: excelize.NewFile(), most: options.SheetRows, rows: make([]int, len(tables))}
	defer func() { err = errors.Join(err, b.file.Close()) }() // which takes its temporary files away
	if b.most <= 1 {
		b.most = maxSheetRows
	}
	if err := b.dress(); err != nil {
		return nil, err
	}
	for i, t := range tables {
		if b.rows[i], err = b.table(t); err != nil {
			return b.rows, fmt.Errorf("sheet %s: %w", t.Name, err)
		}
	}
	return b.rows, b.file.Write(w)
}

// workbook is one under way.
type workbook struct {
	file                *excelize.File
	most                int // rows of a sheet
	begun               int // sheets
	rows                []int
	bold, moments, days int // styles
}

func (b *workbook) dress() (err error) {
	if b.bold, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	moments, days := "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd"
	if b.moments, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &moments}); err != nil {
		return err
	}
	b.days, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &days})
	return err
}

// table writes a table on as many sheets as it needs.
func (b *workbook) table(t Table) (rows int, err error) {
	s, err := b.sheet(t, 1)
	if err != nil {
		return 0, err
	}
	for values, err := range t.Rows {
		if err != nil {
			return rows, err
		}
		if s.filled == b.most {
			if err := s.end(); err != nil {
				return rows, err
			}
			if s, err = b.sheet(t, s.number+1); err != nil {
				return rows, err
			}
		}
		if err := s.row(values); err != nil {
			return rows, err
		}
		rows++
	}
	return rows, s.end()
}

// sheet is one under way.
type sheet struct {
	*workbook
	name   string
	number int // of those of its table, from 1
	stream *excelize.StreamWriter
	width  int
	filled int // rows
	cells  []any
}

func (b *workbook) sheet(t Table, number int) (*sheet, error) {
	s := &sheet{workbook: b, name: t.Name, number: number, width: len(t.Columns), cells: make([]any, len(t.Columns))}
	if number > 1 {
		s.name = fmt.Sprintf("%s %d", t.Name, number)
	}
	err := b.begin(s.name)
	if err != nil {
		return nil, err
	}
	if s.stream, err = b.file.NewStreamWriter(s.name); err != nil {
		return nil, err
	}
	if err := s.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	return s, s.head(t.Columns)
}

// begin makes a sheet: the first is there in every new file, under another name.
func (b *workbook) begin(name string) (err error) {
	if b.begun++; b.begun == 1 {
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	_, err = b.file.NewSheet(name)
	return err
}

func (s *sheet) head(columns []Column) error {
	for i, c := range columns {
		if err := s.stream.SetColWidth(i+1, i+1, widthOf(c)); err != nil {
			return err
		}
		s.cells[i] = excelize.Cell{StyleID: s.bold, Value: c.Name}
	}
	return s.put()
}

// widthOf is enough to read most cells and the header, in characters.
func widthOf(c Column) float64 {
	if c.Kind == Moment {
		return 19
	}
	return float64(max(10, min(len(c.Name)+3, 24)))
}

func (s *sheet) row(values []any) error {
	for i, v := range values {
		s.cells[i] = s.cell(v)
	}
	return s.put()
}

func (s *sheet) put() error {
	s.filled++
	return s.stream.SetRow(fmt.Sprintf("A%d", s.filled), s.cells)
}

// end closes a sheet and lets it be filtered.
func (s *sheet) end() error {
	last, err := excelize.CoordinatesToCellName(s.width, s.filled)
	if err != nil {
		return err
	}
	if err := s.file.AutoFilter(s.name, "A1:"+last, nil); err != nil {
		return err
	}
	return s.stream.Flush()
}

// cell returns a value as the workbook takes it.
func (s *sheet) cell(value any) any {
	switch v := value.(type) {
	case string:
		if v == "" {
			return nil
		}
		return cut(xmlText(v))
	case time.Time:
		if !countable(v) {
			return nilOr(v.UTC().Format(time.RFC3339), v.IsZero())
		}
		return excelize.Cell{StyleID: s.moments, Value: v.UTC()}
	case ewgwatch.Date:
		if v.Day == 0 || !countable(v.First()) {
			return nilOr(v.String(), v.IsZero())
		}
		return excelize.Cell{StyleID: s.days, Value: v.First()}
	}
	return value
}

func nilOr(text string, unknown bool) any {
	if unknown {
		return nil
	}
	return text
}

// countable reports whether all spreadsheets give a day the same number. Those of
// the first months of 1900 differ: some hold that year for a leap year.
func countable(t time.Time) bool {
	return t.After(time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)) && t.Year() <= 9999
}

// overlap is two of the escapes of ECMA-376 (ST_Xstring, 22.9.2.19) that share a
// mark. The library escapes the first alone, so that a spreadsheet would make a
// character of the second.
var overlap = regexp.MustCompile(`(_x[0-9A-Za-z]{4})_(x[0-9A-Za-z]{4}_)`)

// xmlText is text that XML 1.0 can hold and that a spreadsheet shows as it stands.
func xmlText(s string) string {
	for overlap.MatchString(s) {
		s = overlap.ReplaceAllString(s, "$1\uFFFD$2")
	}
	return strings.Map(func(r rune) rune {
		if r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, clean(s))
}
