package ewgwatch

import (
	"strconv"
	"strings"
	"unicode"
)

// SeedLine returns the line of a seeds file that [ParseSeeds] reads as s, its
// Line and ID apart. What a line cannot hold is replaced: double quotes become
// single ones (%22 in a URL), control characters and bytes that are no UTF-8
// become spaces. A name that is the ID is left out, and so is a URL that would
// be a mistake.
func SeedLine(s Source) string {
	line := seedLine{}
	line.add("", seedURL(s.URL))
	name := seedText(s.Name)
	if name != s.ID && name != "" {
		line.add("name=", `"`+name+`"`)
	}
	line.word("kind=", string(s.Kind))
	line.word("state=", string(s.State))
	if s.StateOwned {
		line.word("owner=", ownerState)
	}
	line.word("lang=", s.Lang)
	if s.Zone != nil {
		line.word("tz=", s.Zone.String())
	}
	line.urls("feed=", s.Feeds)
	line.urls("sitemap=", s.Sitemaps)
	line.urls("search=", s.Search)
	line.word("select=", s.Select)
	if s.Delay > 0 {
		line.word("delay=", s.Delay.String())
	}
	if s.MaxPages > 0 {
		line.word("max=", strconv.Itoa(s.MaxPages))
	}
	line.word("group=", s.Group)
	if s.Render {
		line.word("render=", "true")
	}
	line.word("proxy=", s.Proxy)
	line.word("ca=", s.CAFile)
	return strings.Join(line, " ")
}

// ownerState is the one owner that a line names.
const ownerState = "state"

// seedLine is a line under way, a field an element.
type seedLine []string

func (l *seedLine) add(key, value string) { *l = append(*l, key+value) }

func (l *seedLine) word(key, value string) {
	value = seedText(value)
	switch {
	case value == "":
		return
	case strings.ContainsFunc(value, unicode.IsSpace):
		value = `"` + value + `"`
	}
	l.add(key, value)
}

func (l *seedLine) urls(key string, addresses []string) {
	for _, address := range addresses {
		if address = seedURL(address); address != "" {
			l.add(key, address)
		}
	}
}

// seedText makes a value of foreign text.
func seedText(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			return '\''
		case unicode.IsControl(r) || unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.Join(strings.Fields(clean), " ")
}

// seedURL spells an address so that no character of it ends a field; "" where
// that leaves no absolute URL.
func seedURL(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"':
			b.WriteString("%22")
		case unicode.IsSpace(r):
			b.WriteString("%20")
		default:
			b.WriteRune(r)
		}
	}
	if _, err := absoluteURL(strings.Replace(b.String(), "{query}", "q", 1)); err != nil {
		return ""
	}
	return b.String()
}
