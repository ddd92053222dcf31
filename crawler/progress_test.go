package crawler

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestProgressTellsOfVisitsAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(map[string]string{"/": article("Home")}))
		var got []Progress
		w.crawl(t, m, Options{Progress: func(p Progress) { got = append(got, p) }}, source("http://a.test"))
		want := []Progress{
			{Source: "a.test", URL: "http://a.test/", Outcome: ewgwatch.New, Pages: 1, Sources: 1},
			{Source: "a.test", Pages: 1, Ended: 1, Sources: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("progress (-want +got):\n%s", diff)
		}
	})
}

// TestProgressTellsWhatIsWaitedForAndHowLong reads eight pages with 10 s between
// two, and another site with 7 s.
func TestProgressTellsWhatIsWaitedForAndHowLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		w.serve("b.test", static(newsSite()))
		var got []Progress
		s := source("http://a.test")
		s.Feeds, s.Sitemaps = []string{"http://a.test/feed"}, []string{"http://a.test/sitemap.xml"}
		other := source("http://b.test")
		other.Delay = 7 * time.Second // so that the one waits while the other is read
		w.crawl(t, m, Options{Delay: 10 * time.Second, Progress: func(p Progress) { got = append(got, p) }}, s, other)
		most := Progress{}
		for _, p := range got {
			most.Waiting, most.Left = max(most.Waiting, p.Waiting), max(most.Left, p.Left)
		}
		if most.Waiting != 1 || most.Left < 10*time.Second || most.Left > 80*time.Second {
			t.Errorf("%d waiting and %v left at the most", most.Waiting, most.Left)
		}
		if last := got[len(got)-1]; last.Left != 0 || last.Waiting != 0 || last.Ended != 2 {
			t.Errorf("at the end: %+v", last)
		}
	})
}
