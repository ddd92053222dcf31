package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"ewgwatch/store"
)

// gazette is a site that prints a box of news under every story.
type gazette struct{ stories int }

const gazetteBox = `<h4>In our magazine</h4><p>Military delegates of Laos and of Brunei attended the ADMM-Plus Experts' Working Group on
Counter-Terrorism meeting in Moscow, and the next issue has the pictures.</p>`

func (g *gazette) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.URL.Path == "/robots.txt" {
		http.NotFound(w, r)
		return
	}
	var n int
	if _, err := fmt.Sscanf(r.URL.Path, "/2023/08/story-%d/", &n); err == nil {
		fmt.Fprintf(w, `<html lang="en"><head><title>Story number %d</title></head><body><article><h1>Story number %d</h1>
			<p>Soldiers of Vietnam attended day %d of the field exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism in Russia.</p>
			<p>Their commander spoke to our reporter for story %d, and he had much to tell of the heat and of the food there.</p>%s</article></body></html>`,
			n, n, n, n, gazetteBox)
		return
	}
	fmt.Fprint(w, `<html lang="en"><body><h1>Gazette</h1><ul>`)
	for i := range g.stories {
		fmt.Fprintf(w, `<li><a href="/2023/08/story-%d/">Story number %d of the counter-terrorism exercise in Russia</a></li>`, i, i)
	}
	fmt.Fprint(w, `</ul></body></html>`)
}

func TestWhatASiteRepeatsIsNotReadIntoItsLaterPages(t *testing.T) {
	site := &gazette{stories: 3}
	server := httptest.NewServer(site)
	defer server.Close()
	dir := t.TempDir()
	seeds := write(t, server.URL+"/ name=Gazette kind=news state=SG lang=en\n", dir, "seeds.txt")
	night := []string{"crawl", "--seeds", seeds, "--data", dir, "--allow-address", "127.0.0.0/8", "--delay", "0", "--quiet"}

	mustRun(t, 0, night...)
	site.stories = 4
	mustRun(t, 0, night...)

	sources := map[string]int{} // pages by whether they tell of Laos
	s, err := store.Open(context.Background(), filepath.Join(dir, "findings.db"), store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for f, err := range s.Findings(t.Context(), store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		sources[f.URL[strings.LastIndex(f.URL, "story-"):]+" "+string(f.State)]++
	}
	if sources["story-0/ LA"] == 0 {
		t.Error("the first night could not know, and yet cut the box")
	}
	if sources["story-3/ VN"] == 0 || sources["story-3/ LA"] > 0 {
		t.Errorf("of the fourth story Vietnam alone is told, have %v", sources)
	}
}
