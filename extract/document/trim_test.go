package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
		{"caption by its end", `<p>Soldiers of Singapore at the venue in June. Photo: State News Agency</p>`, ``},
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
			if how := manner(strings.Fields(line)[1]); how != opens && how != heads && how != holds && how != byline && how != ends && how != dated {
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
