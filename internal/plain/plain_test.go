package plain

import (
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestLineLeavesNothingThatMovesTheCursor(t *testing.T) {
	tests := map[string]string{
		"\x1b[31mred\x1b[0m":      "[31mred [0m",
		"one\r\ntwo\u2028three":   "one two three",
		"abc\u202egnp.exe":        "abcgnp.exe",
		"แขก\u200bไทย":            "แขกไทย",
		"क्\u200dष":               "क्\u200dष",
		"  much\t\twhite \x00 ":   "much white",
		"\ufeffbom and \ufffdbad": "bom and bad",
	}
	for in, want := range tests {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWidthCutAndPadCountColumns(t *testing.T) {
	if got := Width("ไทย中国é"); got != 8 {
		t.Errorf("width is %d", got)
	}
	if got := Cut("中国军队", 5); got != "中国…" {
		t.Errorf("cut to %q", got)
	}
	if got := Pad("中", 4) + "|"; got != "中  |" {
		t.Errorf("padded to %q", got)
	}
	if diff := cmp.Diff([]string{"one two", "three", "four"}, Wrap("one two three four", 7)); diff != "" {
		t.Error(diff)
	}
}

func FuzzLine(f *testing.F) {
	f.Add("\x1b]0;title\x07", 3)
	f.Fuzz(func(t *testing.T, s string, columns int) {
		line := Line(s)
		for _, r := range line {
			if unicode.IsControl(r) {
				t.Fatalf("%q keeps %U", line, r)
			}
		}
		if columns > 0 && Width(Cut(line, columns)) > columns {
			t.Fatalf("%q cut to %d columns is %q", line, columns, Cut(line, columns))
		}
	})
}
