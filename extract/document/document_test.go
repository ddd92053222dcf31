package document

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func mustParse(t *testing.T, source string, options Options) Document {
	t.Helper()
	doc, err := Parse(context.Background(), source, options)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestSelectorOverridesTheBody(t *testing.T) {
	source := `<body><div class="a"><p>A long paragraph that any tool would take for the article of this page.</p></div><div class="b"><p>Short.</p><div class="b"><p>Inner.</p></div></div></body>`
	doc := mustParse(t, source, Options{Select: ".b"})
	if doc.Text != "Short.\nInner." || doc.Method != "select" {
		t.Errorf("text %q by %s, want each line of .b once", doc.Text, doc.Method)
	}
	doc = mustParse(t, source, Options{Select: ".none"})
	if !strings.HasPrefix(doc.Text, "A long paragraph") || doc.Method == "select" {
		t.Errorf("text %q by %s, want the body by its shape where the selector picks nothing", doc.Text, doc.Method)
	}
}

func TestCanonicalIsAbsoluteAndBelievable(t *testing.T) {
	for _, tt := range []struct{ name, head, url, want string }{
		{"relative", `<link rel="canonical" href="/b?x=1#top">`, "https://news.test/a", "https://news.test/b?x=1"},
		{"og:url", `<meta property="og:url" content="https://news.test/c">`, "https://news.test/a", "https://news.test/c"},
		{"front page", `<link rel="canonical" href="https://news.test/">`, "https://news.test/a", ""},
		{"front page of the front page", `<link rel="canonical" href="https://news.test/">`, "https://news.test/", "https://news.test/"},
		{"script", `<link rel="canonical" href="javascript:alert(1)">`, "https://news.test/a", ""},
		{"nowhere", `<link rel="canonical" href="/b">`, "", ""},
		{"base", `<base href="https://other.test/x/"><link rel="canonical" href="b">`, "https://news.test/a", "https://other.test/x/b"},
		{"broken", `<link rel="canonical" href="https://[">`, "https://news.test/a", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := mustParse(t, "<html><head>"+tt.head+"</head><body><p>x</p></body></html>", Options{URL: tt.url})
			if doc.Canonical != tt.want {
				t.Errorf("have %q, want %q", doc.Canonical, tt.want)
			}
		})
	}
}

func TestTitleIsWhatTheReaderSees(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"site after a bar", `<title>Drill ends | The Paper</title><meta property="og:site_name" content="The Paper">`, "Drill ends"},
		{"site named by its host", `<title>Drill ends - Paper</title>`, "Drill ends"},
		{"a dash of its own", `<title>Drill ends - at last</title>`, "Drill ends - at last"},
		{"og:title", `<title>x</title><meta property="og:title" content="Drill ends"><h1>Drill ends</h1>`, "Drill ends"},
		{"generic title, h1", `<title>Ministry of Defence</title><h1>Drill ends after three days</h1>`, "Drill ends after three days"},
		{"og:title of the site", `<title>Drill ends</title><meta property="og:site_name" content="The Paper"><meta property="og:title" content="The Paper"><h1>Drill ends</h1>`, "Drill ends"},
		{"og:title is about something else", `<title>Drill ends after three days</title><meta property="og:title" content="Subscribe to us now"><h1>Drill ends after three days</h1>`, "Drill ends after three days"},
		{"japanese", `<title>演習終わる：例新聞デジタル</title><meta property="og:title" content="演習終わる：例新聞デジタル"><h1>演習終わる</h1>`, "演習終わる"},
		{"json-ld", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Drill &amp; parade end"}</script>`, "Drill & parade end"},
		{"none", `<p>x</p>`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if doc := mustParse(t, tt.source, Options{URL: "https://www.paper.test/a"}); doc.Title != tt.want {
				t.Errorf("have %q, want %q", doc.Title, tt.want)
			}
		})
	}
}

func TestAuthorsAreSplitAndStripped(t *testing.T) {
	for _, tt := range []struct {
		byline string
		want   []string
	}{
		{"By Jane Example and Joe Sample", []string{"Jane Example", "Joe Sample"}},
		{"Oleh: Budi Contoh", []string{"Budi Contoh"}},
		{"Oleh Budi Contoh", []string{"Budi Contoh"}},
		{"โดย สมชาย ตัวอย่าง", []string{"สมชาย ตัวอย่าง"}},
		{"记者：张三、李四", []string{"张三", "李四"}},
		{"記者王五", []string{"王五"}},
		{"김예시 기자", []string{"김예시"}},
		{"작성자: 김예시", []string{"김예시"}},
		{"Автор: Иван Пример", []string{"Иван Пример"}},
		{"Von Anna Beispiel, Max Muster", []string{"Anna Beispiel", "Max Muster"}},
		{"Tác giả: Trần Thị Mẫu", []string{"Trần Thị Mẫu"}},
		{"JANE EXAMPLE (AFP)", []string{"JANE EXAMPLE"}},
		{"Byron Example", []string{"Byron Example"}},
		{"https://paper.test/jane", nil},
		{"admin", nil},
		{"", nil},
	} {
		t.Run(tt.byline, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, splitNames(tt.byline)); diff != "" {
				t.Errorf("(-want +have):\n%s", diff)
			}
		})
	}
}

func TestLinkedDataIsReadLeniently(t *testing.T) {
	for _, tt := range []struct{ name, script string }{
		{"plain", `{"@type":"NewsArticle","headline":"H"}`},
		{"array", `[{"@type":"Organization"},{"@type":"NewsArticle","headline":"H"}]`},
		{"graph", `{"@graph":[{"@type":"WebPage","name":"W"},{"@type":["Article"],"headline":"H"}]}`},
		{"main entity", `{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"H"}}`},
		{"vocabulary's address", `{"@type":"https://schema.org/NewsArticle","headline":"H"}`},
		{"comments", "/* a */ {\"@type\":\"NewsArticle\", // b\n\"headline\":\"H\"}"},
		{"html comment", `<!-- {"@type":"NewsArticle","headline":"H"} -->`},
		{"cdata", `//<![CDATA[` + "\n" + `{"@type":"NewsArticle","headline":"H"}` + "\n" + `//]]>`},
		{"line feed in a string", "{\"@type\":\"NewsArticle\",\"description\":\"a\n\tb\",\"headline\":\"H\"}"},
		{"trailing commas", `{"@type":"NewsArticle","headline":"H","a":[1,2,],}`},
		{"escape unknown to JSON", `{"@type":"NewsArticle","x":"it\'s","headline":"H"}`},
		{"two values", `{"@type":"WebSite"}{"@type":"NewsArticle","headline":"H"}`},
		{"semicolon", `{"@type":"NewsArticle","headline":"H"};`},
		{"character references", `{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;H&quot;}`},
		{"address in a string", `{"@type":"NewsArticle","url":"https://a.test//b","headline":"H",}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			objects := readLinked([]string{tt.script})
			if len(objects) == 0 || !objects[0].isArticle() || objects[0].text("headline") != "H" {
				t.Errorf("have %v, want the article first", objects)
			}
		})
	}
}

func TestDateCandidatesStandInOrderOfTrust(t *testing.T) {
	source := `<html><head><title>T</title>
	<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-08-01","dateModified":"2023-08-09"}</script>
	<meta property="article:published_time" content="2023-08-02"><meta name="DC.date.issued" content="2023-08-03"><meta name="DC.date" content="2023-08-07"></head>
	<body><article><h1>T</h1><time datetime="2023-08-04">Friday</time><div class="date">5 August 2023</div><div class="updated-date">Updated: 8 August 2023</div>
	<p>The delegations of nine states met on Monday in the capital to plan the exercise of next year.</p></article><footer>© 2024</footer></body></html>`
	doc := mustParse(t, source, Options{URL: "https://news.test/2023/08/06/t"})
	want := []DateCandidate{
		{"2023-08-01", "json-ld", rankLinked}, {"2023-08-02", "meta", rankMeta}, {"2023-08-03", "dublin-core", rankDublin},
		{"2023-08-04", "time", rankTime}, {"2023-08-07", "dublin-core", rankVague}, {"5 August 2023", "visible", rankVisible}, {"2023/08/06", "url", rankURL},
		{"2023-08-09", "modified", rankModified}, {"Updated: 8 August 2023", "modified", rankModified},
	}
	if diff := cmp.Diff(want, doc.Dates); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.html")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	f.Add("<table><tr><td><table></td></table>\xff<p>\x00</p>")
	f.Add(`<script type="application/ld+json">{"@type":"NewsArticle","author":[[[{"name":{}}]]],"headline":["",1,{"@value":"H"}]}</script>`)
	f.Fuzz(func(t *testing.T, source string) {
		doc, err := Parse(context.Background(), source, Options{URL: "https://news.test/a", Furniture: func(h uint64) bool { return h%7 == 0 }})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append([]string{doc.Title, doc.Text, doc.Lang, doc.Canonical, doc.SiteName}, doc.Authors...) {
			if !utf8.ValidString(s) {
				t.Errorf("%q is not valid UTF-8", s)
			}
		}
		for line := range strings.Lines(doc.Text) {
			if line == "\n" || strings.Contains(line, "  ") {
				t.Errorf("line %q is empty or has two spaces in a row", line)
			}
		}
		for i := 1; i < len(doc.Dates); i++ {
			if doc.Dates[i-1].Rank > doc.Dates[i].Rank {
				t.Errorf("dates out of order: %v", doc.Dates)
			}
		}
	})
}
