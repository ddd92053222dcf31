// Package plain makes foreign text safe to print on a terminal or in a log
// line, and measures and cuts it in columns. It knows no escapes of its own.
package plain

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Line returns s on one line, without the characters that could move the
// cursor, colour the screen or turn the direction of the text around: control
// characters and line separators become spaces, format characters (bidi
// controls, zero-width marks) are dropped, except the joiners some scripts are
// written with. Runs of spaces become one.
func Line(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d':
			return r
		case unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(clean), " ")
}

// Width returns how many terminal columns s takes: wide East Asian characters
// two, marks that combine with the letter before them none.
func Width(s string) int {
	columns := 0
	for _, r := range s {
		columns += runeWidth(r)
	}
	return columns
}

func runeWidth(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Cut shortens s to at most columns, with an ellipsis where something is left
// out. Fewer than one column give nothing.
func Cut(s string, columns int) string {
	if Width(s) <= columns {
		return s
	}
	var b strings.Builder
	left := columns - 1
	for _, r := range s {
		if left -= runeWidth(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	if columns < 1 {
		return ""
	}
	return b.String() + "…"
}

// Pad fills s with spaces up to columns.
func Pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-Width(s)))
}

// Wrap breaks a line between words so that no line is wider than columns; a
// word that is wider stands alone on a line of its own.
func Wrap(s string, columns int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		switch {
		case line == "":
			line = word
		case Width(line)+1+Width(word) <= columns:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
