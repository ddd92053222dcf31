package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// survey is what one walk over the tree notes for the later steps.
type survey struct {
	lang      string
	base      string
	title     string
	canonical string
	metas     map[string][]string // lower-case name, property, itemprop or http-equiv to contents, in order
	scripts   []*html.Node        // JSON-LD
	states    []*html.Node        // scripts that may hold the page's state as JSON
	h1s       []*html.Node
	subheads  []*html.Node // h2 and h3
	headings  []*html.Node // whose class names the headline
	loud      []loudLine   // in large letters, on pages from before headings had a meaning
	links     int
	times     []*html.Node
	items     map[string][]*html.Node // itemprop to elements
	authors   []*html.Node            // rel=author
	profiles  []*html.Node            // links to an author's page
	classed   []*html.Node            // elements whose class names a byline or a date
	order     map[*html.Node]int      // position of the elements above
}

// Caps on what a page says of itself: a title in bytes, a value in bytes,
// headings that may be the title.
const (
	titleCap   = 2000
	valueCap   = 10_000
	headingCap = 20
	clueCap    = 1000 // elements whose class names a date or a byline, and <time>
)

// surveyOf walks the tree once.
func surveyOf(root *html.Node) survey {
	s := survey{metas: map[string][]string{}, items: map[string][]*html.Node{}, order: map[*html.Node]int{}}
	position := 0
	for n := range root.Descendants() {
		position++
		if n.Type == html.ElementNode {
			s.note(n, position)
		}
	}
	return s
}

func (s *survey) note(n *html.Node, position int) {
	switch n.DataAtom {
	case atom.Html:
		s.lang = firstOf(s.lang, attr(n, "lang"), attr(n, "xml:lang"))
	case atom.Base:
		s.base = firstOf(s.base, attr(n, "href"))
	case atom.Title:
		if s.title == "" && !inside(n, atom.Svg) {
			s.title = squeeze(clipBytes(textOf(n), titleCap))
		}
	case atom.Meta:
		s.noteMeta(n)
	case atom.Link:
		if hasWord(attr(n, "rel"), "canonical") {
			s.canonical = firstOf(s.canonical, attr(n, "href"))
		}
	case atom.Script:
		s.noteScript(n)
		return
	case atom.H1:
		s.h1s = s.noteHeading(s.h1s, n, position)
	case atom.H2, atom.H3:
		s.noteAttributes(n, position)
		s.subheads = s.noteHeading(s.subheads, n, position)
		return
	case atom.A:
		s.links++
	case atom.Font:
		s.noteLoud(n)
	case atom.Time:
		if len(s.times) >= clueCap {
			return
		}
		s.times = append(s.times, n)
		s.order[n] = position
	}
	s.noteAttributes(n, position)
}

func (s *survey) noteHeading(all []*html.Node, n *html.Node, position int) []*html.Node {
	if len(all) >= headingCap {
		return all
	}
	s.order[n] = position
	return append(all, n)
}

// loudLine is a line in large letters.
type loudLine struct {
	node  *html.Node
	links int // before it on the page
}

func (s *survey) noteLoud(n *html.Node) {
	size := strings.TrimPrefix(attr(n, "size"), "+")
	loud := size >= "4" && size <= "7" || size != attr(n, "size") && size >= "1"
	if loud && len(size) == 1 && len(s.loud) < headingCap && !inside(n, atom.A) {
		s.loud = append(s.loud, loudLine{n, s.links})
	}
}

func (s *survey) noteMeta(n *html.Node) {
	content := squeeze(clipBytes(attr(n, "content"), valueCap))
	if content == "" {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if key == "itemprop" && !inside(n, atom.Head) {
			continue // of the element it stands in, not of the page
		}
		if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" {
			s.metas[name] = append(s.metas[name], content)
		}
	}
}

func (s *survey) noteScript(n *html.Node) {
	kind := strings.ToLower(attr(n, "type"))
	if strings.Contains(kind, "ld+json") {
		s.scripts = append(s.scripts, n)
		return
	}
	if isState(n, kind) {
		s.states = append(s.states, n)
	}
}

// noteAttributes notes an element for its itemprop, rel or class.
func (s *survey) noteAttributes(n *html.Node, position int) {
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop":
			for _, name := range strings.Fields(strings.ToLower(a.Val)) {
				s.items[name] = append(s.items[name], n)
			}
			s.order[n] = position
		case "rel":
			if hasWord(a.Val, "author") {
				s.authors = append(s.authors, n)
				s.order[n] = position
			}
		case "href":
			if n.DataAtom == atom.A && isAuthorLink(a.Val) {
				s.profiles = append(s.profiles, n)
				s.order[n] = position
			}
		case "class", "id", "data-component", "data-testid":
			if len(s.headings) < headingCap && n.DataAtom != atom.Body && hasRule(a.Val, headlineRule) {
				s.headings = append(s.headings, n)
			}
			if s.order[n] == 0 && len(s.classed) < clueCap && isClue(a.Val) {
				s.classed = append(s.classed, n)
				s.order[n] = position
			}
		}
	}
}

// isAuthorLink reports whether a link leads to an author's page.
func isAuthorLink(href string) bool {
	href = strings.ToLower(clipBytes(href, 300))
	for _, part := range []string{"/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/autores/", "/penulis/", "/reporter/", "/writer/", "/journalist/", "/profile/author", "/by/", "/tac-gia/", "/contributors/", "/people/"} {
		if strings.Contains(href, part) {
			return true
		}
	}
	return false
}

// isClue reports whether a class or id may name a byline or a date.
func isClue(class string) bool {
	if len(class) > 300 {
		return false
	}
	class = strings.ToLower(class)
	for _, clue := range []string{"author", "byline", "writer", "reporter", "date", "datum", "dato", "time", "publish", "posted", "created", "autor", "journalist", "verfasser", "fecha", "tanggal", "meta", "post-footer", "entry-footer"} {
		if strings.Contains(class, clue) {
			return true
		}
	}
	return false
}

// meta returns the first content under any of names, tried in order.
func (s *survey) meta(names ...string) string {
	for _, name := range names {
		if all := s.metas[name]; len(all) > 0 {
			return all[0]
		}
	}
	return ""
}
