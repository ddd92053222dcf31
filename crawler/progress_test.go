package crawler

import (
	"testing"
	"testing/synctest"

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
