package crawler

import (
	"slices"
	"strings"

	"github.com/gocolly/colly/v2"
)

// link is one link of a page, resolved against its base.
type link struct {
	url    string // as resolved; not yet canonical
	anchor string // its text, white space folded
	next   bool   // leads to the next page of a listing
	feed   bool   // an alternate of the page that is a feed
}

const (
	maxAnchor = 300  // bytes of an anchor's text
	maxLinks  = 5000 // of one page; the rest is passed over
)

func (b *browser) watchLinks() {
	add := func(e *colly.HTMLElement, address string, l link) {
		if len(b.tap.visit.links) >= maxLinks {
			return
		}
		if l.url = e.Request.AbsoluteURL(strings.TrimSpace(address)); l.url != "" {
			b.tap.visit.links = append(b.tap.visit.links, l)
		}
	}
	b.collector.OnHTML("a[href], area[href]", func(e *colly.HTMLElement) {
		anchor := fold(e.Text)
		if anchor == "" {
			anchor = fold(e.Attr("title") + " " + e.ChildAttr("img[alt]", "alt"))
		}
		add(e, e.Attr("href"), link{anchor: anchor, next: isNext(e.Attr("rel"), anchor)})
	})
	b.collector.OnHTML("link[href][rel]", func(e *colly.HTMLElement) {
		rel := strings.Fields(strings.ToLower(e.Attr("rel")))
		switch {
		case slices.Contains(rel, "alternate") && slices.Contains(feedTypes, mediaType(e.Attr("type"))):
			add(e, e.Attr("href"), link{anchor: fold(e.Attr("title")), feed: true})
		case slices.Contains(rel, "next"):
			add(e, e.Attr("href"), link{next: true})
		}
	})
	b.collector.OnHTML("frame[src]", func(e *colly.HTMLElement) { add(e, e.Attr("src"), link{}) })
	b.collector.OnHTML("meta[http-equiv][content]", func(e *colly.HTMLElement) {
		if address, ok := refresh(e.Attr("http-equiv"), e.Attr("content")); ok {
			add(e, address, link{})
		}
	})
}

var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}

// fold cuts a text to maxAnchor bytes and folds its white space.
func fold(text string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(text) {
		if b.Len()+len(word) > maxAnchor {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// nextWords are what links to the next page of a listing say, in the languages
// of the region.
var nextWords = []string{"next", "next page", "next »", "next ›", "next >", "older", "older posts", "»", "›", ">", ">>",
	"下一页", "下一頁", "次へ", "次のページ", "다음", "다음 페이지", "berikutnya", "selanjutnya", "seterusnya", "ถัดไป", "หน้าถัดไป",
	"tiếp", "trang sau", "tiếp theo", "នៅបន្ទាប់", "ຕໍ່ໄປ", "နောက်တစ်ခု", "susunod", "следующая", "вперед", "seguinte", "próximo"}

func isNext(rel, anchor string) bool {
	return slices.Contains(strings.Fields(strings.ToLower(rel)), "next") ||
		slices.Contains(nextWords, strings.ToLower(anchor))
}

// refresh reads <meta http-equiv="refresh" content="0; url=…">.
func refresh(name, content string) (string, bool) {
	if !strings.EqualFold(strings.TrimSpace(name), "refresh") {
		return "", false
	}
	_, after, ok := strings.Cut(content, ";")
	key, address, named := strings.Cut(after, "=")
	if !ok || !named || !strings.EqualFold(strings.TrimSpace(key), "url") {
		return "", false
	}
	return strings.Trim(address, ` '"`), true
}
