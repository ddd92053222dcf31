package extract

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"ewgwatch"
)

var worst = flag.String("worst", "", "folder in which bench/worst keeps its pages; without it, none are written")

// worstPages repeat what some part of the reading looks hardest at, on a page
// that is about the group's work, so that no part is spared.
func worstPages() map[string]string {
	const megabyte = 1 << 20
	word := "Laos and Russia did not attend the counter-terrorism exercise in Moscow in August 2023. "
	return map[string]string{
		"100k nested tags":        worstPage(strings.Repeat("<div>", 100_000) + word),
		"60k nested inline tags":  worstPage(strings.Repeat("<b><i>", 30_000) + word),
		"40k paragraphs":          worstPage(numbered(40_000, "<p>Paragraph %d says, as the others do, that nothing new was said.</p>")),
		"40k paragraphs on topic": worstPage(numbered(40_000, "<p>%d: "+word+"</p>")),
		"5 MB in one tag":         worstPage("<p>" + strings.Repeat(word, 5*megabyte/len(word)) + "</p>"),
		"5 MB attribute":          worstPage(`<p title="` + strings.Repeat(word, 5*megabyte/len(word)) + `">` + word + "</p>"),
		"5 MB word":               worstPage("<p>" + strings.Repeat("x", 5*megabyte) + "</p>"),
		"5 MB word, Thai":         worstPage("<p>" + strings.Repeat("ไทย", 5*megabyte/9) + "</p>"),
		"5 MB sentence":           worstPage("<p>" + strings.Repeat("Laos and Russia, ", 5*megabyte/17) + "</p>"),
		"5 MB of digits":          worstPage("<p>" + strings.Repeat("12 ", 5*megabyte/3) + "</p>"),
		"5 MB of Chinese":         worstPage("<p>" + strings.Repeat("缅甸、俄罗斯参加了东盟防长扩大会反恐专家组演习。日本缺席。", 5*megabyte/87) + "</p>"),
		"5 MB without tags":       strings.Repeat(word, 5*megabyte/len(word)),
		"5 MB of less-than signs": worstPage(strings.Repeat("<", 5*megabyte)),
		"5 MB of entities":        worstPage("<p>" + strings.Repeat("&amp;", megabyte) + "</p>"),
		"5 MB of stray bytes":     worstPage("<p>" + strings.Repeat("\xff\xfe", 5*megabyte/2) + "</p>"),
		"30k links":               worstPage(numbered(30_000, `<a href="/a%d">Laos joins the counter-terrorism exercise, a headline of some length</a> `)),
		"20k dates":               worstPage("<p>" + numbered(20_000, "On 12 August 2023 and 3 May %d. ") + "</p>"),
		"20k date elements":       worstPage(numbered(20_000, `<span class="date">2023-08-%d</span><time datetime="2023-08-01">1</time>`)),
		"20k years":               worstPage("<p>" + strings.Repeat("2023 exercise, ", 20_000) + "</p>"),
		"20k days without a year": worstPage("<p>" + strings.Repeat("On 12 August and ", 20_000) + "</p>"),
		"60k sentences in Korean": worstPage("<p>" + strings.Repeat("러시아와 미얀마는 훈련에 참가했다. ", 60_000) + "</p>"),
		"150k words in Hindi":     worstPage("<p>" + strings.Repeat("रूस और म्यांमार ने अभ्यास में भाग लिया। ", 20_000) + "</p>"),
		"5 MB of no-break spaces": worstPage("<p>" + strings.Repeat("\u00a0", 5*megabyte/2) + "</p>" + word),
		"5 MB of closing quotes":  worstPage("<p>." + strings.Repeat("”", 5*megabyte/3) + "</p>" + word),
		"5 MB of accents":         worstPage("<p>e" + strings.Repeat("\u0301", 5*megabyte/2) + "</p>" + word),
		"20k state names":         worstPage("<p>" + strings.Repeat("Myanmar ", 20_000) + "</p>"),
		"20k states in Chinese":   worstPage("<p>" + strings.Repeat("中泰美日韩", 20_000) + "</p>"),
		"20k verbs":               worstPage("<p>" + strings.Repeat("did not attend ", 20_000) + "</p>"),
		"20k sentences":           worstPage("<p>" + strings.Repeat("Laos took part. ", 20_000) + "</p>"),
		"20k full stops":          worstPage("<p>" + strings.Repeat(". ", 20_000) + "</p>"),
		"200k text nodes":         worstPage("<p>" + strings.Repeat("a<!-- -->", 200_000) + "</p>"),
		"200k inline tags":        worstPage("<p>" + strings.Repeat("<i>a</i> ", 200_000) + "</p>"),
		"200k empty tags":         worstPage(strings.Repeat("<p></p>", 200_000) + word),
		"50k table cells":         worstPage("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td>Laos</td>", 10)+"</tr>", 5_000) + "</table>"),
		"50k rows":                worstPage("<table>" + numbered(50_000, "<tr><td>%d<td>Laos took part") + "</table>"),
		"5k nested tables":        worstPage(strings.Repeat("<table><tr><td>", 5_000) + word),
		"20k nested lists":        worstPage(strings.Repeat("<ul><li>", 20_000) + word),
		"50k list items":          worstPage("<ul>" + numbered(50_000, "<li>%d, Laos took part") + "</ul>"),
		"100k line breaks":        worstPage("<p>" + strings.Repeat("Laos took part<br><br>", 100_000) + "</p>"),
		"20k headings":            worstPage(numbered(20_000, "<h2>Exercise number %d</h2>")),
		"100k attributes":         worstPage("<p " + numbered(100_000, "a%d=1 ") + ">" + word + "</p>"),
		"5 MB script":             worstPage("<script>" + strings.Repeat(`{"a":["b",1]},`, 5*megabyte/14) + "</script><p>" + word + "</p>"),
		"5 MB page state":         worstPage(`<script id="__NEXT_DATA__" type="application/json">{"a":[` + strings.Repeat(`{"headline":"a word and a word and a word more","body":"a word and a word"},`, 5*megabyte/76) + "0]}</script><p>" + word + "</p>"),
		"5 MB JSON-LD arrays":     worstPage(`<script type="application/ld+json">` + strings.Repeat("[", 5*megabyte) + "</script><p>" + word + "</p>"),
		"5 MB JSON-LD closed":     worstPage(`<script type="application/ld+json">` + strings.Repeat("[", 5*megabyte/2) + strings.Repeat("]", 5*megabyte/2) + "</script><p>" + word + "</p>"),
		"5 MB JSON-LD objects":    worstPage(`<script type="application/ld+json">[` + strings.Repeat(`{"@type":"NewsArticle","author":{"name":"A"},"datePublished":"2023"},`, 5*megabyte/69) + "0]</script><p>" + word + "</p>"),
		"20k JSON-LD scripts":     worstPage(strings.Repeat(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"A"}</script>`, 20_000) + "<p>" + word + "</p>"),
		"20k metas":               "<head>" + numbered(20_000, `<meta property="article:published_time" content="2023-08-%d">`) + worstPage(word),
		"5 MB title":              "<title>" + strings.Repeat("Laos | ", 5*megabyte/7) + "</title>" + worstPage(word),
	}
}

func worstPage(body string) string {
	return `<html lang="en"><head><title>ADMM-Plus Experts' Working Group on Counter-Terrorism: exercise</title>` +
		`<meta name="date" content="2023-08-25"></head><body><h1>Exercise</h1>` + body + "</body></html>"
}

// numbered repeats a text with numbers in it.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestWorstWritesItsPages writes the pages for bench/worst.
func TestWorstWritesItsPages(t *testing.T) {
	if *worst == "" {
		t.Skip("for bench/worst")
	}
	for name, page := range worstPages() {
		if err := os.WriteFile(filepath.Join(*worst, name+".html"), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkWorst reads whole pages as the command does.
func BenchmarkWorst(b *testing.B) {
	pages := worstPages()
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		b.Run(name, func(b *testing.B) {
			defer debug.SetGCPercent(debug.SetGCPercent(100))
			options := Options{Now: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
			for b.Loop() {
				article, err := Article(context.Background(), ewgwatch.Page{Body: []byte(pages[name])}, options)
				if err != nil {
					b.Fatal(err)
				}
				Findings(article, options)
			}
		})
	}
}
