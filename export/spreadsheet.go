package export

import (
	"strings"
	"unicode/utf16"
)

const (
	spreadsheetTime = "2006-01-02 15:04:05" // RFC 3339 stays text in a spreadsheet

	// spreadsheetCell is the longest cell, in UTF-16 units, that spreadsheets
	// keep.
	spreadsheetCell = 32767

	// cutMark ends a cell that was cut; cutUnits is its length.
	cutMark  = " […]"
	cutUnits = 4
)

// oneLine puts spaces for line feeds, at which a spreadsheet makes rows
// unreadably tall.
func oneLine(cell string) string { return strings.ReplaceAll(cell, "\n", " ") }

// cut shortens a cell to what spreadsheets keep, and marks that it did.
func cut(cell string) string {
	if len(cell) <= spreadsheetCell {
		return cell // no character has more UTF-16 units than bytes
	}
	units, end := 0, 0
	for i, r := range cell {
		if units <= spreadsheetCell-cutUnits {
			end = i
		}
		if units += utf16.RuneLen(r); units > spreadsheetCell {
			return cell[:end] + cutMark
		}
	}
	return cell
}
