package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// endsSentence reports whether a line closes as a sentence does, in any script.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, ` "'”’»）)]』」`)
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:;。！？：；．။៕។॥।؟۔", last) || last >= 0x0E00 && last <= 0x0EFF
}

// looksDated reports whether a short line is mostly a date: it has at least
// two numbers, one of them of the size of a year or a clock's, or a number and
// Chinese marks of a date, and few other words.
func looksDated(s string) bool {
	if utf8.RuneCountInString(s) > 80 {
		return false
	}
	digits, letters, runs, long := 0, 0, 0, 0
	length := 0
	for _, r := range s + " " {
		if unicode.IsDigit(r) || isHanDigit(r) {
			digits++
			length++
			continue
		}
		if length > 0 {
			runs++
			if length >= 4 {
				long++
			}
		}
		length = 0
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return digits >= 3 && (runs >= 2 || long > 0) && letters <= 6*digits && (long > 0 || runs >= 3 || strings.ContainsAny(s, "年月日년월일:"))
}

// isHanDigit reports whether r is a Chinese numeral as dates are set in.
func isHanDigit(r rune) bool { return strings.ContainsRune("〇零一二三四五六七八九", r) }
