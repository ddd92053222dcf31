package crawler

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// TestAPageThatLedToNothingElseRestsAfterACutNightToo gives the only article of a
// site links that no night ever follows. Were it read for their sake after each
// night that was cut, a big site would have all its pages read every night.
func TestAPageThatLedToNothingElseRestsAfterACutNightToo(t *testing.T) {
	for name, link := range map[string]string{
		"a picture": "/photo.jpg", "an account": "/login", "a day of a calendar": "/events/2031/05/17", "a twin": "http://m.a.test/one",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, m := newWorld(t), newMemory()
				defer w.close()
				w.serve("a.test", static(map[string]string{"/": article("Front", "/one"), "/one": article("One", link)}))
				w.crawl(t, m, Options{}, source("http://a.test"))
				if visit, _, _ := m.Visit("http://a.test/one"); visit.Onward {
					t.Errorf("%s leads on", link)
				}
			})
		})
	}
}

// TestTheNextNightGoesOnWhereThePathWasTooLong has a site of which no page changes, so
// that a page which were asked whether it did would show no links.
func TestTheNextNightGoesOnWhereThePathWasTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(map[string]string{
			"/": article("Front", "/one"), "/one": article("One", "/two"), "/two": article("Two", "/three"), "/three": article("Three", "/four"), "/four": article("Four"),
		}))
		for night, want := range []ewgwatch.Outcome{"", ewgwatch.New, ewgwatch.Unchanged} {
			w.crawl(t, m, Options{}, source("http://a.test"))
			if read := outcomes(m.take())["http://a.test/four"]; read != want {
				t.Errorf("night %d: /four is %q, want %q", night, read, want)
			}
			<-time.After(10 * 24 * time.Hour)
		}
		if visit, _, _ := m.Visit("http://a.test/three"); visit.Onward {
			t.Error("/three leads on still, with nothing behind it that is not known")
		}
	})
}

// TestWhatIsReadForItsLinksAloneWaitsForWhatIsNew has a site with more pages than the
// budget of a night, so that none ever sees all. What was read an hour ago on the
// topic is read again for what it may hide, but not instead of the news.
func TestWhatIsReadForItsLinksAloneWaitsForWhatIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		pages := map[string]string{"/": article("Front", "/topic-a", "/topic-b"), "/topic-a": article("A", "/a1", "/a2"), "/topic-b": article("B", "/b1", "/b2")}
		w.serve("a.test", static(pages))
		s := source("http://a.test")
		s.MaxPages = 3
		options := Options{Score: func(_, url string) int { return strings.Count(url, "topic") }}
		w.crawl(t, m, options, s)
		m.take()
		pages["/"] = article("Front", "/topic-a", "/topic-b", "/news-a", "/news-b")
		pages["/news-a"], pages["/news-b"] = article("News"), article("More news")
		<-time.After(time.Hour)
		w.crawl(t, m, options, s)
		read := outcomes(m.take())
		for _, page := range []string{"/news-a", "/news-b"} {
			if read["http://a.test"+page] != ewgwatch.New {
				t.Errorf("%s was not read, want the news before what is known", page)
			}
		}
	})
}

// TestAChangeMakesDueWhatWasToBeReadForItsLinks tells of it as a feed does.
func TestAChangeMakesDueWhatWasToBeReadForItsLinks(t *testing.T) {
	f, last := newFrontier(), time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)
	f.push(entry{url: "http://a.test/known", rank: rankPage, known: true, score: 3, again: last})
	f.push(entry{url: "http://a.test/new", rank: rankPage})
	f.push(entry{url: "http://a.test/known", rank: rankPage, score: 5, at: last.Add(-time.Hour)})
	if first := f.waiting[0].url; first != "http://a.test/new" {
		t.Errorf("%s comes first before it changed", first)
	}
	f.push(entry{url: "http://a.test/known", rank: rankPage, at: last.Add(time.Hour)})
	if first := f.waiting[0].url; first != "http://a.test/known" {
		t.Errorf("%s comes first, want what changed", first)
	}
}
