package export_test

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ewgwatch"
	"ewgwatch/export"
)

// opened writes tables and opens the workbook.
func opened(t *testing.T, options export.Options, tables ...export.Table) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if _, err := export.XLSX(&b, options, tables...); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func findingsTable(t *testing.T, findings []ewgwatch.Finding, options export.Options) export.Table {
	t.Helper()
	table, err := export.Findings(seq(findings), options)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func rowsOf(rows ...[]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestCellsOfAWorkbookHaveTypes(t *testing.T) {
	at := time.Date(2023, 8, 26, 1, 2, 3, 0, time.UTC)
	var columns []export.Column
	values := []any{"=1+1", 7, 0.9, true, at, ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, ewgwatch.Date{Year: 2023, Month: 8}, nil, "", "_x0041_ &<", time.Time{}, ewgwatch.Date{Year: 1899, Month: 1, Day: 1}}
	for range values {
		columns = append(columns, export.Column{Name: "c"})
	}
	f := opened(t, export.Options{}, export.Table{Name: "findings", Columns: columns, Rows: rowsOf(values)})
	for i, want := range []struct {
		kind      excelize.CellType
		raw, seen string
	}{
		{excelize.CellTypeInlineString, "=1+1", "=1+1"},
		{excelize.CellTypeUnset, "7", "7"},
		{excelize.CellTypeUnset, "0.9", "0.9"},
		{excelize.CellTypeBool, "1", "TRUE"},
		{excelize.CellTypeUnset, "45164.04309027778", "2023-08-26 01:02:03"},
		{excelize.CellTypeUnset, "45140", "2023-08-02"},
		{excelize.CellTypeInlineString, "2023-08", "2023-08"},
		{excelize.CellTypeUnset, "", ""},
		{excelize.CellTypeUnset, "", ""},
		{excelize.CellTypeInlineString, "_x0041_ &<", "_x0041_ &<"},
		{excelize.CellTypeUnset, "", ""},
		{excelize.CellTypeInlineString, "1899-01-01", "1899-01-01"},
	} {
		name, _ := excelize.CoordinatesToCellName(i+1, 2)
		kind, err := f.GetCellType("findings", name)
		raw, err2 := f.GetCellValue("findings", name, excelize.Options{RawCellValue: true})
		seen, err3 := f.GetCellValue("findings", name)
		if err := errors.Join(err, err2, err3); err != nil || kind != want.kind || raw != want.raw || seen != want.seen {
			t.Errorf("%v is of type %d, raw %q, seen as %q, error %v; want %v", values[i], kind, raw, seen, err, want)
		}
		if formula, err := f.GetCellFormula("findings", name); formula != "" || err != nil {
			t.Errorf("%v is a formula: %q, error %v", values[i], formula, err)
		}
	}
}

func TestAHeaderStaysInSightAndCanBeFilteredBy(t *testing.T) {
	f := opened(t, export.Options{}, findingsTable(t, some(), export.Options{}), export.Table{Name: "sources", Columns: []export.Column{{Name: "id"}}, Rows: rowsOf()})
	if diff := cmp.Diff([]string{"findings", "sources"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, sheet := range f.GetSheetList() {
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: panes are %+v, error %v", sheet, panes, err)
		}
	}
	filtered := map[string]string{}
	for _, name := range f.GetDefinedName() {
		filtered[name.Scope] = name.RefersTo
	}
	if diff := cmp.Diff(map[string]string{"findings": "'findings'!$A$1:$AV$3", "sources": "'sources'!$A$1:$A$1"}, filtered); diff != "" {
		t.Error(diff)
	}
}

func TestAWorkbookSaysWhatTheCSVSays(t *testing.T) {
	f := opened(t, export.Options{}, findingsTable(t, some(), export.Options{}))
	rows, err := f.GetRows("findings")
	if err != nil || len(rows) != 3 {
		t.Fatal(len(rows), err)
	}
	for i, record := range written(t, some(), export.Options{Excel: true, Raw: true}) {
		for j, name := range export.Columns() {
			have := ""
			if j < len(rows[i+1]) {
				have = strings.ReplaceAll(rows[i+1][j], "\n", " ")
			}
			if want := strings.TrimSuffix(record[j], "0"); have != want && !strings.EqualFold(have, record[j]) {
				t.Errorf("%s is %q, in CSV %q", name, have, record[j])
			}
		}
	}
}

func TestATableTooLongForASheetGoesOnInAnother(t *testing.T) {
	var all [][]any
	for i := range 7 {
		all = append(all, []any{i})
	}
	table := export.Table{Name: "findings", Columns: []export.Column{{Name: "n", Kind: export.Whole}}, Rows: rowsOf(all...)}
	f := opened(t, export.Options{SheetRows: 4}, table)
	have := map[string][][]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		have[sheet] = rows
	}
	want := map[string][][]string{"findings": {{"n"}, {"0"}, {"1"}, {"2"}}, "findings 2": {{"n"}, {"3"}, {"4"}, {"5"}}, "findings 3": {{"n"}, {"6"}}}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestACellOfAWorkbookIsCutWithAMark(t *testing.T) {
	f := opened(t, export.Options{}, findingsTable(t, []ewgwatch.Finding{{Quote: strings.Repeat("😀", 20_000)}}, export.Options{Columns: []string{"quote"}}))
	have, err := f.GetCellValue("findings", "A2")
	if want := strings.Repeat("😀", 16_381) + " […]"; have != want || err != nil {
		t.Errorf("%d bytes, want %d, error %v", len(have), len(want), err)
	}
}

func TestAnErrorOfTheRowsEndsTheWorkbook(t *testing.T) {
	broken := errors.New("read findings.db: page 7")
	table, err := export.Findings(func(yield func(ewgwatch.Finding, error) bool) { yield(ewgwatch.Finding{}, broken) }, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := export.XLSX(&bytes.Buffer{}, export.Options{}, table); !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
	if _, err := export.XLSX(&disk{100}, export.Options{}, findingsTable(t, some(), export.Options{})); !errors.Is(err, errFull) {
		t.Errorf("a full disk: error is %v", err)
	}
}

// FuzzAWorkbookKeepsText holds that what XML can hold comes back, and what it
// cannot leaves a mark.
func FuzzAWorkbookKeepsText(f *testing.F) {
	for _, s := range append(nasty, "_x0041_", "_x005F_x0041_", "_x005F_", "_x1000_x0000_", "_x1000_x1000_x000D_", "\ufffe\uffff", "]]>", "&#xA;", " \n") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 10_000 {
			return // cut
		}
		book := opened(t, export.Options{}, findingsTable(t, []ewgwatch.Finding{{Quote: s}}, export.Options{Columns: []string{"quote"}}))
		fold := strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd", "_", "\ufffd") // an underscore is lost where two escapes share it
		want := fold.Replace(kept(s))
		if have, err := book.GetCellValue("findings", "A2"); fold.Replace(have) != want || err != nil || strings.Count(s, "_") < 3 && strings.Count(have, "_") != strings.Count(s, "_") {
			t.Errorf("%q came back as %q, error %v", s, have, err)
		}
	})
}

func TestADictionarySaysWhatEveryColumnHolds(t *testing.T) {
	var b bytes.Buffer
	rows, err := export.Dictionary(findingsTable(t, nil, export.Options{})).CSV(&b, export.Options{})
	if err != nil || rows != len(export.Columns()) {
		t.Fatal(rows, err)
	}
	for _, want := range []string{"table,column,kind,about\r\n", "findings,found_at,time,when this program first read it\r\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(b.String(), ",\r\n") {
		t.Error("a column says nothing of itself")
	}
}
