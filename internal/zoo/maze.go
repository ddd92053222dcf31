package zoo

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"ewgwatch"
)

// endless answers each path with a page of links that the caller makes.
func endless(links func(r *http.Request) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { write(w, "Page", links(r)+text) }
}

// mazes are spaces without an end. A budget ends them all; what is read of them
// is read.
func mazes() []kind {
	some := wants(ewgwatch.New)
	return []kind{
		{name: "links without end", want: some, serve: endless(func(r *http.Request) string {
			var b strings.Builder
			for i := range 200 {
				fmt.Fprintf(&b, "<a href=\"%s/%d\">A story of the day %d</a>\n", strings.TrimSuffix(r.URL.Path, "/"), i, i)
			}
			return b.String()
		})},
		{name: "a calendar without end", want: some, serve: endless(func(r *http.Request) string {
			year, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/calendar/")) // the front page is year 0
			return fmt.Sprintf("<a href=\"/calendar/%d\">earlier</a> <a href=\"/calendar/%d\">later</a>", year-1, year+1)
		})},
		{name: "next pages without end", want: some, serve: endless(func(r *http.Request) string {
			n, _ := strconv.Atoi(r.URL.Query().Get("page")) // the first has none
			return fmt.Sprintf("<a rel=next href=\"/?page=%d\">Next</a>", n+1)
		})},
		{name: "50,000 links", want: some, serve: endless(func(*http.Request) string {
			return strings.Repeat("<a href=/one-story-of-the-day>A story of the day</a>\n", 50_000)
		})},
		{name: "links of two megabytes", want: some, serve: endless(func(*http.Request) string {
			return "<a href=\"/" + strings.Repeat("x", 2<<20) + "\">Long</a><a href=\"http://" + strings.Repeat("y", 1<<20) + "\">Longer</a>"
		})},
		{name: "links that lead nowhere", want: some, reach: ewgwatch.ReachRead, serve: endless(func(*http.Request) string {
			return `<a href="javascript:void(0)">a</a><a href="data:text/html,x">b</a><a href="mailto:a@b.test">c</a><a href="http://[::bad">d</a><a href="//">e</a><a href="http://user:pass@127.9.0.1/">f</a>`
		})},
		{name: "links to inner addresses", want: some, serve: endless(func(*http.Request) string {
			return `<a href="http://127.0.0.1:8080/">a</a><a href="http://169.254.169.254/">b</a><a href="http://0x7f000001/">c</a><a href="http://2130706433/">d</a>`
		})},
		{name: "a new session for every link", want: some, serve: endless(func(r *http.Request) string {
			return fmt.Sprintf("<a href=\"/story?PHPSESSID=%s&id=1\">A story of the day</a>", r.RemoteAddr)
		})},
		{name: "500 cookies of 4 KB", want: some, serve: func(w http.ResponseWriter, r *http.Request) {
			for i := range 60 { // as many as a header may hold
				w.Header().Add("Set-Cookie", fmt.Sprintf("c%d%d=%s", len(r.URL.Path), i, strings.Repeat("x", 4000)))
			}
			write(w, "Cookies", `<a href="/a-story">A story of the day</a>`+text)
		}},
		{name: "a sitemap that names itself", want: some, serve: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				write(w, "Front", text)
				return
			}
			w.Header().Set("Content-Type", "application/xml")
			fmt.Fprintf(w, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://%s%s</loc></sitemap><sitemap><loc>http://%[1]s%[2]sx</loc></sitemap></sitemapindex>`, r.Host, r.URL.Path)
		}, feed: "/sitemap.xml"},
		{name: "a feed of entities", want: some, feed: "/feed", serve: feedOr(`<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>`)},
		{name: "a feed of 60,000 items", want: some, feed: "/feed", serve: feedOr(`<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>` +
			strings.Repeat("<item><title>Story</title><link>/story</link></item>", 60_000) + `</channel></rss>`)},
		{name: "a feed that breaks off", want: wants(ewgwatch.Unreadable), feed: "/feed", serve: feedOr(`<?xml version="1.0"?><rss version="2.0"><channel><item><title>Story`)},
		{name: "a feed that is a page", want: wants(ewgwatch.Unreadable), feed: "/feed", serve: page("Not found", text)},
	}
}

func feedOr(feed string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed" {
			write(w, "Page", text)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write([]byte(feed)) // who hung up wants no more
	}
}
