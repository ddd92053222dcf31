package document

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// stateBelow is the weight of text below which a page's state is looked into:
// a page that shows this much does not keep its article in a script.
const stateBelow = 1500

// stateLeast is the least weight of an article found in a state.
const stateLeast = 120

// preferHidden takes the article's text from JSON-LD, or from the state that a
// script-built page carries as JSON, where the markup holds under half of it.
func (p *page) preferHidden() {
	shown := sizeOf(p.blocks)
	if blocks := p.linkedBody(); sizeOf(blocks) > 2*shown {
		p.blocks, p.doc.Method = blocks, "json-ld"
		return
	}
	if shown >= stateBelow {
		return
	}
	if blocks := p.stateBody(); sizeOf(blocks) > max(2*shown, stateLeast) {
		p.blocks, p.doc.Method = blocks, "state"
	}
}

func (p *page) linkedBody() []block {
	for _, o := range p.linked {
		if !o.isArticle() {
			continue
		}
		for _, body := range texts(o["articleBody"]) {
			return blocksOf(body)
		}
	}
	return nil
}

// blocksOf renders a string that may hold markup; without any, its lines are
// the paragraphs.
func blocksOf(s string) []block {
	if !strings.Contains(s, "</") && !strings.Contains(s, "<br") {
		s = "<p>" + strings.ReplaceAll(html.EscapeString(html.UnescapeString(s)), "\n", "<p>")
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(s), body)
	if err != nil {
		return nil
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return render(body)
}

// isState reports whether a script may hold the page's state.
func isState(n *html.Node, kind string) bool {
	if n.FirstChild == nil {
		return false
	}
	if kind == "application/json" || attr(n, "id") == "__NEXT_DATA__" {
		return true
	}
	start := clipBytes(strings.TrimSpace(n.FirstChild.Data), 200)
	for _, name := range []string{"__NUXT__", "__INITIAL_STATE__", "__PRELOADED_STATE__", "__APOLLO_STATE__", "__DATA__", "__STATE__", "Fusion.globalContent", "__NEXT_DATA__"} {
		if strings.Contains(start, name) {
			return true
		}
	}
	return false
}

// stateBody returns the largest text under an object of the state that bears
// the page's title.
func (p *page) stateBody() []block {
	budget := jsonCap
	best := ""
	for _, n := range p.survey.states {
		script := n.FirstChild.Data
		if budget -= len(script); budget < 0 {
			break
		}
		s := stateSearch{title: p.doc.Title}
		s.visit(decodeState(script), false, 0)
		if weight(s.best) > weight(best) {
			best = s.best
		}
	}
	return blocksOf(best)
}

// decodeState reads the first JSON object of a script, an assignment or not.
func decodeState(script string) any {
	i := strings.IndexAny(script, "{[")
	if i < 0 {
		return nil
	}
	var value any
	if err := json.NewDecoder(strings.NewReader(script[i:])).Decode(&value); err != nil {
		return nil
	}
	return value
}

// stateSearch looks for the longest prose in a state.
type stateSearch struct {
	title string
	best  string
}

// visit walks a value; titled says that it belongs to an object with the
// page's title.
func (s *stateSearch) visit(value any, titled bool, depth int) {
	if depth > 40 {
		return
	}
	switch v := value.(type) {
	case string:
		if titled {
			s.offer(v)
		}
	case []any:
		if titled {
			s.offer(strings.Join(proseIn(v, 0), "\n"))
		}
		for _, one := range v {
			s.visit(one, titled, depth+1)
		}
	case map[string]any:
		titled = titled || s.isTitled(v)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			s.visit(v[key], titled, depth+1)
		}
	}
}

func (s *stateSearch) offer(text string) {
	if weight(text) > weight(s.best) && isProseText(text) {
		s.best = text
	}
}

func (s *stateSearch) isTitled(o map[string]any) bool {
	for _, key := range []string{"title", "headline", "subject", "name"} {
		if title, ok := o[key].(string); ok && similarity(title, s.title) > 0.7 {
			return true
		}
	}
	return false
}

// proseIn returns the paragraphs of an array, one deep in each element's
// objects.
func proseIn(all []any, depth int) (found []string) {
	for _, one := range all {
		switch v := one.(type) {
		case string:
			if isProseText(v) {
				found = append(found, v)
			}
		case map[string]any:
			for _, key := range []string{"text", "content", "value", "html", "children", "data"} {
				found = appendProse(found, v[key], depth)
			}
		}
	}
	return found
}

func appendProse(found []string, value any, depth int) []string {
	switch v := value.(type) {
	case string:
		if isProseText(v) {
			found = append(found, v)
		}
	case []any:
		if depth < 4 {
			found = append(found, proseIn(v, depth+1)...)
		}
	case map[string]any:
		found = appendProse(found, v["text"], depth+1)
	}
	return found
}

// isProseText reports whether a string of a state reads as prose and not as a
// key, an address or code.
func isProseText(s string) bool {
	if weight(s) < 30 || strings.HasPrefix(s, "http") || strings.HasPrefix(s, "{") {
		return false
	}
	return strings.Count(s, " ") >= 4 || wideShare(s) > 0.5 || strings.ContainsRune(s, '\u0E32')
}
