package main

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"ewgwatch"
	"ewgwatch/crawler"
	"ewgwatch/extract"
	"ewgwatch/internal/plain"
)

// propose makes a source of what a look at its site found. What is not certain
// is left out: it is for a person to add.
func propose(ctx context.Context, d crawler.Discovery) (ewgwatch.Source, error) {
	address := d.Home.URL
	if d.Home.Outcome.Read() {
		address = d.Home.FinalURL
	}
	u, err := url.Parse(address)
	if err != nil {
		return ewgwatch.Source{}, err
	}
	host := u.Hostname()
	s := ewgwatch.Source{
		ID: ewgwatch.SourceID(u), URL: address, Name: plain.Cut(plain.Line(d.Name), maxName),
		Kind: kindOf(host), State: stateOf(host), Lang: langOf(ctx, d),
	}
	s.Zone = zoneOf(s.State)
	if len(d.Feeds) > 0 && d.Feeds[0].URL != address {
		s.Feeds = []string{d.Feeds[0].URL}
	}
	if len(d.Sitemaps) > 0 {
		s.Sitemaps = []string{d.Sitemaps[0].URL}
	}
	if d.Search != "" && d.API == "" { // WordPress is asked through its API
		s.Search = []string{d.Search}
	}
	return s, nil
}

const maxName = 80 // columns of a proposed name

// kindOf tells a government's host by its name; everything else is proposed as
// news, which a person corrects.
func kindOf(host string) ewgwatch.SourceKind {
	suffix, _ := publicsuffix.PublicSuffix(host)
	registry, _, _ := strings.Cut(suffix, ".")
	own, _, _ := strings.Cut(strings.TrimPrefix(host, "www."), ".")
	if slices.Contains(officialRegistries, registry) || slices.Contains(defenceNames, own) {
		return ewgwatch.Ministry
	}
	return ewgwatch.News
}

var (
	officialRegistries = []string{"gov", "govt", "go", "gob", "mil"} // gov.sg, govt.nz, go.id
	defenceNames       = []string{"mod", "mindef"}
)

// stateOf tells a state by its domain, where only its own hold such: a name
// right below .la or .in may be anybody's.
func stateOf(host string) ewgwatch.State {
	suffix, registered := publicsuffix.PublicSuffix(host)
	top := suffix[strings.LastIndexByte(suffix, '.')+1:]
	state := ewgwatch.State(strings.ToUpper(top))
	switch {
	case top == "gov" || top == "mil":
		return ewgwatch.UnitedStates
	case !registered || !state.Valid() || suffix == top && slices.Contains(anybodys, state):
		return ""
	}
	return state
}

// anybodys are the states below whose domain anybody may have a name, and does.
var anybodys = []ewgwatch.State{ewgwatch.India, ewgwatch.Indonesia, ewgwatch.Laos, ewgwatch.Malaysia, ewgwatch.TimorLeste, ewgwatch.UnitedStates}

// zones are those of the states that have one.
var zones = map[ewgwatch.State]string{
	ewgwatch.Brunei: "Asia/Brunei", ewgwatch.Cambodia: "Asia/Phnom_Penh", ewgwatch.Laos: "Asia/Vientiane", ewgwatch.Malaysia: "Asia/Kuala_Lumpur",
	ewgwatch.Myanmar: "Asia/Yangon", ewgwatch.Philippines: "Asia/Manila", ewgwatch.Singapore: "Asia/Singapore", ewgwatch.Thailand: "Asia/Bangkok",
	ewgwatch.TimorLeste: "Asia/Dili", ewgwatch.Vietnam: "Asia/Ho_Chi_Minh", ewgwatch.China: "Asia/Shanghai", ewgwatch.India: "Asia/Kolkata",
	ewgwatch.Japan: "Asia/Tokyo", ewgwatch.NewZealand: "Pacific/Auckland", ewgwatch.SouthKorea: "Asia/Seoul",
}

func zoneOf(state ewgwatch.State) *time.Location {
	zone, err := time.LoadLocation(zones[state])
	if err != nil || zones[state] == "" {
		return nil
	}
	return zone
}

// langOf is the language that a home page is in, as far as its text tells, or
// else the one it declares.
func langOf(ctx context.Context, d crawler.Discovery) string {
	page := d.Home
	page.Source.Lang = plainTag(d.Lang)
	page.Source.State = stateOf(hostOf(page.FinalURL))
	if !page.Outcome.HasBody() {
		return page.Source.Lang
	}
	article, err := extract.Article(ctx, page, extract.Options{Now: page.FetchedAt})
	if err != nil {
		return page.Source.Lang
	}
	read := cmp.Or(article.Lang, page.Source.Lang)
	if primary, _, _ := strings.Cut(page.Source.Lang, "-"); primary == read {
		return page.Source.Lang // it may tell the script too
	}
	return read
}

// plainTag is a declared language without its region, except that Chinese
// keeps the script its region stands for; "" for what is no tag.
func plainTag(declared string) string {
	tag, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(declared)), ",")
	parts := strings.FieldsFunc(tag, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 || len(parts[0]) < 2 || len(parts[0]) > 3 || strings.ContainsFunc(parts[0], func(r rune) bool { return r < 'a' || r > 'z' }) {
		return ""
	}
	if parts[0] == "zh" && len(parts) > 1 {
		switch parts[1] {
		case "hans", "cn", "sg", "my":
			return "zh-Hans"
		case "hant", "tw", "hk", "mo":
			return "zh-Hant"
		}
	}
	return parts[0]
}
