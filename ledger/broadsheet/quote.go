package broadsheet

import (
	"net/url"
	"regexp"

	"ewgwatch"
	"ewgwatch/ledger"
)

// quote is the words of a page, and which page that is. Its texts are tame.
type quote struct {
	Text, Lang  string
	Source      string // name of the publisher
	Class       string // who speaks there, as "own ministry"
	Title, Link string // of the page; Link is "" where its address is none for a link
	First       ewgwatch.Date
}

// quoted returns the quote of a finding about an event on the soil of a state.
func quoted(f ewgwatch.Finding, of ewgwatch.State) quote {
	return witnessed(ledger.Witness{
		ID: f.ID, Source: f.Source, Published: f.Published, URL: f.URL, Title: f.Title, Quote: f.Quote, Lang: f.Lang,
	}, f.State, of)
}

// witnessed returns the quote of a witness on a state at an event on the soil of
// another.
func witnessed(w ledger.Witness, state, host ewgwatch.State) quote {
	return quote{
		Text: tidy(w.Quote), Lang: tagOf(w.Lang), Source: nameOf(w.Source), Class: classOf(w.Source.Class(state, host)),
		Title: tidy(w.Title), Link: link(w.URL), First: w.Published.Date,
	}
}

// Day says when the page was published.
func (q quote) Day() string { return dayOf(q.First) }

var tag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// tagOf returns what a lang attribute may hold; "" says that it is not known.
func tagOf(lang string) string {
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
