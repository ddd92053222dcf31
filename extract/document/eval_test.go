package document

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/unicode/norm"
)

// sharedPages are real pages with ground truth. They are not ours to ship.
const sharedPages = "../../../shared/data/pages"

// truth is one line of their ground truth.
type truth struct {
	Source, URL, File string
	Title, Date, Text string
	Authors           []string
}

func readTruths(t testing.TB) []truth {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedPages, "ground-truth.jsonl"))
	if err != nil {
		t.Skip("no evaluation pages on this machine:", err)
	}
	defer f.Close()
	var all []truth
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var one truth
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// tuned reports whether rules may be tuned on the page; the other half checks.
func (tr truth) tuned() bool {
	h := fnv.New32a()
	h.Write([]byte(tr.File))
	return h.Sum32()>>7%2 == 0
}

func (tr truth) html(t testing.TB) string {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedPages, tr.File))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	decoded, err := charset.NewReader(bytes.NewReader(raw), "")
	if err != nil {
		return string(raw)
	}
	text, err := io.ReadAll(decoded)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// rate counts hits.
type rate struct{ hit, of float64 }

func (r *rate) add(hit bool) {
	r.of++
	if hit {
		r.hit++
	}
}

func (r *rate) percent() float64 { return 100 * r.hit / max(r.of, 1) }

// tally is what one set of pages scored.
type tally struct {
	text                        score
	title, author, first, known rate
	spent                       time.Duration
	pages                       int
}

func (f *tally) addPage(tr truth, doc Document) float64 {
	f1 := 1.0
	if tr.Text != "" {
		f1 = f.text.add(tr.Text, doc.Text)
	}
	if tr.Title != "" {
		f.title.add(sameTitle(tr.Title, doc.Title))
	}
	if len(tr.Authors) > 0 {
		f.author.add(authorHit(tr.Authors, doc.Authors))
	}
	if tr.Date != "" {
		f.first.add(len(doc.Dates) > 0 && says(doc.Dates[0].Raw, tr.Date))
		f.known.add(anySays(doc.Dates, tr.Date))
	}
	return f1
}

func sameTitle(a, b string) bool {
	flat := func(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
	return flat(a) == flat(b)
}

func authorHit(want, have []string) bool {
	for _, w := range want {
		for _, h := range have {
			if strings.EqualFold(squash(w), squash(h)) {
				return true
			}
		}
	}
	return false
}

func squash(s string) string { return strings.Join(strings.Fields(s), " ") }

var digits = regexp.MustCompile(`\d+`)

// says reports whether raw holds the day want (2023-08-25) in digits, in either
// order; enough to count, not to read dates with.
func says(raw, want string) bool {
	if strings.Contains(raw, want) || strings.Contains(raw, strings.ReplaceAll(want, "-", "")) {
		return true
	}
	year, day := want[:4], strings.TrimLeft(want[8:], "0")
	hasYear, hasDay := false, false
	for _, n := range digits.FindAllString(raw, 8) {
		hasYear = hasYear || n == year
		hasDay = hasDay || strings.TrimLeft(n, "0") == day
	}
	return hasYear && hasDay
}

func anySays(all []DateCandidate, want string) bool {
	for _, c := range all {
		if says(c.Raw, want) {
			return true
		}
	}
	return false
}

// floors are a little under what was reached, by set; "tuned" pages were looked
// at while rules were written, "checked" ones were not.
var floors = map[string]struct{ text, title, author, first float64 }{
	"scrapinghub":         {text: 0.978},
	"scrapinghub/tuned":   {text: 0.978},
	"scrapinghub/checked": {text: 0.974},
	"fundus":              {text: 0.955, title: 87, author: 89.5, first: 97.5},
	"fundus/tuned":        {text: 0.966, title: 87, author: 88.5, first: 98.5},
	"fundus/checked":      {text: 0.940, title: 86, author: 89.5, first: 96},
	"htmldate":            {first: 87.5},
	"htmldate/tuned":      {first: 88},
	"htmldate/checked":    {first: 87},
}

func TestRealPagesReachTheirFigures(t *testing.T) {
	sets := map[string]*tally{}
	for name := range floors {
		sets[name] = &tally{}
	}
	listings := 0
	for i, tr := range readTruths(t) {
		if raceEnabled && i%8 != 0 {
			continue // a race build is too slow for all
		}
		source := tr.html(t)
		start := time.Now()
		doc, err := Parse(context.Background(), source, Options{URL: tr.URL})
		spent := time.Since(start)
		if err != nil {
			t.Errorf("%s: %v", tr.File, err)
		}
		if doc.Listing && tr.Text != "" {
			listings++
			t.Logf("%s: an article taken for a listing", tr.File)
		}
		half := "/checked"
		if tr.tuned() {
			half = "/tuned"
		}
		for _, name := range []string{tr.Source, tr.Source + half} {
			sets[name].spent += spent
			sets[name].pages++
			if f1 := sets[name].addPage(tr, doc); f1 < 0.85 && half == "/tuned" && name == tr.Source {
				t.Logf("%s: text F1 %.3f (%s)", tr.File, f1, doc.Method)
			}
		}
	}
	if listings > 2 {
		t.Errorf("%d articles taken for listings, want at most 2", listings)
	}
	for name, f := range sets {
		f.hold(t, name)
	}
}

// hold prints the figures of a set and compares them with their floors.
func (f *tally) hold(t *testing.T, name string) {
	t.Helper()
	t.Logf("%-20s n=%3d text P %.3f R %.3f F1 %.3f | title %.1f%% author %.1f%% | date in the first candidate %.1f%%, in any %.1f%% | %.1f ms a page",
		name, f.pages, f.text.p/max(f.text.pages, 1), f.text.r/max(f.text.pages, 1), f.text.f1(), f.title.percent(), f.author.percent(),
		f.first.percent(), f.known.percent(), f.spent.Seconds()*1000/float64(f.pages))
	if raceEnabled {
		return // too few pages for the floors
	}
	floor := floors[name]
	for _, check := range []struct {
		what       string
		have, want float64
	}{
		{"text F1", f.text.f1(), floor.text},
		{"title exact", f.title.percent(), floor.title},
		{"author hit", f.author.percent(), floor.author},
		{"date in the first candidate", f.first.percent(), floor.first},
	} {
		if check.have < check.want {
			t.Errorf("%s: %s %.3f, want %.3f or more", name, check.what, check.have, check.want)
		}
	}
}
