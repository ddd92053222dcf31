package broadsheet

import "strings"

// escape makes tidy text fit for a line of Markdown, after the beginning of it: every
// mark that could begin something stands for itself (CommonMark 0.31, section 2.4).
// Nor do addresses become links of themselves (GFM 0.29, section 6.9).
func escape(text string) string {
	var b strings.Builder
	for i, r := range text {
		if strings.ContainsRune("\\`*_{}[]()<>#|~&!:@$^=", r) || r == '.' && afterWWW(text[:i]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func afterWWW(text string) bool {
	return len(text) >= 3 && strings.EqualFold(text[len(text)-3:], "www")
}

// linkEscaper makes an address fit to stand between < and > in a cell of a table.
var linkEscaper = strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", "\\", "%5C", "\n", "", "&", "&amp;")
