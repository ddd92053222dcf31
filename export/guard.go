package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guard makes a cell harmless to spreadsheets, which take a cell that begins
// with = + - or @, their full-width twins, or a tab, a line end or a NUL, for
// the beginning of a formula (OWASP, "CSV Injection"; CWE-1236): such a cell
// gets an apostrophe in front. White space and characters that nobody sees do
// not hide one. A cell that begins with an apostrophe gets one too, so that
// [Unguard] gives every cell back exactly.
func Guard(cell string) string {
	if strings.HasPrefix(cell, "'") || formula(cell) {
		return "'" + cell
	}
	return cell
}

// Unguard gives back what Guard was given: the cell without its first
// apostrophe, if it begins with one.
func Unguard(cell string) string { return strings.TrimPrefix(cell, "'") }

func formula(cell string) bool {
	for _, r := range cell {
		switch {
		case strings.ContainsRune("=+-@＝＋－＠\t\r\n\x00", r):
			return true
		case !hidden(r):
			return false
		}
	}
	return false
}

// hidden reports whether a reader, or a program that trims cells, may overlook
// a character.
func hidden(r rune) bool {
	if r > ' ' && r <= '~' {
		return false // most cells begin so, and the tables are slow
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError ||
		unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
