// Package wire tells which news agency a story is from by what the page itself
// says: its address, a byline, the line of place and date before the first
// sentence, a credit at the end, or that the agency reported it. It knows nothing
// of what is told, and takes no text for a copy because it is like another.
package wire

import (
	"net/url"
	"slices"
	"strings"

	"ewgwatch"
)

// Story is what a page says of where it is from.
type Story struct {
	URL, Title, Text string
	Authors          []string
	Cut              []string       // lines of the page that are no part of its text
	State            ewgwatch.State // of its publisher; "" where unknown
}

// How many lines of a text are looked at, and how far into one.
const (
	headLines = 3
	tailLines = 4
	reach     = 600 // bytes
	most      = 12  // names in a sentence
)

// Of returns the code of the agency that a whole story is from, "" where it names
// none: the one whose own page it is, or else the first that a byline, the line of
// place and date, a credit, the title or the first sentences name.
func Of(s Story) string {
	if a := owner(s.URL); a != nil {
		return a.code
	}
	for _, author := range s.Authors {
		if a := byline(author); a != nil {
			return a.code
		}
	}
	lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(s.Text), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	head, tail := lines[:min(len(lines), headLines)], lines[max(0, len(lines)-tailLines):]
	for _, line := range head {
		if a := dateline(cut(line), s); a != nil {
			return a.code
		}
	}
	for _, line := range slices.Concat(head, tail, s.Cut) {
		if a := credit(line); a != nil {
			return a.code
		}
	}
	if len(tail) > 0 {
		if a := signature(tail[len(tail)-1]); a != nil {
			return a.code
		}
	}
	return lead(s, head)
}

// lead returns the agency that the title or the first line says reported it.
func lead(s Story, head []string) string {
	if code := In(s.Title, s); code != "" || len(head) == 0 {
		return code
	}
	return In(cut(head[0]), s)
}

// In returns the code of the agency that a sentence of a story says it has what it
// says from, "" where it names none.
func In(sentence string, s Story) string {
	named := names(sentence)
	for _, n := range named[:min(len(named), most)] {
		if n.said() && n.meant(s) {
			return n.agency.code
		}
	}
	return ""
}

// Name returns the name of an agency by its code; the code where there is none.
func Name(code string) string {
	for _, a := range agencies() {
		if a.code == code {
			return a.name
		}
	}
	return code
}

// cut returns the beginning of a line that is looked at.
func cut(line string) string {
	line = strings.TrimSpace(line)
	if len(line) > reach {
		return strings.ToValidUTF8(line[:reach], "")
	}
	return line
}

// owner returns the agency on whose own host an address is.
func owner(address string) *agency {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	host := strings.ToLower(u.Hostname())
	for i, a := range agencies() {
		if slices.ContainsFunc(a.hosts, func(own string) bool { return host == own || strings.HasSuffix(host, "."+own) }) {
			return &agencies()[i]
		}
	}
	return nil
}
