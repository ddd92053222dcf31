package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// furniture is what sites set around an article, in ways of marking it up that
// name it and in ways that do not.
var furniture = []struct{ name, top, inside, bottom string }{
	{"menu without nav", `<div id="hd"><a href="/">Home</a> <a href="/th">Thailand</a> <a href="/sg">Singapore</a> <a href="/asean">ASEAN</a></div>`, ``, ``},
	{"menu as list", `<ul><li><a href="/">Home</a></li><li><a href="/w/cn">China</a></li><li><a href="/w/vn">Vietnam</a></li></ul>`, ``, ``},
	{"menu as table", `<table><tr><td><a href="/">Home</a></td><td><a href="/jp">Japan</a></td><td><a href="/kr">Korea</a></td></tr></table>`, ``, ``},
	{"marquee", `<marquee>SINGAPORE: A mining story follows in the ticker of this site, and Laos joins an exercise as an observer.</marquee>`, ``, ``},
	{"ticker", `<div class="ticker-wrap"><div class="ticker-item">BREAKING Japan and Thailand sign a trade pact after two years of talks in Bangkok.</div></div>`, ``, ``},
	{"unnamed headlines", ``, ``, `<div><h3>Latest</h3><p><a href="/1">Japan and Thailand sign trade pact in Bangkok</a></p><p><a href="/2">Laos joins Cobra Gold as observer for the first time</a></p><p><a href="/3">Brunei buys two patrol ships from Singapore</a></p></div>`},
	{"teasers", ``, ``, `<section class="more-stories"><h2>More from Asia</h2><div class="card"><h3><a href="/1">Japan and Thailand sign trade pact</a></h3><p>The pact was signed in Bangkok on Monday by the two ministers of trade.</p></div><div class="card"><h3><a href="/2">Laos joins Cobra Gold</a></h3><p>Laos sent four officers to watch the largest exercise of the region this year.</p></div></section>`},
	{"unnamed teasers", ``, ``, `<div class="row2"><div class="c4"><h4><a href="/1">Japan and Thailand sign trade pact</a></h4><p>The pact was signed in Bangkok on Monday by the two ministers of trade.</p></div><div class="c4"><h4><a href="/2">Laos joins Cobra Gold</a></h4><p>Laos sent four officers to watch the largest exercise of the region this year.</p></div></div>`},
	{"teaser articles", ``, ``, `<article><h3><a href="/1">Japan and Thailand sign trade pact</a></h3><p>The pact was signed in Bangkok on Monday by the two ministers of trade.</p></article><article><h3><a href="/2">Laos joins Cobra Gold</a></h3><p>Laos sent four officers to watch the largest exercise of the region this year.</p></article>`},
	{"related inside", ``, `<div class="related-box"><h4>Related</h4><p><a href="/1">Japan and Thailand sign trade pact</a></p></div>`, ``},
	{"related list inside", ``, `<ul><li><a href="/1">Japan and Thailand sign trade pact</a></li><li><a href="/2">Laos joins Cobra Gold as observer</a></li></ul>`, ``},
	{"read also inside", ``, `<p><strong>READ ALSO:</strong> <a href="/1">Japan and Thailand sign trade pact</a></p>`, ``},
	{"picture inside", ``, `<div class="photo"><img src="a.jpg"><span>Soldiers of Singapore and Malaysia at an exercise in 2019. (File photo)</span></div>`, ``},
	{"newsletter inside", ``, `<div class="inline-newsletter"><h4>Asia Daily</h4><p>News of Japan, China and Thailand in your inbox each morning.</p><form><input name="email"><button>Subscribe</button></form></div>`, ``},
	{"advertisement inside", ``, `<div class="ad-slot"><p>Advertisement</p><p>Fly to Singapore for less with an airline of your choice, from 99 dollars.</p></div>`, ``},
	{"footer without tag", ``, ``, `<div id="footer"><p>Offices in Singapore, Jakarta and Bangkok. Published by Example Media of Manila since 1999.</p></div>`},
	{"copyright line", ``, ``, `<p>Copyright © 2026 The Daily Example, Singapore. All rights reserved.</p>`},
	{"cookie bar", `<div class="cookie-consent"><p>We and our partners in Singapore and Japan use cookies to make this site work for you.</p></div>`, ``, ``},
	{"sidebar", ``, ``, `<div class="sidebar"><h3>Most read</h3><ol><li><a href="/1">Japan and Thailand sign trade pact</a></li></ol><p>Weather: Bangkok 32 degrees, Singapore 30 degrees, Jakarta 31 degrees and rain in the evening.</p></div>`},
	{"comments", ``, ``, `<div class="comments"><div class="comment"><p>Vietnam should have stayed at home as well, if you ask me, and so should Brunei.</p></div></div>`},
	{"share and tags", ``, `<div class="share-tools"><a href="#">Share</a> <a href="#">Tweet</a></div>`, `<div class="tags"><a href="/t/jp">Japan</a> <a href="/t/th">Thailand</a></div>`},
	{"author box", ``, ``, `<div class="about-author"><h4>About the author</h4><p>Jane Example writes on Indonesia, Malaysia and the Philippines from her home in Singapore.</p></div>`},
	{"previous and next", ``, ``, `<div class="post-navigation"><a href="/p">Singapore buys submarines</a> <a href="/n">Japan opens an embassy</a></div>`},
	{"site map", ``, ``, `<div><div><b>Countries</b><br><a href="/bn">Brunei</a><br><a href="/kh">Cambodia</a><br><a href="/id">Indonesia</a></div><div><b>About</b><br><a href="/a">Contact</a></div></div>`},
}

// frames are ways of setting an article in a page, from much markup to none.
var frames = []struct {
	name string
	set  func(source string) string
}{
	{"outside main", func(s string) string { return strings.Replace(s, "</main>", "</main>BOTTOM", 1) }},
	{"inside main", func(s string) string {
		return strings.NewReplacer("<body>TOP", "<body>", "<main>", "<main>TOP", "</main>", "BOTTOM</main>").Replace(s)
	}},
	{"only divs", func(s string) string {
		return strings.NewReplacer("<main>", "<div>", "</main>", "</div>BOTTOM", "<article>", "<div>", "</article>", "</div>").Replace(s)
	}},
	{"no frame", func(s string) string {
		return strings.NewReplacer("<main>", "", "</main>", "BOTTOM", "<article>", "", "</article>", "").Replace(s)
	}},
}

// furnish sets furniture around and in the article of a plain page, whose
// article element stands in main.
func furnish(source string, frame func(string) string, top, inside, bottom string) string {
	source = frame(strings.Replace(source, "<body>", "<body>TOP", 1))
	source = strings.NewReplacer("TOP", top, "BOTTOM", bottom).Replace(source)
	if i := strings.Index(source, "</h1>"); inside != "" && i >= 0 {
		i += strings.Index(source[i:], "</p>") + len("</p>")
		source = source[:i] + inside + source[i:]
	}
	return source
}

var plainStories = map[string]string{
	"english":   strings.NewReplacer("<article>", "<main><article>", "</article>", "</article></main>").Replace(story("", "")),
	"chinese":   `<html lang="zh"><head><title>东盟反恐专家组举行会议</title></head><body><main><article><h1>东盟反恐专家组举行会议</h1><p>缅甸与俄罗斯牵头召开了东盟反恐进程的规划会议，会议以线上线下结合的方式举行。</p><p>缅甸、越南、柬埔寨、中国、泰国和老挝的代表团到场出席。</p><p>会上先由共同主席国的官员致辞，随后各成员讨论反恐合作。</p></article></main></body></html>`,
	"thai":      `<html lang="th"><head><title>คณะผู้แทนไทยเข้าร่วมประชุม</title></head><body><main><article><h1>คณะผู้แทนไทยเข้าร่วมประชุม</h1><p>คณะผู้แทนไทยเข้าร่วมการประชุมวางแผนการฝึกต่อต้านการก่อการร้าย ณ กรุงเนปยีดอ เมื่อวันจันทร์ที่ผ่านมา</p><p>ที่ประชุมเห็นชอบสถานที่และกำหนดการฝึกภาคสนามในเดือนกันยายน</p></article></main></body></html>`,
	"russian":   `<html lang="ru"><head><title>Учения начались в Мьянме</title></head><body><main><article><h1>Учения начались в Мьянме</h1><p>МОСКВА, 3 августа. В Мьянме началась командно-штабная тренировка по противодействию терроризму с участием одиннадцати стран.</p><p>Сингапур и Япония в тренировке не участвуют, уточнили в ведомстве.</p></article></main></body></html>`,
	"two lines": `<html lang="en"><head><title>Japan stays away</title></head><body><main><article><h1>Japan stays away</h1><p>Japan did not attend the exercise, its ministry said.</p><p>It gave no reason.</p></article></main></body></html>`,
}

func TestAnyFurnitureAroundAStoryChangesNothing(t *testing.T) {
	for language, source := range plainStories {
		for _, frame := range frames {
			want := mustParse(t, furnish(source, frame.set, "", "", ""), Options{}).Text
			if len(want) < 70 {
				t.Fatalf("%s: the plain story reads %q", language, want)
			}
			for _, f := range furniture {
				t.Run(language+"/"+frame.name+"/"+f.name, func(t *testing.T) {
					have := mustParse(t, furnish(source, frame.set, f.top, f.inside, f.bottom), Options{})
					if diff := cmp.Diff(want, have.Text); diff != "" {
						t.Errorf("text (-plain +furnished):\n%s", diff)
					}
				})
			}
		}
	}
}

func TestAnyFurnitureAroundAPageOnTheTopicChangesNothing(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(sharedTopic, "plain", "*.html"))
	if err != nil || len(names) == 0 {
		t.Skip("no pages on the topic on this machine")
	}
	for i, name := range names {
		if raceEnabled && i%8 != 0 {
			continue // a race build is too slow for all
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, frame := range frames {
			want := mustParse(t, furnish(string(source), frame.set, "", "", ""), Options{}).Text
			for _, f := range furniture {
				have := mustParse(t, furnish(string(source), frame.set, f.top, f.inside, f.bottom), Options{})
				if diff := cmp.Diff(want, have.Text); diff != "" {
					t.Errorf("%s %s with %s (-plain +furnished):\n%s", filepath.Base(name), frame.name, f.name, diff)
				}
			}
		}
	}
}
