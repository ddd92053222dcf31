package main

import (
	"fmt"
	"html"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/extract"
	"ewgwatch/store"
)

// syndicates is how many sites print the story.
const syndicates = 20

// story is what they print. It names no agency.
func story() []string {
	return []string{
		"The table-top exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism opened in Naypyitaw, Myanmar, on Wednesday, the organisers said in a statement that was handed out at the opening.",
		"Officers from Laos took part in the counter-terrorism table-top exercise, which is co-chaired by Myanmar and Russia and lasts three days.",
		"The scenario has a cruise ship with passengers of many countries taken by an armed group in the Andaman Sea, and asks the delegations to agree within hours on who talks, who watches the coast and who boards.",
		"Observers were shown the operations room, where large screens carried a chart of the waters and a clock that ran four times as fast as the one on the wall outside.",
		"A field exercise is to follow later in the cycle, and the planners have yet to name the port from which its ships will sail.",
	}
}

// printed returns the story as the editors of a site print it.
func printed(site int) []string {
	lines := story()
	switch site % 5 {
	case 1:
		return lines[:3]
	case 2:
		return append([]string{"NAYPYITAW – " + lines[0]}, lines[1:]...)
	case 3:
		return append(lines, fmt.Sprintf("Readers of this paper number %d may send what they think of it to the editor, who answers every letter.", site))
	case 4:
		lines[1] = "Officers from Laos took part, too, in this year's counter-terrorism table-top exercise that Myanmar and Russia jointly chair."
	}
	return lines
}

// page is the story on the page of a site, with a headline and a frame of its own.
func page(site int, at time.Time) ewgwatch.Page {
	url := fmt.Sprintf("https://paper%d.test/2023/08/02/exercise-%d.html", site, site)
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>Drill %d opens in Naypyitaw</title>`, site)
	b.WriteString(`<meta property="article:published_time" content="2023-08-02T09:00:00+06:30"></head><body>`)
	fmt.Fprintf(&b, `<nav><a href="/">Paper %d</a> <a href="/sport">Sport</a></nav><article><h1>Drill %d opens in Naypyitaw</h1>`, site, site)
	for _, line := range printed(site) {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(line))
	}
	fmt.Fprintf(&b, "</article><footer>Paper %d of its town, all rights reserved</footer></body></html>", site)
	return ewgwatch.Page{
		URL: url, FinalURL: url, Role: ewgwatch.RoleArticle, FetchedAt: at, Status: http.StatusOK, Outcome: ewgwatch.New, Body: []byte(b.String()),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Source: ewgwatch.Source{ID: fmt.Sprintf("paper%d.test", site), Name: fmt.Sprint("Paper ", site), Kind: ewgwatch.News, Lang: "en"},
	}
}

// read reads a page and keeps what it says.
func read(t *testing.T, s *store.Store, p ewgwatch.Page) {
	t.Helper()
	article, err := extract.Article(t.Context(), p, extract.Options{Now: p.FetchedAt})
	if err != nil {
		t.Fatal(err)
	}
	r := ewgwatch.Reading{Visit: ewgwatch.Visit{URL: p.URL, Source: p.Source.ID, At: p.FetchedAt, Outcome: p.Outcome, Status: p.Status}, Article: &article}
	for _, f := range extract.Findings(article, extract.Options{Now: p.FetchedAt}).Findings {
		f.FoundAt = p.FetchedAt
		r.Findings = append(r.Findings, f.Identify())
	}
	if _, err := s.Put(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

// told returns how many alerts tell each subscriber and channel that Laos attended.
func told(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	alerts, err := all(s.Alerts(t.Context(), ""))
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for _, a := range alerts {
		for _, n := range a.Notices {
			if n.Claim.State == ewgwatch.Laos && n.Claim.Stance == ewgwatch.Attended {
				times[a.Subscription+" by "+string(a.Channel.Kind)]++
			}
		}
	}
	return times
}

// second is a page with a story of its own that says the same.
func second(at time.Time) ewgwatch.Page {
	p := page(syndicates, at)
	p.Body = []byte(`<!doctype html><html lang="en"><head><title>Vientiane sends officers</title></head><body><article><h1>Vientiane sends officers</h1>
<p>Laos attended the counter-terrorism table-top exercise of the ADMM-Plus Experts' Working Group in Naypyitaw, its defence ministry told a correspondent of ours on 3 August 2023.</p>
<p>The ministry gave neither ranks nor names, but pictures on its wall show four men in uniform before a map of the Andaman Sea, one of them a colonel of the border troops who has spoken at such meetings before.</p></article></body></html>`)
	return p
}

// subscribe puts a subscriber who wants to hear that Laos attended, and of more voices.
func subscribe(t *testing.T, s *store.Store, name string, least int, channels ...string) {
	t.Helper()
	c := alert.Config{Name: name, States: []string{"LA"}, Stances: []string{"attended"}, MinSources: least, Steps: []int{2, 3, 5, 10, 20}, Channels: channels}
	sub, err := c.Subscription(time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutSubscription(sub); err != nil {
		t.Fatal(err)
	}
}

// decided decides, and holds how often each was told then against what is wanted.
func decided(t *testing.T, s *store.Store, want map[string]int) {
	t.Helper()
	if err := decide(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, told(t, s)); diff != "" {
		t.Errorf("told (-want +have):\n%s", diff)
	}
}

// TestAStoryOnTwentySitesIsOneAlertForEachSubscriberAndChannel prints the story over
// three nights, deciding after each. It is one voice, so that nobody who waits for two
// hears of it, nor anybody twice who wants to hear of every further voice; that of
// another story they hear.
func TestAStoryOnTwentySitesIsOneAlertForEachSubscriberAndChannel(t *testing.T) {
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "findings.db"), store.Options{Changes: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	subscribe(t, s, "both", 0, "mailto:both@example.net", "https://example.net/hook")
	subscribe(t, s, "mail", 0, "mailto:mail@example.net")
	subscribe(t, s, "two sources", 2, "mailto:two@example.net")
	now, nights := time.Now(), []int{0, 9, syndicates - 1}
	for site := range syndicates {
		read(t, s, page(site, now.Add(time.Duration(site)*time.Second)))
		if slices.Contains(nights, site) {
			decided(t, s, map[string]int{"both by mail": 1, "both by webhook": 1, "mail by mail": 1})
		}
	}
	findings, err := all(s.Findings(t.Context(), store.Query{State: ewgwatch.Laos, Stance: ewgwatch.Attended}))
	quotes := map[string]bool{}
	for _, f := range findings {
		quotes[f.Quote] = true
	}
	if err != nil || len(findings) < syndicates || len(quotes) < 2 {
		t.Errorf("%d findings of %d sites in the words %v, %v: want some in other words", len(findings), syndicates, quotes, err)
	}
	read(t, s, second(now.Add(time.Minute)))
	decided(t, s, map[string]int{"both by mail": 2, "both by webhook": 2, "mail by mail": 2, "two sources by mail": 1})
}
