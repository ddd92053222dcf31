package message

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"ewgwatch"
)

// address is where a link leads. The zero value is none.
type address struct {
	URL  string // ASCII, and nothing in it that ends an attribute, a line or a Markdown link
	Host string // as a person is to see it: the ASCII name, which no letters of another script can feign
}

// addressOf returns where the quote of a finding can be read: at the quote itself
// by a text fragment, at the page of a PDF, or at the top where the quote is the title.
func addressOf(f ewgwatch.Finding) address {
	a := webAddress(f.URL)
	switch {
	case a.URL == "" || f.QuoteStart < 0 || f.Via == "headline":
		return a
	case f.QuotePage > 0:
		a.URL, _, _ = strings.Cut(a.URL, "#")
		a.URL += "#page=" + strconv.Itoa(f.QuotePage)
		return a
	case strings.HasSuffix(strings.ToLower(strings.SplitN(a.URL, "?", 2)[0]), ".pdf"):
		return a
	}
	return a.at(textFragment(f.Quote))
}

// at adds a fragment directive, which follows the fragment of the page if there is
// one (WICG Scroll to Text Fragment, section 3.2).
func (a address) at(directive string) address {
	if directive == "" {
		return a
	}
	if !strings.Contains(a.URL, "#") {
		a.URL += "#"
	}
	a.URL += ":~:" + directive
	return a
}

// webAddress returns raw as a link, or none where it is not an absolute http or
// https URL of a named host: no script, no user name before the host.
func webAddress(raw string) address {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return address{}
	}
	host := u.Hostname()
	if !strings.Contains(host, ":") { // an IPv6 address has no letters to spell
		if host, err = idna.Lookup.ToASCII(host); err != nil || host == "" {
			return address{}
		}
	} else if strings.ContainsFunc(host, notInIPv6) {
		return address{}
	}
	shown := host
	if strings.Contains(host, ":") {
		shown = "[" + host + "]"
	}
	if port := u.Port(); port != "" {
		shown += ":" + port
	}
	u.Host = shown
	before, fragment, _ := strings.Cut(u.String(), "#")
	fragment, _, _ = strings.Cut(fragment, ":~:")
	if fragment != "" {
		before += "#" + fragment
	}
	return address{URL: guard(before), Host: shown}
}

func notInIPv6(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF:.", r) }

// guard percent-encodes what RFC 3986 has no place for, and of the rest what ends a
// link or calls somebody in Markdown and chats.
func guard(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case alphanumeric(c), strings.IndexByte("-._/:?#&=%+;,!$[]", c) >= 0 && !bracketOutside(s, i):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// bracketOutside reports whether s[i] is a bracket that is not of the host's.
func bracketOutside(s string, i int) bool {
	return (s[i] == '[' || s[i] == ']') && i >= strings.Index(s, "//")+2+len(hostOf(s))
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// From this many characters on, a quote is named by its first and last words: mail
// programs break links that are much longer.
const (
	longQuote = 120
	endWords  = 5
)

// hostOf returns the host of a URL that addressOf made.
func hostOf(made string) string {
	_, rest, _ := strings.Cut(made, "//")
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	host, _, _ = strings.Cut(host, "#")
	return host
}

// textFragment returns the directive "text=…" that finds a quote on its page. A quote
// without enough words to tell its ends by, as in scripts that write no spaces, is
// named whole: a browser finds no part of a word.
func textFragment(quote string) string {
	words := strings.Fields(quote)
	switch {
	case len(words) == 0:
		return ""
	case utf8.RuneCountInString(quote) < longQuote || len(words) <= 2*endWords:
		return "text=" + encodeFragment(strings.Join(words, " "))
	}
	first, last := words[:endWords], words[len(words)-endWords:]
	return "text=" + encodeFragment(strings.Join(first, " ")) + "," + encodeFragment(strings.Join(last, " "))
}

// encodeFragment encodes all but ASCII letters and digits: the dash, the comma and the
// ampersand mean something in a text directive.
func encodeFragment(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if alphanumeric(s[i]) {
			b.WriteByte(s[i])
			continue
		}
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

// encodeID makes an ID one segment of a path.
func encodeID(id string) string { return strings.ReplaceAll(guard(url.PathEscape(id)), "%25", "%") }
