package dates

import (
	"strings"
	"unicode/utf8"
)

// zeros are the digits nought of the scripts read here (Unicode category Nd):
// ASCII, Arabic-Indic, Persian, Devanagari, Bengali, Tamil, Thai, Lao,
// Burmese, Khmer, full width.
var zeros = [...]rune{'0', '٠', '۰', '०', '০', '௦', '๐', '໐', '၀', '០', '０'}

// digitOf returns the value of a decimal digit and its script's nought.
func digitOf(r rune) (value int, zero rune, ok bool) {
	for _, z := range zeros {
		if r >= z && r <= z+9 {
			return int(r - z), z, true
		}
	}
	return 0, 0, false
}

// readNumber reads the digits of one script at the beginning of s. Digits
// beyond the ninth are passed over, not added.
func readNumber(s string) (value, digits, size int) {
	if c := s[0]; c < utf8.RuneSelf && (c < '0' || c > '9') {
		return 0, 0, 0
	}
	var script rune
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		v, zero, ok := digitOf(r)
		if !ok || script != 0 && zero != script {
			break
		}
		script = zero
		if digits <= 9 {
			value = value*10 + v
		}
		digits++
		size += n
	}
	return value, digits, size
}

// groupedTail returns the length of ",566" in "2,566": a number with
// thousands marked is no part of a date.
func groupedTail(s string) int {
	if len(s) < 4 || s[0] != ',' {
		return 0
	}
	if _, digits, size := readNumber(s[1:]); digits == 3 {
		return 1 + size
	}
	return 0
}

const hanDigits = "〇一二三四五六七八九"

// hanValue returns 0-9 for a digit, 10, 20, 30 or 100 for a tens sign.
func hanValue(r rune) (int, bool) {
	switch r {
	case '十':
		return 10, true
	case '廿':
		return 20, true
	case '卅':
		return 30, true
	case '百':
		return 100, true
	case '零', '○', '０':
		return 0, true
	}
	if i := strings.IndexRune(hanDigits, r); i >= 0 {
		return i / len("〇"), true
	}
	return 0, false
}

// readHan reads a number in Chinese characters: 二〇二三 digit by digit,
// 二十五 by tens.
func readHan(s string) (value, digits, size int) {
	tens, last := false, 0
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		v, ok := hanValue(r)
		if !ok || digits == 8 {
			break
		}
		switch {
		case v >= 10 && !tens && digits > 1:
			return 0, digits, size
		case v >= 10:
			value += max(last, 1)*v - last
			tens, last = true, 0
		case tens:
			value, last = value-last+v, v
		default:
			value, last = value*10+v, v
		}
		digits++
		size += n
	}
	if tens && value < 100 {
		digits = 2
	}
	return value, digits, size
}
