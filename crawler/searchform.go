package crawler

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

const (
	openSearchType = "application/opensearchdescription+xml"
	queryMark      = "{query}" // stands in a template where the words go
)

// searchForm returns the template of a page's own search: the action of a form
// with method GET, its hidden fields and the field that takes the words. It is
// "" where the page has none. resolve makes a reference absolute.
func searchForm(root *html.Node, resolve func(string) string) string {
	for node := range root.Descendants() {
		if node.DataAtom != atom.Form || !isGet(attr(node, "method")) {
			continue
		}
		field, hidden := formFields(node)
		if field == "" {
			continue
		}
		if template := formTemplate(resolve(attr(node, "action")), field, hidden); template != "" {
			return template
		}
	}
	return ""
}

func isGet(method string) bool { return method == "" || strings.EqualFold(method, "get") }

// formFields returns the name of the field that takes the words, "" for none,
// and the hidden fields. A form that asks for a secret is no search.
func formFields(form *html.Node) (words string, hidden []string) {
	for node := range form.Descendants() {
		name, kind := attr(node, "name"), strings.ToLower(attr(node, "type"))
		switch {
		case node.DataAtom != atom.Input || name == "":
		case kind == "password" || kind == "email" || kind == "file":
			return "", nil
		case kind == "hidden" && attr(node, "value") != "":
			hidden = append(hidden, url.QueryEscape(name)+"="+url.QueryEscape(attr(node, "value")))
		case words == "" && (kind == "search" || (kind == "" || kind == "text") && slices.Contains(searchFields, strings.ToLower(name))):
			words = name
		}
	}
	return words, hidden
}

// searchFields are the names that fields for words go by.
var searchFields = []string{"q", "s", "query", "search", "keyword", "keywords", "key", "kw", "k", "term", "text", "wd", "searchword", "searchterm", "search_query", "searchtext", "qs", "tukhoa", "cari"}

// maxHidden is how many hidden fields a search has at most; more are a form of
// some application.
const maxHidden = 6

func formTemplate(action, field string, hidden []string) string {
	canonical, err := Canonical(action)
	if err != nil || len(hidden) > maxHidden {
		return ""
	}
	canonical, _, _ = strings.Cut(canonical, "?") // a form with GET replaces the query
	return canonical + "?" + strings.Join(append(hidden, url.QueryEscape(field)+"="+queryMark), "&")
}

// openSearchTemplate returns the template of an OpenSearch 1.1 description for
// pages of results, "" where it has none.
func openSearchTemplate(body []byte) string {
	var description struct {
		URLs []struct {
			Type     string `xml:"type,attr"`
			Method   string `xml:"method,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.CharsetReader = charset.NewReaderLabel
	if decoder.Decode(&description) != nil {
		return ""
	}
	for _, u := range description.URLs {
		if mediaType(u.Type) == "text/html" && isGet(u.Method) && strings.Count(u.Template, "{searchTerms}") == 1 {
			return fillOpenSearch(u.Template)
		}
	}
	return ""
}

var openSearchParameter = regexp.MustCompile(`\{[^{}]*\}`)

// fillOpenSearch leaves the words open and fills in everything else: what is
// optional with nothing, what is not with its default of the specification.
func fillOpenSearch(template string) string {
	const words = "ewgwatch.query.words" // survives Canonical, where braces do not
	filled := openSearchParameter.ReplaceAllStringFunc(template, func(parameter string) string {
		switch parameter {
		case "{searchTerms}":
			return words
		case "{count}":
			return "20"
		case "{startIndex}", "{startPage}":
			return "1"
		case "{language}":
			return "*"
		case "{inputEncoding}", "{outputEncoding}":
			return "UTF-8"
		}
		return ""
	})
	canonical, err := Canonical(filled)
	if err != nil || strings.Count(canonical, words) != 1 {
		return ""
	}
	return strings.Replace(canonical, words, queryMark, 1)
}
