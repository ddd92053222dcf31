package newsworld

import (
	"html"
	"html/template"
	"regexp"
	"strings"
)

// blocks parts a text at blank lines.
func blocks(text string) []string {
	var found []string
	for block := range strings.SplitSeq(text, "\n\n") {
		if block = strings.TrimSpace(block); block != "" {
			found = append(found, block)
		}
	}
	return found
}

// bodyHTML renders blocks: "## " a heading, "> " a quotation, "! " a picture's
// caption, "- " a list, "<" markup as it stands, anything else a paragraph.
// The target of a link is turned into an address by link.
func bodyHTML(blocks []string, link func(target string) string) template.HTML {
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString(blockHTML(block, link))
		b.WriteByte('\n')
	}
	return template.HTML(b.String()) // our own embedded text, so no foreign markup
}

func blockHTML(block string, link func(string) string) string {
	mark, rest, _ := strings.Cut(block, " ")
	switch {
	case strings.HasPrefix(block, "<"):
		return block
	case mark == "##":
		return "<h2>" + inline(rest, link) + "</h2>"
	case mark == ">":
		return "<blockquote><p>" + inline(rest, link) + "</p></blockquote>"
	case mark == "!":
		return `<figure><img src="/img/photo.svg" alt=""><figcaption>` + inline(rest, link) + "</figcaption></figure>"
	case mark == "-":
		return listHTML(block, link)
	}
	return "<p>" + inline(block, link) + "</p>"
}

func listHTML(block string, link func(string) string) string {
	var b strings.Builder
	b.WriteString("<ul>")
	for line := range strings.SplitSeq(block, "\n") {
		b.WriteString("<li>" + inline(strings.TrimPrefix(line, "- "), link) + "</li>")
	}
	b.WriteString("</ul>")
	return b.String()
}

var linkMark = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`)

// inline escapes text and renders its [text](target) links.
func inline(text string, link func(string) string) string {
	var b strings.Builder
	end := 0
	for _, m := range linkMark.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(escape(text[end:m[0]]))
		b.WriteString(`<a href="` + html.EscapeString(link(text[m[4]:m[5]])) + `">` + escape(text[m[2]:m[3]]) + "</a>")
		end = m[1]
	}
	b.WriteString(escape(text[end:]))
	return b.String()
}

// escape leaves quotation marks alone, as editors' systems do in text.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// plain returns a block as a reader sees it.
func plain(block string) string {
	return linkMark.ReplaceAllString(block, "$1")
}
