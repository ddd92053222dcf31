package broadsheet

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// voice is one independent source of a claim: who published it first, and who took
// it over.
type voice struct {
	quote
	Copies []string // names of the sources that have the same text
	Why    string   // these count as one; "" where there is one alone
}

// CopiedBy says how often and by whom a text was taken over.
func (v voice) CopiedBy() string {
	if len(v.Copies) == 0 {
		return ""
	}
	return plural(len(v.Copies), "copy", "copies") + ": " + strings.Join(v.Copies, ", ")
}

// quote is the words of a page, and which page that is. Its texts are tame.
type quote struct {
	Text, Lang  string
	Source      string // name of the publisher
	Class       string // who speaks there, as "own ministry"
	Published   string // for people; "" where that is not known
	Title, Link string // of the page; Link is "" where its address is none for a link
	Finding     string // ID
	First       ewgwatch.Date
}

// quoted returns the quote of a finding about an event on the soil of a state.
func quoted(f ewgwatch.Finding, of ewgwatch.State) quote {
	return quote{
		Text: tidy(f.Quote), Lang: language(f.Lang),
		Source: cmp.Or(tidy(f.Source.Name), tidy(f.Source.ID), "a source without a name"), Class: string(f.Source.Class(f.State, of)),
		Published: day(f.Published.Date), Title: tidy(f.Title), Link: link(f.URL), Finding: tidy(f.ID), First: f.Published.Date,
	}
}

// Day says when the page was published.
func (q quote) Day() string { return cmp.Or(q.Published, "date unknown") }

// tidy makes foreign text fit for a page: on one line, with no character that is
// not seen, turns text around or is none of XML.
func tidy(text string) string {
	return plain.Tame(strings.Map(func(r rune) rune {
		if r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
			return -1 // noncharacters, see the Unicode Standard, section 23.7
		}
		return r
	}, text))
}

var tag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// language returns what a lang attribute may hold; "" says that it is not known.
func language(lang string) string {
	if !tag.MatchString(lang) {
		return ""
	}
	return lang
}

var host = regexp.MustCompile(`^[\p{L}\p{M}\p{N}._-]+(:[0-9]+)?$|^\[[0-9A-Fa-f:.]+\](:[0-9]+)?$`)

// link returns an address that a reader may follow, "" for any other.
func link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !host.MatchString(u.Host) || u.User != nil {
		return ""
	}
	return u.String()
}
