package crawler

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
)

// leafed is a site with two sections of ten listing pages each; only the second
// page of "war" names something on the topic. It returns the listing pages that
// a crawl with this budget asked for.
func leafed(t *testing.T, budget int, o Options) []string {
	t.Helper()
	var got []string
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(rw http.ResponseWriter, r *http.Request) {
			section := strings.Trim(r.URL.Path, "/")
			page, err := strconv.Atoi(r.URL.Query().Get("p"))
			if err != nil {
				page = 1
			}
			var links strings.Builder
			for i := range 5 {
				title := "What the day brought to the capital and its people"
				if section == "war" && page == 2 && i == 3 {
					title = "The exercise on the topic that everybody waited for"
				}
				fmt.Fprintf(&links, "<p><a href=/%s-story/%d>%s</a></p>", section, 1000*page+i, title)
			}
			switch {
			case section == "":
				links.WriteString("<a href=/war>War</a> <a href=/peace>Peace</a>")
			case page < 10 && !strings.Contains(section, "story"):
				fmt.Fprintf(&links, "<a href='/%s?p=%d'>Next</a>", section, page+1)
			case strings.Contains(section, "story"):
				links.Reset()
			}
			io.WriteString(rw, "<!doctype html><title>Page</title>"+links.String()+strings.Repeat("words ", 100))
		}))
		o.MaxPages, o.Delay = budget, -1
		o.Score = func(anchor, _ string) int {
			if strings.Contains(anchor, "on the topic") {
				return likelyTopic
			}
			return 0
		}
		w.crawl(t, m, o, source("http://a.test"))
		for _, path := range w.paths() {
			if !strings.Contains(path, "story") && path != "/" {
				got = append(got, path)
			}
		}
	})
	return got
}

func TestAListingThatNamesTheTopicIsLeafedOnThrough(t *testing.T) {
	got := leafed(t, 16, Options{})
	if len(got) < 10 || got[0] != "/war" || got[1] != "/peace" {
		t.Fatalf("asked for %q, want both sections first", got)
	}
	war, peace := 0, 0
	for _, path := range got {
		if strings.HasPrefix(path, "/war") {
			war++
		} else {
			peace++
		}
	}
	if war <= maxBare || peace > maxBare+1 || !slices.Contains(got, "/war?p=5") {
		t.Errorf("leafed %d pages of war and %d of peace: %q", war, peace, got)
	}
}
