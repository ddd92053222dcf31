package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateline returns the agency in the line of place and date before the first
// sentence: "MOSCOW, August 3 (TASS) -", "МОСКВА, 3 августа. /ТАСС/.", 新华社内比都8月3日电,
// 【モスクワ共同】, "(서울=연합뉴스)".
func dateline(line string, s Story) *agency {
	for _, n := range names(near(line, windowSize+reach/4)) {
		before, after := strings.TrimSpace(n.before), strings.TrimSpace(n.after)
		if len(before) > windowSize {
			return nil
		}
		if !placed(before, after) && !wired(before, after) {
			continue
		}
		if n.written.doubt != shared || capitals(before) || n.meant(s) {
			return n.agency
		}
	}
	return nil
}

// placed reports whether a name stands behind a place and before a dash, in
// brackets or not.
func placed(before, after string) bool {
	opening, size := utf8.DecodeLastRuneInString(before)
	bracketed := size > 0 && strings.ContainsRune("([{/（［【〔「", opening) || strings.ContainsAny(near(before, 4), "([（［【")
	if !bracketed {
		if before == "" {
			return strings.IndexAny(after, "–—-―") == 0
		}
		return strings.ContainsRune(".,–—-:|", opening) && placeLike(strings.TrimRight(before, " .,–—-:|")) && beginsStory(after)
	}
	place := strings.Trim(before, "([{/（［【〔「=＝ .,–—-:")
	end := strings.IndexAny(after, ")]}/）］】〕」")
	if end < 0 || end > windowSize/2 || strings.ContainsAny(after[:end], ".。") {
		return false
	}
	closing, size := utf8.DecodeRuneInString(after[end:])
	rest := strings.TrimSpace(after[end+size:])
	// Full-width brackets are for this alone; those of other scripts want a dash.
	return placeLike(place) && (strings.ContainsRune("】］〕", closing) || opening == '/' || beginsStory(rest) || strings.ContainsAny(near(rest, 40), "=＝"))
}

// beginsStory reports whether a story begins behind a dash, or the mark that
// stands for one.
func beginsStory(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("–—-―:.：", first)
}

// wired reports whether a name, a place and a date come before the character for a
// telegram.
func wired(before, after string) bool {
	if strings.Trim(before, "（(【[ ") != "" {
		return false
	}
	end := strings.IndexAny(after, "电電讯訊")
	return end >= 0 && end <= windowSize && !strings.ContainsAny(after[:end], "。，！？,")
}

// placeLike reports whether a text may be a place and a date: few words, each with
// a capital or a digit, or behind a digit as months may be ("3 августа").
func placeLike(text string) bool {
	if utf8.RuneCountInString(text) > 48 || strings.ContainsAny(text, "!?;\"“”") {
		return false
	}
	behindDigit, count := false, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",./–—-=＝", r) }) {
		first, _ := utf8.DecodeRuneInString(word)
		count++
		if unicode.IsLower(first) && !behindDigit || count > 8 {
			return false
		}
		behindDigit = unicode.IsDigit(first)
	}
	return true
}

// capitals reports whether the first word of a place is printed in capitals, as
// agencies do.
func capitals(before string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(before), " ")
	word = strings.Trim(word, ",.(/")
	return len(word) > 3 && word == strings.ToUpper(word) && word != strings.ToLower(word)
}
