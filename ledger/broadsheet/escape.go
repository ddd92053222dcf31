package broadsheet

import (
	"strings"
	"unicode/utf8"
)

// escape makes tidy text fit for a line of Markdown: every mark that could begin
// something stands for itself (CommonMark 0.31, section 2.4). Nor do addresses
// become links of themselves (GFM 0.29, section 6.9).
func escape(text string) string {
	var b strings.Builder
	for i, r := range text {
		if begins(r, text[:i], text[i+utf8.RuneLen(r):]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// begins reports whether a mark between some text could begin something.
func begins(mark rune, before, after string) bool {
	switch mark {
	case '-', '+', '#', '=':
		return before == ""
	case ')':
		return numeral(before)
	case '.':
		return numeral(before) || len(before) >= 3 && strings.EqualFold(before[len(before)-3:], "www")
	case ':':
		return before == "" || after != "" && after[0] != ' ' && !numeral(before[len(before)-1:])
	}
	return strings.ContainsRune("\\`*_[]<>|~&@$", mark)
}

func numeral(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// linkEscaper makes an address fit to stand between < and > in a cell of a table.
var linkEscaper = strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", "\\", "%5C", "\n", "", "&", "&amp;")
