package crawler

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func popAll(f *frontier) []string {
	var urls []string
	for {
		e, ok := f.pop()
		if !ok {
			return urls
		}
		urls = append(urls, e.url)
	}
}

func TestFrontierGoesByRankTopicNoveltyAndTime(t *testing.T) {
	now := time.Now()
	f := newFrontier()
	for _, e := range []entry{
		{url: "deep", rank: rankPage, depth: 3},
		{url: "near", rank: rankPage, depth: 1},
		{url: "near, found later", rank: rankPage, depth: 1},
		{url: "known, new", rank: rankPage, known: true, at: now},
		{url: "known, old", rank: rankPage, known: true, at: now.AddDate(-1, 0, 0)},
		{url: "recent", rank: rankPage, at: now, depth: 3},
		{url: "known, on topic", rank: rankPage, known: true, score: 5},
		{url: "sitemap", rank: rankSitemap},
		{url: "seed", rank: rankSeed},
		{url: "feed", rank: rankFeed},
	} {
		f.push(e)
	}
	want := []string{"feed", "seed", "sitemap", "known, on topic", "recent", "near", "near, found later", "deep", "known, new", "known, old"}
	if diff := cmp.Diff(want, popAll(f)); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestFrontierTakesAPageOnceAndMovesItUp(t *testing.T) {
	f := newFrontier()
	f.push(entry{url: "a", rank: rankPage})
	f.push(entry{url: "b", rank: rankPage})
	f.push(entry{url: "b", rank: rankPage, score: 1})
	f.push(entry{url: "c", rank: rankPage})
	f.visited("c")
	f.visited("alias")
	if diff := cmp.Diff([]string{"b", "a"}, popAll(f)); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	f.push(entry{url: "a", rank: rankPage, score: 9})
	if f.left() != 0 || f.discovered() != 3 {
		t.Errorf("%d left of %d, want none of 3", f.left(), f.discovered())
	}
}

func TestFrontierKeepsTheBestWhenItOverflows(t *testing.T) {
	f := newFrontier()
	const n = 3 * maxWaiting
	for i := range n {
		f.push(entry{url: fmt.Sprint(i), rank: rankPage, score: i})
	}
	if f.left() != n || f.discovered() != n {
		t.Errorf("%d left of %d, want %d", f.left(), f.discovered(), n)
	}
	for i, url := range popAll(f)[:maxWaiting] {
		if want := fmt.Sprint(n - 1 - i); url != want {
			t.Fatalf("number %d is %s, want %s", i, url, want)
		}
	}
}
