package ledger

import "ewgwatch/internal/plain"

// tame makes foreign text safe to print, on one line.
func tame(text string) string { return plain.Tame(text) }

// fold makes foreign text safe to print on at most most lines of columns.
func fold(text string, columns, most int) []string { return plain.Fold(text, columns, most) }
