package charset

import (
	"bytes"
	"unicode/utf8"
)

// wide names UTF-16 without a byte order mark: markup and digits have zero
// bytes in it, all on the same side.
func wide(body []byte) string {
	head := body[:min(len(body), prescan)&^1]
	if len(head) < 8 {
		return ""
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case zeros[1] > pairs/10 && zeros[0] <= pairs/100:
		return "utf-16le"
	case zeros[0] > pairs/10 && zeros[1] <= pairs/100:
		return "utf-16be"
	}
	return ""
}

// sevenBit reports whether no byte has its eighth bit set, and whether there
// are the escapes that begin Japanese in ISO 2022.
func sevenBit(body []byte) (ascii, escapes bool) {
	for _, c := range body {
		if c >= utf8.RuneSelf {
			return false, false
		}
	}
	return true, bytes.Contains(body, []byte("\x1b$B")) || bytes.Contains(body, []byte("\x1b$@"))
}

// sequences counts the multi-byte sequences of UTF-8 and the bytes that are
// part of none. A sequence cut off by the end is not bad.
func sequences(body []byte) (good, bad int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			if !utf8.FullRune(body[i:]) {
				break
			}
			bad++
		} else {
			good++
		}
		i += size
	}
	return good, bad
}
