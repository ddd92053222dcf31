package main

import (
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"strings"
)

// site is a news site: a front page, sections whose listings go back page by
// page, and articles that name related ones.
type site struct {
	pages map[string]*page
}

type page struct {
	title string
	topic bool // about an EWG CT activity
	links []string
}

var sections = []string{"politics", "world", "defence", "economy", "sport", "culture", "region", "opinion", "science", "travel"}

// Headlines. A quarter of those on the topic do not show it, as captions of
// photographs and columns do not.
var (
	telling = []string{
		"ADMM-Plus experts' working group on counter-terrorism meets in %s", "%s hosts counter-terrorism table-top exercise with ASEAN partners",
		"Defence officials end EWG on CT planning conference in %s", "Anti-terror drill co-chaired by Myanmar and Russia opens in %s",
		"ร่วมประชุมคณะทำงานผู้เชี่ยวชาญด้านการต่อต้านการก่อการร้าย ADMM-Plus ที่ %s", "东盟防长扩大会反恐专家组会议在%s举行",
		"Учения рабочей группы экспертов «СМОА плюс» по борьбе с терроризмом прошли в %s",
	}
	silent = []string{"Photographs of the week: %s", "Five things to know this morning from %s", "Delegations leave %s", "Editorial: the silence of %s"}
	other  = []string{
		"%s floods displace thousands", "Minister opens bridge in %s", "Rice price rises again in %s", "%s beats visitors in the final", "Court in %s hears appeal",
		"Army marks its day in %s", "Trade talks resume in %s", "Police in %s seize drugs", "Concert in %s draws crowds", "Navy ship calls at %s",
		"ASEAN foreign ministers gather in %s", "%s airport to close for repairs", "Terror suspect jailed in %s", "Joint naval exercise ends off %s",
	}
	places = []string{"Naypyitaw", "Hanoi", "Jakarta", "Vientiane", "Manila", "Singapore", "Bangkok", "Kuala Lumpur", "Phnom Penh", "Moscow", "Seoul", "Canberra"}
)

// generate makes the articles first, the newest first in each listing.
func generate(random *rand.Rand) *site {
	const perListing, listings = 10, 18
	s := &site{pages: map[string]*page{}}
	front := &page{title: "Front"}
	s.pages["/"] = front
	var topical []string
	for _, section := range sections {
		var articles []string
		for range perListing * listings {
			path, p := article(random, section, len(s.pages))
			s.pages[path], articles = p, append(articles, path)
			if p.topic {
				topical = append(topical, path)
			}
		}
		front.links = append(front.links, "/"+section)
		front.links = append(front.links, articles[:2]...)
		for i := range listings {
			s.list(section, i, articles[i*perListing:(i+1)*perListing], i+1 < listings)
		}
		relate(random, s, articles)
	}
	for _, path := range topical { // who writes of the topic links to what was written before
		for range 2 {
			s.pages[path].links = append(s.pages[path].links, topical[random.IntN(len(topical))])
		}
	}
	return s
}

func article(random *rand.Rand, section string, number int) (string, *page) {
	share := 60 // one in so many is on the topic
	if section == "defence" || section == "region" {
		share = 12
	}
	p, headlines := &page{topic: random.IntN(share) == 0}, other
	switch {
	case p.topic && random.IntN(4) == 0:
		headlines = silent
	case p.topic:
		headlines = telling
	}
	p.title = fmt.Sprintf(headlines[random.IntN(len(headlines))], places[random.IntN(len(places))])
	p.links = []string{"/", "/" + section}
	return fmt.Sprintf("/%s/%d", section, 100000+number), p
}

func (s *site) list(section string, number int, articles []string, more bool) {
	path := "/" + section
	if number > 0 {
		path = fmt.Sprintf("/%s/page/%d", section, number)
	}
	p := &page{title: section}
	p.links = append(append(p.links, "/"), articles...)
	if more {
		p.links = append(p.links, fmt.Sprintf("/%s/page/%d", section, number+1))
	}
	s.pages[path] = p
}

func relate(random *rand.Rand, s *site, articles []string) {
	for _, path := range articles {
		for range 4 {
			s.pages[path].links = append(s.pages[path].links, articles[random.IntN(len(articles))])
		}
	}
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := s.pages[r.URL.Path]
	if p == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!doctype html><html lang=en><head><title>%s</title></head><body><h1>%[1]s</h1>", html.EscapeString(p.title))
	for _, link := range p.links {
		title := s.pages[link].title
		if strings.Contains(link, "/page/") {
			title = "Next"
		}
		fmt.Fprintf(w, "<p><a href=%q>%s</a></p>\n", link, html.EscapeString(title))
	}
	fmt.Fprint(w, strings.Repeat("<p>Those who had come spoke of this and that, and went home again in the evening.</p>\n", 20))
}

// breadthFirst returns the paths of the site in the order of the fewest clicks.
func (s *site) breadthFirst() []string {
	order, seen := []string{"/"}, map[string]bool{"/": true}
	for i := 0; i < len(order); i++ {
		for _, link := range s.pages[order[i]].links {
			if !seen[link] {
				seen[link] = true
				order = append(order, link)
			}
		}
	}
	return order
}

func (s *site) topical() int {
	n := 0
	for _, p := range s.pages {
		if p.topic {
			n++
		}
	}
	return n
}

// found returns the share of the pages on the topic that are among the paths.
func (s *site) found(paths []string) float64 {
	n := 0
	for _, path := range paths {
		if p := s.pages[path]; p != nil && p.topic {
			n++
		}
	}
	return float64(n) / float64(s.topical())
}
