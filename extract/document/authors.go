package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readAuthors sets the authors from the first place that names any. A site
// that names itself is its own author only where no one else is named by
// markup for machines; a byline found by its class alone comes last.
func (p *page) readAuthors() {
	var itself []string
	for _, read := range []func() []string{p.linkedAuthors, p.metaAuthors, p.markedAuthors, p.profiledAuthors} {
		people, site := p.tellApart(p.distinct(read()))
		if len(people) > 0 {
			p.doc.Authors = people
			return
		}
		if itself == nil {
			itself = site
		}
	}
	for _, read := range []func() []string{p.classedAuthors, p.printedAuthors} {
		if itself == nil {
			itself = p.distinct(read())
		}
	}
	p.doc.Authors = itself
}

// tellApart parts the names of others from the site's own.
func (p *page) tellApart(names []string) (people, site []string) {
	for _, name := range names {
		if p.isSite(name) {
			site = append(site, name)
			continue
		}
		people = append(people, name)
	}
	return people, site
}

// linkedAuthors reads JSON-LD, whose names come one by one.
func (p *page) linkedAuthors() (names []string) {
	people := p.people()
	for _, o := range p.linked {
		if !o.isArticle() {
			continue
		}
		for _, key := range []string{"author", "creator"} {
			names = appendPeople(names, o[key], people, 0)
			if len(names) > 0 {
				return names
			}
		}
	}
	return nil
}

// people maps the @id of JSON-LD objects to their names, for authors that are
// only referred to.
func (p *page) people() map[string]string {
	all := map[string]string{}
	for _, o := range p.linked {
		if id := o.text("@id"); id != "" {
			all[id] = o.text("name")
		}
	}
	return all
}

// appendPeople gathers names out of strings, objects and lists of either.
func appendPeople(names []string, value any, people map[string]string, depth int) []string {
	if depth > 3 || len(names) > 30 {
		return names
	}
	switch v := value.(type) {
	case string:
		return append(names, splitNames(html.UnescapeString(v))...)
	case []any:
		for _, one := range v {
			names = appendPeople(names, one, people, depth+1)
		}
	case map[string]any:
		o := ldObject(v)
		if name := firstOf(o.text("name"), people[o.text("@id")]); name != "" {
			return append(names, splitNames(name)...)
		}
		return appendPeople(names, v["name"], people, depth+1)
	}
	return names
}

func (p *page) metaAuthors() (names []string) {
	for _, key := range []string{"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "og:article:author", "citation_author", "twitter:creator"} {
		for _, value := range p.survey.metas[key] {
			if !strings.Contains(value, "://") && !strings.HasPrefix(value, "@") {
				names = append(names, splitNames(value)...)
			}
		}
		if len(p.distinct(names)) > 0 {
			return names
		}
	}
	return nil
}

// markedAuthors reads rel=author and itemprop=author.
func (p *page) markedAuthors() (names []string) {
	for _, n := range p.survey.items["author"] {
		if name := child(n, atom.Meta); name != nil && attr(name, "content") != "" {
			names = append(names, splitNames(attr(name, "content"))...)
			continue
		}
		names = append(names, splitNames(firstOf(attr(n, "content"), p.itemName(n), textOf(n)))...)
	}
	for _, n := range p.survey.authors {
		if n.DataAtom != atom.Link {
			names = append(names, splitNames(textOf(n))...)
		}
	}
	return names
}

// profileReach is how many nodes from the title a link to an author's page is
// taken for the byline; further off it is another article's.
const profileReach = 150

func (p *page) profiledAuthors() (names []string) {
	for _, n := range p.survey.profiles {
		if p.distance(n) <= profileReach {
			names = append(names, splitNames(textOf(n))...)
		}
	}
	return names
}

// itemName returns the itemprop=name under n.
func (p *page) itemName(n *html.Node) string {
	for _, name := range p.survey.items["name"] {
		if under(name, n) {
			return textOf(name)
		}
	}
	return ""
}

// classedAuthors reads elements whose class says that they hold a byline.
func (p *page) classedAuthors() []string {
	for _, n := range p.survey.classed {
		if !isByline(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "data-component") + " " + attr(n, "data-testid")) {
			continue
		}
		text := squeeze(textOf(n))
		if text == "" || weight(text) > 200 {
			continue
		}
		if names := p.bylineNames(n); len(names) > 0 {
			return names
		}
	}
	return nil
}

// printedAuthors reads lines around the title that say they are a byline: "By
// ...", "作者：...".
func (p *page) printedAuthors() []string {
	for _, b := range p.around() {
		line := b.text
		for _, part := range parts(line) {
			if weight(part) <= 100 && stripAffixes(part) != part {
				if names := splitNames(part); len(names) > 0 {
					return names
				}
			}
		}
	}
	return nil
}

func isByline(class string) bool {
	for _, name := range strings.Fields(class) {
		for _, word := range classWords(name) {
			switch word {
			case "byline", "author", "authors", "writer", "reporter", "autor", "journalist":
				return true
			}
		}
	}
	return false
}

// bylineNames prefers the links of a byline; else its lines, dates left out.
func (p *page) bylineNames(n *html.Node) (names []string) {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A {
			names = append(names, splitNames(textOf(d))...)
		}
	}
	if len(p.distinct(names)) > 0 {
		return names
	}
	for _, b := range render(n) {
		if !looksDated(b.text) && !isRole(b.text) {
			names = append(names, splitNames(b.text)...)
		}
	}
	return names
}

// distinct drops repeats.
func (p *page) distinct(names []string) (all []string) {
	seen := map[string]bool{}
	for _, name := range names {
		if key := folded(name); key != "" && !seen[key] && len(all) < 30 {
			seen[key] = true
			all = append(all, name)
		}
	}
	return all
}
