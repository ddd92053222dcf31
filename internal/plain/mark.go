package plain

import "strings"

// marksAtOnce is how many combining marks in a row are printed. No script needs
// as many; a hostile page piles up thousands.
const marksAtOnce = 8

// Tame is Line without piles of combining marks.
func Tame(text string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if runeWidth(r) > 0 {
			marks = 0
			return r
		}
		if marks++; marks > marksAtOnce {
			return -1
		}
		return r
	}, Line(text))
}
