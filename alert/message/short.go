package message

import (
	"strings"
	"unicode/utf8"
)

const shortest = 300 // characters of a message for a telephone

// short says in one line what the first item of a letter says, with its quote and its
// link as far as there is room. A link goes in whole or not at all.
func short(l letter) string {
	if len(l.Items) > 1 {
		return clip(inert(l.Subject), shortest)
	}
	one := l.Items[0]
	said := inert(strings.TrimSpace(one.brief + " " + one.Event))
	url := ""
	if len(one.Quotes) > 0 {
		url, _, _ = strings.Cut(one.Quotes[0].Open.URL, "#:~:") // the words of the quote are worth more room
		said = withQuote(said, inert(one.Quotes[0].Text), shortest-roomFor(url))
	}
	if room := shortest - roomFor(url); url != "" && utf8.RuneCountInString(said) <= room {
		return said + " " + url
	}
	return clip(said, shortest)
}

// roomFor is how many characters are kept for a link; none for one that is too long.
func roomFor(url string) int {
	if url == "" || len(url) > shortest/2 {
		return 0
	}
	return len(url) + 1
}

// withQuote adds as much of a quote as there is room for, if that is worth reading.
func withQuote(said, quote string, room int) string {
	const marks, least = 3, 20 // the space and the quotation marks; so many characters say something
	left := room - utf8.RuneCountInString(said) - marks
	if quote == "" || left < least {
		return said
	}
	return said + " “" + clip(quote, left) + "”"
}

// clip shortens s to at most so many characters.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
