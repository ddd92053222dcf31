package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// site is one host: a front page that links to all its other pages.
type site struct {
	farm   *farm
	origin string
	front  []byte
	page   []byte // behind its title

	mu    sync.Mutex
	tally tally
}

// tally is how one site was read.
type tally struct {
	requests, now, most int
	first, last         time.Time
	answers, gap        time.Duration
}

func newSite(f *farm, origin string) *site {
	var links strings.Builder
	for i := 1; i < f.pages; i++ {
		fmt.Fprintf(&links, "<li><a href=\"/news/%d\">Report number %d of the day</a></li>\n", i, i)
	}
	s := &site{farm: f, origin: origin}
	s.front = pad("<h1>Front</h1><ul>"+links.String()+"</ul>", f.size)
	s.page = pad("<ul>"+links.String()+"</ul>", f.size)
	return s
}

// pad fills a page with paragraphs up to size.
func pad(body string, size int) []byte {
	const paragraph = "<div class=\"item\"><p>The meeting of the day was <em>held</em> in the capital, and those who came to it spoke of this and that.</p></div>\n"
	missing := max(size-len(body), 0)
	return []byte(body + strings.Repeat(paragraph, missing/len(paragraph)) + "</body></html>")
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	s.begin(start)
	defer func() { s.end(start) }()
	<-time.After(s.farm.latency)
	if r.URL.Path != "/robots.txt" && r.Header.Get("If-None-Match") == validator {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	number, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/news/"))
	switch {
	case r.URL.Path == "/":
		s.write(w, "front", s.front)
	case r.URL.Path == "/robots.txt" && s.farm.robots:
		w.Header().Set("Content-Type", "text/plain")
	case err == nil && number > 0 && number < s.farm.pages:
		s.write(w, "Report "+strconv.Itoa(number), s.page)
	default:
		http.NotFound(w, r)
	}
}

// validator is that of every page: none ever changes.
const validator = `"1"`

func (s *site) write(w http.ResponseWriter, title string, body []byte) {
	head := "<!doctype html><html lang=\"en\"><head><title>" + title + "</title></head><body>"
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("ETag", validator)
	w.Header().Set("Content-Length", strconv.Itoa(len(head)+len(body)))
	_, _ = w.Write([]byte(head)) // who hung up is not counted apart
	_, _ = w.Write(body)
}

func (s *site) begin(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &s.tally
	if t.requests == 0 {
		t.first, t.gap = at, time.Hour
	} else {
		t.gap = min(t.gap, at.Sub(t.last))
	}
	t.requests++
	t.now++
	t.most = max(t.most, t.now)
}

func (s *site) end(start time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tally.now--
	s.tally.last = time.Now()
	s.tally.answers += s.tally.last.Sub(start)
}

func (s *site) take() tally {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tally
	s.tally = tally{}
	return t
}
