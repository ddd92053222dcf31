package review

import (
	"cmp"
	"fmt"
	"slices"
)

// Fault is a mistake in a sheet.
type Fault struct {
	Line   int    // of the file, from 1
	Column string // "" where the mistake is of the whole line
	Text   string
}

// Error returns the mistake behind its line and column: the name of the file goes in
// front.
func (f Fault) Error() string {
	if f.Column == "" {
		return fmt.Sprintf("%d: %s", f.Line, f.Text)
	}
	return fmt.Sprintf("%d: %s: %s", f.Line, f.Column, f.Text)
}

func faultOf(line int, column, format string, args ...any) Fault {
	return Fault{Line: line, Column: column, Text: fmt.Sprintf(format, args...)}
}

func sorted(faults []Fault) []Fault {
	slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return faults
}
