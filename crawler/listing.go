package crawler

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"ewgwatch/internal/plain"
)

// standing is how much a link of a listing looks like one to an article, by the
// company it keeps on its page.
type standing int

const (
	navigation standing = iota - 1 // a short word and a short path
	unclear
	likely
	story
	onward // the next page of the listing, before all it lists
)

const (
	crowd     = 3  // links of one class that make it one
	longTitle = 24 // columns that headlines have and sections have not
)

// standings learns from the links of one page which classes of them lead to
// articles: several links alike, with long texts or with numbers or titles in
// their paths. The result is by the link's URL.
func standings(links []link) map[string]standing {
	page := pageOfLinks{widest: map[string]int{}, classes: map[string]*linkClass{}}
	for _, l := range links {
		page.add(l)
	}
	found := map[string]standing{}
	for _, class := range page.classes {
		median := class.median(page.widest)
		for _, address := range class.urls {
			found[address] = class.standing(page.widest[address], median)
		}
	}
	for _, l := range links {
		if l.next {
			found[l.url] = onward
		}
	}
	return found
}

// pageOfLinks sorts the links of a page by class.
type pageOfLinks struct {
	widest  map[string]int // columns of the longest text a URL is linked with
	classes map[string]*linkClass
}

func (p *pageOfLinks) add(l link) {
	if l.rel != "" || l.feed {
		return
	}
	width, again := p.widest[l.url]
	p.widest[l.url] = max(width, plain.Width(l.anchor))
	if again {
		return
	}
	u, err := url.Parse(l.url)
	if err != nil {
		return
	}
	name, marked, segments := classOf(u)
	if p.classes[name] == nil {
		p.classes[name] = &linkClass{marked: marked, segments: segments}
	}
	p.classes[name].urls = append(p.classes[name].urls, l.url)
}

// linkClass is the links of a page whose URLs are alike.
type linkClass struct {
	marked   bool // the path or query holds a number or a title
	segments int  // of the path
	urls     []string
}

// standing is that of a link with a text of so many columns, in a class with
// this median of them.
func (c *linkClass) standing(width, median int) standing {
	crowded, titled := len(c.urls) >= crowd, median >= longTitle
	switch {
	case crowded && titled && c.marked && width >= longTitle:
		return story
	case crowded && titled && (c.marked || width >= longTitle), c.marked && (width >= longTitle || crowded && c.segments > 1 && width == 0):
		return likely
	case !c.marked && width < longTitle && c.segments <= 2:
		return navigation
	}
	return unclear
}

// median is that of the widths of the class.
func (c *linkClass) median(widest map[string]int) int {
	widths := make([]int, 0, len(c.urls))
	for _, address := range c.urls {
		widths = append(widths, widest[address])
	}
	slices.Sort(widths)
	return widths[len(widths)/2]
}

// classOf is a URL with numbers and titles left out: "a.test/news/#/#/~". marked
// reports whether it holds any.
func classOf(u *url.URL) (name string, marked bool, segments int) {
	class := []string{u.Host}
	for segment := range strings.SplitSeq(strings.Trim(u.Path, "/"), "/") {
		kind := kindOfSegment(segment)
		class = append(class, kind)
		marked = marked || kind != segment
		segments++
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		parameter, value, _ := strings.Cut(part, "=")
		if isID(value) && !slices.Contains(pageParameters, strings.ToLower(parameter)) {
			marked, value = true, "#"
		}
		class = append(class, parameter+"="+value)
	}
	return strings.Join(class, "/"), marked, segments
}

// pageParameters count pages of a listing and name no article.
var pageParameters = []string{"page", "p", "paged", "pg", "start", "offset", "page_no", "pageno", "pageindex"}

// kindOfSegment stands for a segment of a path: # for a number, ~ for a title,
// with their file extension; else it is the segment itself.
func kindOfSegment(segment string) string {
	extension := path.Ext(segment)
	if len(extension) > 6 {
		extension = ""
	}
	name := strings.TrimSuffix(segment, extension)
	switch {
	case isID(name):
		return "#" + extension
	case isTitle(name):
		return "~" + extension
	}
	return segment
}

// isID knows what is digits for the half of it: 12345, 2026-11-23, t20261123_4567.
func isID(s string) bool {
	digits := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			digits++
		}
	}
	return digits > 0 && 2*digits >= len(s)
}

// isTitle knows three-words-or-more, and long words of other scripts.
func isTitle(s string) bool {
	return strings.Count(s, "-")+strings.Count(s, "_")+strings.Count(s, " ") >= 2 || plain.Width(s) >= longTitle
}
