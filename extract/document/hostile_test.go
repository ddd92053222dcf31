package document

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// hostile pages are what a crawler meets by accident or by malice.
func hostilePages() map[string]string {
	rep := strings.Repeat
	page := func(body string) string {
		return `<html lang="en"><head><title>Hostile</title><meta name="date" content="2023-08-25"></head><body><h1>Hostile</h1>` + body + "</body></html>"
	}
	links := strings.Builder{}
	dates := strings.Builder{}
	paragraphs := strings.Builder{}
	for i := range 40_000 {
		n := strconv.Itoa(i)
		if i < 30_000 {
			links.WriteString(`<a href="/a` + n + `">A headline of some length number ` + n + `</a> `)
		}
		if i < 20_000 {
			dates.WriteString(`<span class="date">2023-08-` + n + `</span><time datetime="2023-08-01">1</time>`)
		}
		paragraphs.WriteString("<p>Paragraph " + n + " says, as the others do, that nothing new was said.</p>")
	}
	return map[string]string{
		"nested tags":         page(rep("<div>", 100_000) + "<p>The text at the bottom of the well.</p>"),
		"nested inline":       page(rep("<b><i>", 60_000) + "text"),
		"nested 500 deep":     page(rep("<div>", 500) + "<p>The text at the bottom of the well.</p>"),
		"paragraphs":          page(paragraphs.String()),
		"one paragraph":       page("<p>" + rep("many words, and more of them. ", 170_000) + "</p>"),
		"one tag":             page(`<p data-x="` + rep("x", 5<<20) + `">text</p>`),
		"one tag, attributes": page("<p " + rep("a=1 ", 1<<20) + ">text</p>"),
		"one tag, names":      page("<p " + distinctAttributes(100_000) + ">text</p>"),
		"one class":           page(`<div class="` + rep("share ", 800_000) + `">text</div>`),
		"spans":               page(rep("<span>word </span>", 100_000)),
		"links":               page(links.String()),
		"breaks":              page(rep("line<br><br>", 20_000)),
		"dates":               page(dates.String()),
		"tables":              page(rep("<table><tr><td>", 400) + "x"),
		"cells":               page("<table><tr>" + rep("<td>cell", 20_000) + "</table>"),
		"unclosed anchors":    page(rep("<a href=x>", 20_000) + "x"),
		"json-ld":             page(`<script type="application/ld+json">` + rep("[", 2_000_000) + "</script><p>text</p>"),
		"json-ld objects":     page(`<script type="application/ld+json">[` + rep(`{"@type":"NewsArticle","author":{"name":"A"},"datePublished":"2023"},`, 30_000) + "0]</script><p>text</p>"),
		"json-ld comment":     page(`<script type="application/ld+json">` + rep("/*", 1_000_000) + "</script><p>text</p>"),
		"state":               page(`<script id="__NEXT_DATA__">{"title":"Hostile","a":` + rep(`["a word and a word and a word and more",`, 20_000) + "</script><p>text</p>"),
		"headings":            page(rep("<h1>Hostile "+rep("x", 200)+"</h1>", 10_000)),
		"title":               "<title>" + rep(" | x", 1_000_000) + "</title><p>text",
		"list items":          page("<ul>" + rep("<li><a href=x>An item of the list</a>", 20_000) + "</ul>"),
		"comments":            page(rep("<!-- x -->", 100_000) + "<p>text</p>"),
		"no tags":             rep("plain text without any markup. ", 100_000),
		"invalid utf-8":       page("<p>" + rep("\xff\xfe", 500_000) + "</p>"),
		"entities":            page("<p>" + rep("&amp;&nbsp;&#x41;", 200_000) + "</p>"),
	}
}

func distinctAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a" + strconv.Itoa(i) + "=1 ")
	}
	return b.String()
}

// Limits of the issue; a race build is several times slower.
const (
	worstTime  = 500 * time.Millisecond
	worstBytes = 150 << 20
)

func TestHostilePagesAreReadInTimeAndMemory(t *testing.T) {
	for name, source := range hostilePages() {
		t.Run(name, func(t *testing.T) {
			defer debug.SetGCPercent(debug.SetGCPercent(50))
			doc, spent, used := measure(t, source)
			for range 3 { // the machine may be busy with other things
				if raceEnabled || spent <= worstTime {
					break
				}
				doc, spent, used = measure(t, source)
			}
			t.Logf("%v, %d MB, method %q, %d bytes of text", spent, used>>20, doc.Method, len(doc.Text))
			if !utf8.ValidString(doc.Text) || !utf8.ValidString(doc.Title) {
				t.Error("the text is not valid UTF-8")
			}
			if raceEnabled {
				return
			}
			if spent > worstTime {
				t.Errorf("took %v, want at most %v", spent, worstTime)
			}
			if used > worstBytes {
				t.Errorf("used %d MB, want at most %d", used>>20, worstBytes>>20)
			}
		})
	}
}

// measure reads a page and returns what it took.
func measure(t *testing.T, source string) (doc Document, spent time.Duration, used uint64) {
	t.Helper()
	runtime.GC()
	peak := watchHeap(t)
	start := time.Now()
	doc, err := Parse(context.Background(), source, Options{URL: "https://news.test/a"})
	spent = time.Since(start)
	used = peak()
	if err != nil {
		t.Fatal(err)
	}
	return doc, spent, used
}

// watchHeap samples the heap until the function it returns is called, which
// gives the most that was in use above the start.
func watchHeap(t *testing.T) func() uint64 {
	t.Helper()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, most := m.HeapAlloc, uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if m.HeapAlloc > base {
				most = max(most, m.HeapAlloc-base)
			}
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-done
		return most
	}
}

func TestDoneContextStopsTheReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Parse(ctx, "<p>text</p>", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("have error %v, want %v", err, context.Canceled)
	}
}

func TestBadSelectorIsAnError(t *testing.T) {
	_, err := Parse(context.Background(), "<p>text</p>", Options{URL: "https://news.test/a", Select: "p["})
	if err == nil || !strings.Contains(err.Error(), `selector "p["`) {
		t.Errorf("have error %v, want one that names the selector", err)
	}
}
