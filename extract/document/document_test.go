package document

import (
	"context"
	"os"
	"path/filepath"
	"slices"
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

// story is a body of three paragraphs, with before and after around it.
func story(before, after string) string {
	return `<html><head><title>Delegations meet</title></head><body><article><h1>Delegations meet</h1>` + before +
		`<p>The delegations of nine states met on Monday in the capital to plan the exercise of next year.</p>
		<p>They agreed on the place and on the dates, and they left the question of observers to their ministers.</p>
		<p>The next conference is held in spring, as the two chairs said in a statement after the meeting.</p>` + after + `</article></body></html>`
}

const storyText = `The delegations of nine states met on Monday in the capital to plan the exercise of next year.
They agreed on the place and on the dates, and they left the question of observers to their ministers.
The next conference is held in spring, as the two chairs said in a statement after the meeting.`

func TestFurnitureOfTheHostIsCutAtTheEndsOnly(t *testing.T) {
	motto := `<p>This agency has reported without fear or favour from the ten states of the region since 1975.</p>`
	plain := mustParse(t, story(motto, motto), Options{})
	if !strings.Contains(plain.Text, "without fear or favour") {
		t.Fatal("the motto is gone without any knowledge of the host")
	}
	known := map[uint64]bool{
		block{text: "This agency has reported without fear or favour from the ten states of the region since 1975."}.hash():          true,
		block{text: "They agreed on the place and on the dates, and they left the question of observers to their ministers."}.hash(): true,
	}
	doc := mustParse(t, story(motto, motto), Options{Furniture: func(h uint64) bool { return known[h] }})
	if diff := cmp.Diff(storyText, doc.Text); diff != "" {
		t.Errorf("text (-want +have):\n%s", diff)
	}
	for h := range known {
		if !slices.Contains(doc.Blocks, h) {
			t.Errorf("block %x is cut and not reported: the host's memory would forget it", h)
		}
	}
}

func TestSmallRulesTrimWhatTheyName(t *testing.T) {
	for _, tt := range []struct{ name, before, after string }{
		{"byline", `<p>By Jane Example, 3 August 2023</p>`, ``},
		{"date", `<p>03.08.2023.</p>`, ``},
		{"thai date", `<p>๓ สิงหาคม ๒๕๖๖</p>`, ``},
		{"chinese source", `<p>来源：示例社 发布时间：2023-08-03</p>`, ``},
		{"related line", ``, `<p>Read more: <a href="/x">Japan and Thailand sign trade pact</a></p>`},
		{"related list", ``, `<h3>Related stories</h3><ul><li><a href="/a">Japan and Thailand sign trade pact</a></li><li><a href="/b">Laos joins Cobra Gold</a></li></ul>`},
		{"unnamed list of links", ``, `<p><b>Great stories of this week</b></p><ul><li><a href="/a">Japan and Thailand</a> sign a pact</li><li><a href="/b">Laos joins Cobra Gold</a> as an observer</li><li><a href="/c">Brunei</a> buys ships</li></ul>`},
		{"share bar", `<div class="social-share-bar"><a href="#">Facebook</a> <a href="#">X</a></div>`, ``},
		{"caption", `<figure><img src="a.jpg"><figcaption>Soldiers of Singapore at the venue in June.</figcaption></figure>`, ``},
		{"caption by phrase", ``, `<p>Photo: State News Agency</p>`},
		{"caption beside a picture", `<div class="article-image"><img src="a.jpg"><p>Soldiers of Singapore at the venue in June.</p></div>`, ``},
		{"newsletter", ``, `<p>Sign up for our newsletter and read us every morning.</p>`},
		{"copyright", ``, `<p>Copyright 2024 State News Agency. All rights reserved.</p>`},
		{"author box", ``, `<div class="author-bio"><p>Jane Example has covered defence in Southeast Asia for twenty years, and she lives in Jakarta.</p></div>`},
		{"author's contact", ``, `<p>Jane Example is a reporter in Jakarta. Follow her on Twitter.</p>`},
		{"credit", ``, `<p>(Reporting by Jane Example; Editing by Joe Sample)</p>`},
		{"korean copyright", ``, `<p>저작권자 ⓒ 예시일보, 무단전재 및 재배포 금지</p>`},
		{"indonesian", ``, `<p>Baca juga: <a href="/x">Menhan Jepang kunjungi Jakarta</a></p>`},
		{"russian", ``, `<p>Читайте также: <a href="/x">Учения в Лаосе</a></p>`},
		{"vietnamese", ``, `<p>>> Xem thêm: <a href="/x">Singapore mua tàu ngầm</a></p>`},
		{"japanese", ``, `<h3>関連記事</h3><ul><li><a href="/x">韓国大統領が訪日へ</a></li></ul>`},
		{"tags", ``, `<p>Tags: <a href="/a">ASEAN</a>, <a href="/b">Laos</a></p>`},
		{"comments", ``, `<div id="comments"><p>I think that Singapore was there, whatever the ministry may say about it.</p></div>`},
		{"ticker", `<div class="news-ticker">SINGAPORE: A mining story follows in the site's news ticker today.</div>`, ``},
		{"tag list", ``, `<ul class="post-tags"><li>Thailand</li><li>Singapore</li></ul>`},
		{"clock", `<p>11:30</p>`, ``},
		{"heading with nothing under it", ``, `<h3>What happens now?</h3>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := mustParse(t, story(tt.before, tt.after), Options{URL: "https://news.test/a"})
			if diff := cmp.Diff(storyText, doc.Text); diff != "" {
				t.Errorf("text (-want +have):\n%s", diff)
			}
			if len(doc.Trimmed) == 0 {
				t.Error("nothing is said to be cut")
			}
		})
	}
}

func TestWhatBelongsToTheArticleStays(t *testing.T) {
	for _, tt := range []struct{ name, inside, want string }{
		{"list", `<ul><li>Brunei</li><li>Cambodia</li><li>Laos</li></ul>`, "Brunei\nCambodia\nLaos"},
		{"ordered list of one word each", `<ol><li>Brunei;</li><li>Laos.</li></ol>`, "Brunei;\nLaos."},
		{"list with links", `<p>Those who came were:</p><ul><li>the delegation of <a href="/c">China</a>, led by a general;</li><li>the delegation of India.</li></ul>`, "the delegation of China, led by a general;"},
		{"quotation", `<blockquote>“Singapore did not attend.”</blockquote>`, "“Singapore did not attend.”"},
		{"table", `<table><tr><td>Singapore</td><td>absent</td></tr><tr><td>Laos</td><td>present</td></tr></table>`, "Singapore\tabsent\nLaos\tpresent"},
		{"short last sentence", `<p>Singapore did not.</p>`, "Singapore did not."},
		{"sentence that is a link", `<p><a href="/x">Singapore's ministry did not answer requests for comment.</a></p>`, "Singapore's ministry did not answer requests for comment."},
		{"dateline", `<p>MOSCOW, August 3. /TASS/. The delegation of Singapore did not come to the conference at all.</p>`, "MOSCOW, August 3. /TASS/. The delegation"},
		{"sentence with a phrase of the list", `<p>Related to the exercise is the question, which no one has answered, of whether observers are let in, and on what terms that is to be done, if it is done at all.</p>`, "Related to the exercise"},
		{"subheading", `<h2>No sign of Singapore</h2><p>There was no sign of a delegation from Singapore, and its flag did not fly at the gate.</p>`, "No sign of Singapore\nThere was"},
		{"what was said on Twitter", `<p>The minister said on Twitter that Singapore would not attend the exercise this year.</p>`, "said on Twitter"},
		{"a journalist who is quoted", `<p>U Aung, who is a journalist in Yangon, said that Laos did not attend the exercise.</p>`, "Laos did not attend"},
		{"lettered item", `<ul><li>(a) cancel the exercise;</li><li>(c) exclude the junta.</li></ul>`, "(c) exclude the junta."},
		{"comments that were not to be had", `<p>Comments from the ministry were not available on Monday.</p>`, "Comments from the ministry"},
		{"updated plans", `<p>Updated plans show that Japan is not among the participants.</p>`, "Updated plans"},
		{"vietnamese sharing", `<p>Chia sẻ tại hội nghị, trưởng đoàn Lào cho biết sẽ tham dự.</p>`, "Chia sẻ tại hội nghị"},
		{"russian on the topic", `<p>По теме борьбы с терроризмом выступил делегат Лаоса.</p>`, "По теме борьбы"},
		{"korean press conference", `<p>기자회견에서 국방부는 불참을 밝혔다.</p>`, "기자회견에서"},
		{"definition list", `<dl><dt>Singapore</dt><dd>did not attend the conference.</dd></dl>`, "did not attend the conference."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			source := strings.Replace(story("", ""), "<p>The next", tt.inside+"<p>The next", 1)
			doc := mustParse(t, source, Options{URL: "https://news.test/a"})
			if !strings.Contains(doc.Text, tt.want) {
				t.Errorf("the text lacks %q:\n%s", tt.want, doc.Text)
			}
		})
	}
}

func TestShortFirstLineOfTheTextStays(t *testing.T) {
	for _, first := range []string{
		"记者从国防部获悉，日本未参加演习。", "Singapore did not attend.", "新加坡没有参加。", "สิงคโปร์ไม่ได้เข้าร่วมการฝึกครั้งนี้", "Сингапур не участвует.", "싱가포르는 불참했다.",
		"By Monday no one from Laos had come.", "Excellencies,",
	} {
		doc := mustParse(t, story("<p>"+first+"</p>", ""), Options{})
		if !strings.HasPrefix(doc.Text, first+"\n") {
			t.Errorf("lost %q", first)
		}
	}
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
	<meta property="article:published_time" content="2023-08-02"><meta name="DC.date.issued" content="2023-08-03"></head>
	<body><article><h1>T</h1><time datetime="2023-08-04">Friday</time><div class="date">5 August 2023</div><div class="updated-date">Updated: 8 August 2023</div>
	<p>The delegations of nine states met on Monday in the capital to plan the exercise of next year.</p></article><footer>© 2024</footer></body></html>`
	doc := mustParse(t, source, Options{URL: "https://news.test/2023/08/06/t"})
	want := []DateCandidate{
		{"2023-08-01", "json-ld", rankLinked}, {"2023-08-02", "meta", rankMeta}, {"2023-08-03", "dublin-core", rankDublin},
		{"2023-08-04", "time", rankTime}, {"5 August 2023", "visible", rankVisible}, {"2023/08/06", "url", rankURL},
		{"2023-08-09", "modified", rankModified}, {"Updated: 8 August 2023", "modified", rankModified},
	}
	if diff := cmp.Diff(want, doc.Dates); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
}

func TestEveryLineOfTheRuleFilesIsARule(t *testing.T) {
	for name, fields := range map[string]int{"markup.txt": 3, "phrases.txt": 3, "bylines.txt": 2} {
		b, err := os.ReadFile(filepath.Join("rules", name))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			n++
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if len(strings.Fields(line)) < fields {
				t.Errorf("rules/%s:%d: want %d fields or more, have %q", name, n, fields, line)
			}
			if name != "phrases.txt" {
				continue
			}
			if how := manner(strings.Fields(line)[1]); how != opens && how != heads && how != holds && how != byline {
				t.Errorf("rules/%s:%d: no manner %q", name, n, how)
			}
			if strings.ToLower(line) != line {
				t.Errorf("rules/%s:%d: want lower case, have %q", name, n, line)
			}
		}
	}
	for word, rule := range markup {
		switch rule.strength {
		case always, linky, short, few, teaser, pictured, keeps:
		default:
			t.Errorf("rules/markup.txt: %s: no strength %q", word, rule.strength)
		}
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
