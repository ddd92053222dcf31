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

// endsWithStop reports whether a line ends with a full stop, its closing quotes
// aside.
func endsWithStop(s string) bool {
	s = strings.TrimRight(s, ` "'”’»）)」』`)
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".。．។။।۔", last)
}

// figures counts what a date is made of.
type figures struct {
	digits  int
	letters int
	runs    int // numbers
	long    int // numbers of four digits or more: years
	marks   int // numbers right before 年 月 日 년 월 일
}

func countFigures(s string) (f figures) {
	length, han := 0, 0
	for _, r := range s + " " {
		if unicode.IsDigit(r) || isHanDigit(r) {
			length++
			if isHanDigit(r) {
				han++
			}
			continue
		}
		// Chinese numerals are words, and parts of names, too.
		if length > 0 && (han == 0 || length >= 4 || isDateMark(r)) {
			f.endRun(length, r)
		}
		length, han = 0, 0
		if unicode.IsLetter(r) {
			f.letters++
		}
	}
	return f
}

// endRun counts a number of that many digits, followed by next.
func (f *figures) endRun(length int, next rune) {
	f.runs++
	f.digits += length
	if length >= 4 {
		f.long++
	}
	if isDateMark(next) {
		f.marks++
	}
}

func isDateMark(r rune) bool { return strings.ContainsRune("年月日년월일", r) }

// looksDated reports whether a short line is mostly a date: numbers, one of
// them a year, or three of them, or with the marks of a date or a clock, and
// few other words.
func looksDated(s string) bool {
	if utf8.RuneCountInString(s) > 80 {
		return false
	}
	f := countFigures(s)
	if f.digits < 3 || f.letters > 6*f.digits {
		return false
	}
	return f.long > 0 || f.runs >= 3 || f.runs >= 2 && (f.marks > 0 || strings.Contains(s, ":"))
}

// isHanDigit reports whether r is a Chinese numeral as dates are set in.
func isHanDigit(r rune) bool {
	return strings.ContainsRune("〇零一二三四五六七八九十廿", r)
}
