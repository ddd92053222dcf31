package export_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"ewgwatch"
	"ewgwatch/export"
)

func TestASpreadsheetGetsAByteOrderMarkAndNobodyElse(t *testing.T) {
	for _, excel := range []bool{true, false} {
		var b bytes.Buffer
		if _, err := export.CSV(&b, seq(some()), export.Options{Excel: excel}); err != nil {
			t.Fatal(err)
		}
		if have := bytes.HasPrefix(b.Bytes(), []byte("\xef\xbb\xbfschema,")); have != excel {
			t.Errorf("excel %v: begins with %q", excel, b.Bytes()[:10])
		}
	}
}

func TestASpreadsheetGetsOneLineACell(t *testing.T) {
	record := written(t, []ewgwatch.Finding{{Quote: "one\r\ntwo\n\nthree", Title: "\n=1"}}, export.Options{Excel: true})[0]
	if have := cell(t, record, "quote"); have != "one two  three" {
		t.Errorf("quote is %q", have)
	}
	if have := cell(t, record, "title"); have != "' =1" {
		t.Errorf("title is %q", have)
	}
}

func TestACellIsNoLongerThanASpreadsheetKeeps(t *testing.T) {
	const most = 32767
	for _, c := range []struct {
		name, text string
		cut        bool
	}{
		{"as long as may be", strings.Repeat("a", most), false},
		{"one more", strings.Repeat("a", most+1), true},
		{"guarded to the brim", "=" + strings.Repeat("a", most-2), false},
		{"guarded over it", "=" + strings.Repeat("a", most-1), true},
		{"three bytes each", strings.Repeat("缺", most), false},
		{"three bytes each, one more", strings.Repeat("缺", most+1), true},
		{"two units each", strings.Repeat("😀", most/2), false},
		{"two units each, one more", strings.Repeat("😀", most/2+1), true},
	} {
		have := cell(t, written(t, []ewgwatch.Finding{{Quote: c.text}}, export.Options{Excel: true})[0], "quote")
		units := len(utf16.Encode([]rune(have)))
		if cut := strings.HasSuffix(have, " […]"); cut != c.cut || units > most || cut && units < most-1 {
			t.Errorf("%s: %d units, cut %v", c.name, units, cut)
		}
		if body := strings.TrimSuffix(export.Unguard(have), " […]"); !strings.HasPrefix(c.text, body) {
			t.Errorf("%s: what is left is no beginning of the text", c.name)
		}
		if whole := cell(t, written(t, []ewgwatch.Finding{{Quote: c.text}}, export.Options{})[0], "quote"); export.Unguard(whole) != c.text {
			t.Errorf("%s: cut without --excel", c.name)
		}
	}
}
