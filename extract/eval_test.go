package extract

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ewgwatch"
)

const topicDir = "../../shared/data/topic"

type label struct {
	ID, URL, Lang string
	Published     string
	OnTopic       bool `json:"on_topic"`
	Events        []struct{ Kind, Place, Start, End string }
	States        []struct {
		Code, Stance, Quote string
		Event               *int
	}
	Collective []struct{ Set, Stance string }
}

func labels(t testing.TB) []label {
	t.Helper()
	file, err := os.Open(filepath.Join(topicDir, "labels.jsonl"))
	if err != nil {
		t.Skip("labelled pages are not here: ", err)
	}
	defer file.Close()
	var all []label
	for d := json.NewDecoder(file); d.More(); {
		var l label
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

func plainArticle(t testing.TB, l label) ewgwatch.Article {
	t.Helper()
	body, err := os.Open(filepath.Join(topicDir, "plain", l.ID+".html"))
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	doc, err := goquery.NewDocumentFromReader(body)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	doc.Find("article p, article li").Each(func(_ int, p *goquery.Selection) { lines = append(lines, strings.TrimSpace(p.Text())) })
	date, _ := ewgwatch.ParseDate(l.Published)
	return ewgwatch.Article{URL: l.URL, Title: doc.Find("h1").Text(), Text: strings.Join(lines, "\n"), Lang: l.Lang, Published: ewgwatch.Published{Date: date}}
}

func TestTopicPages(t *testing.T) {
	type score struct{ hit, extra, missed int }
	totals := map[string]*score{}
	count := func(key string, f func(*score)) {
		if totals[key] == nil {
			totals[key] = &score{}
		}
		f(totals[key])
	}
	only := os.Getenv("ONLY")
	for _, l := range labels(t) {
		if only != "" && only != l.ID && only != l.Lang {
			continue
		}
		r := Findings(plainArticle(t, l), Options{})
		if r.OnTopic != l.OnTopic {
			t.Logf("%s topic %v want %v score %.2f %v", l.ID, r.OnTopic, l.OnTopic, r.Score, r.Evidence)
		}
		switch {
		case r.OnTopic && l.OnTopic:
			count("topic", func(s *score) { s.hit++ })
		case r.OnTopic:
			count("topic", func(s *score) { s.extra++ })
		case l.OnTopic:
			count("topic", func(s *score) { s.missed++ })
		}
		named := map[string]bool{}
		for _, s := range l.States {
			named[s.Code] = true
		}
		got := map[string]bool{}
		for _, m := range r.Mentions {
			got[string(m.State)] = true
		}
		for s := range got {
			if named[s] {
				count("states", func(s *score) { s.hit++ })
			} else {
				count("states", func(s *score) { s.extra++ })
				t.Logf("%s %s states: extra %s", l.ID, l.Lang, s)
			}
		}
		for s := range named {
			if !got[s] {
				count("states", func(s *score) { s.missed++ })
				t.Logf("%s %s states: missed %s", l.ID, l.Lang, s)
			}
		}
		if !l.OnTopic {
			continue
		}
		type pair struct{ state, stance string }
		want := map[pair]string{}
		for _, s := range l.States {
			want[pair{s.Code, s.Stance}] = s.Quote
		}
		for p := range want {
			for q := range want {
				if p.stance == "mentioned" && q.state == p.state && q.stance != "mentioned" {
					delete(want, p)
				}
			}
		}
		seen := map[pair]bool{}
		lang := "other"
		if l.Lang == "en" {
			lang = "en"
		}
		for _, f := range r.Findings {
			p := pair{string(f.State), string(f.Stance)}
			if f.Via == "group" || seen[p] {
				continue
			}
			seen[p] = true
			_, ok := want[p]
			keys := []string{"all", lang, "stance " + p.stance, "lang " + l.Lang}
			for _, key := range keys {
				if ok {
					count(key, func(s *score) { s.hit++ })
				} else {
					count(key, func(s *score) { s.extra++ })
				}
			}
			if !ok {
				t.Logf("%s %s EXTRA %s %s [%s] %q", l.ID, l.Lang, p.state, p.stance, f.Rule, f.Quote)
			}
		}
		viaGroup := map[pair]bool{}
		for _, f := range r.Findings {
			if f.Via == "group" {
				viaGroup[pair{string(f.State), string(f.Stance)}] = true
			}
		}
		for p, quote := range want {
			if !seen[p] {
				for _, key := range []string{"all", lang, "stance " + p.stance, "lang " + l.Lang} {
					count(key, func(s *score) { s.missed++ })
				}
				t.Logf("%s %s MISSED %s %s %q", l.ID, l.Lang, p.state, p.stance, quote)
			}
		}
		t.Logf("%s EVENTS %s want %v", l.ID, eventLine(r.Events), l.Events)
	}
	var keys []string
	for key := range totals {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		s := totals[key]
		p := float64(s.hit) / float64(max(1, s.hit+s.extra))
		q := float64(s.hit) / float64(max(1, s.hit+s.missed))
		t.Logf("%-18s P %.3f R %.3f F1 %.3f (%d hit, %d extra, %d missed)", key, p, q, 2*p*q/max(1e-9, p+q), s.hit, s.extra, s.missed)
	}
}

func eventLine(events []ewgwatch.Event) string {
	var all []string
	for _, e := range events {
		all = append(all, fmt.Sprintf("%s(%s %s %s)", e.ID, e.Kind, e.Host, e.Start))
	}
	return strings.Join(all, " ")
}
