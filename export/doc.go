// Package export writes findings as files that analysts open: CSV, JSON a line
// and workbooks. It queries nothing and decides nothing; what it is given is what
// it writes.
//
// CSV is RFC 4180: a header, commas, CRLF after every row, double quotes where
// a cell needs them. It is UTF-8, its times are UTC as RFC 3339, a date without
// a clock time is the plain day, and what is unknown is an empty cell. Columns
// keep their name, place and meaning; new ones come last.
//
// Two things are done to foreign text. Line ends inside a cell become line
// feeds, and every other control character but the tab, like every byte that
// is not UTF-8, becomes U+FFFD: readers of CSV disagree about them, and a mark
// shows that something stood there. Then a cell that a spreadsheet could take
// for a formula gets an apostrophe in front, see [Guard]; [Unguard] takes it
// away again and gives back the cell exactly.
package export
