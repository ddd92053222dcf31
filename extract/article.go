package extract

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/charset"
	"ewgwatch/extract/dates"
	"ewgwatch/extract/document"
	"ewgwatch/extract/lang"
)

// Article reads a page: decoded, its body found and trimmed, its title,
// authors, language and date told. It fails where ctx is done, where the
// source's selector is no selector and where a parser gives up on the page; a
// page without text is an Article without Text.
func Article(ctx context.Context, page ewgwatch.Page, options Options) (ewgwatch.Article, error) {
	p, err := open(ctx, page, options)
	return p.article, err
}

// opened is a page in the course of becoming an article.
type opened struct {
	article    ewgwatch.Article
	charset    string
	doc        document.Document
	confidence float64 // of the language
}

func open(ctx context.Context, page ewgwatch.Page, options Options) (opened, error) {
	if bytes.HasPrefix(page.Body, []byte("%PDF-")) {
		return openPDF(ctx, page, options)
	}
	text, name, err := charset.Decode(page.Body, page.Header.Get("Content-Type"))
	if err != nil {
		return opened{}, fmt.Errorf("decode %s: %w", page.FinalURL, err)
	}
	doc, err := document.Parse(ctx, text, document.Options{URL: page.FinalURL, Select: page.Source.Select, Furniture: options.Furniture})
	if err != nil {
		return opened{}, err
	}
	source := page.Source
	if source.State == "" {
		source.State = officialState(page.FinalURL)
	}
	p := opened{charset: name, doc: doc, article: ewgwatch.Article{
		URL: canonical(page, doc), Title: doc.Title, Text: doc.Text, Authors: doc.Authors,
		Source: source, Capture: page.Capture, Blocks: doc.Blocks, Listing: doc.Listing,
	}}
	p.language()
	p.article.Published = published(doc, page, p.article, options)
	p.trace()
	return p, nil
}

// language converts Zawgyi and settles the language of an article.
func (p *opened) language() {
	a := &p.article
	if text, converted := charset.Zawgyi(a.Text); converted {
		a.Text = text
		a.Title, _ = charset.Zawgyi(a.Title)
	}
	declared := cmp.Or(p.doc.Lang, a.Source.Lang)
	a.Lang, p.confidence = lang.Detect(a.Title+"\n"+a.Text, lang.Hints{Declared: declared, State: a.Source.State})
}

// canonical returns the address a page gives itself, where it may: on the host
// that served it, or anywhere where no host is known. A page cannot pass for
// another site's.
func canonical(page ewgwatch.Page, doc document.Document) string {
	if doc.Canonical == "" {
		return page.FinalURL
	}
	if page.FinalURL == "" {
		return doc.Canonical
	}
	own, err := url.Parse(page.FinalURL)
	if err != nil {
		return page.FinalURL
	}
	named, err := url.Parse(doc.Canonical)
	if err != nil || !strings.EqualFold(bareHost(own), bareHost(named)) {
		return page.FinalURL
	}
	// A front page that every page calls canonical is a template's mistake.
	if strings.Trim(named.Path, "/") == "" && strings.Trim(own.Path, "/") != "" && named.RawQuery == "" {
		return page.FinalURL
	}
	return doc.Canonical
}

func bareHost(u *url.URL) string {
	host := strings.ToLower(u.Host)
	for _, twin := range []string{"www.", "m.", "amp.", "mobile."} {
		host = strings.TrimPrefix(host, twin)
	}
	return host
}

// published takes the first date candidate that holds. Where none does, the
// rule says why.
func published(doc document.Document, page ewgwatch.Page, article ewgwatch.Article, options Options) ewgwatch.Published {
	reason := "unknown: the page gives no date"
	for _, candidate := range doc.Dates {
		p, ok := readDate(candidate, page, article, options)
		if ok {
			return settled(p, doc, page, article, options)
		}
		reason = cmp.Or(p.Rule, reason)
	}
	if d, ok := dates.FromURL(page.FinalURL); ok {
		return ewgwatch.Published{Date: d, Precision: ewgwatch.PrecisionDay, Rule: "url", Raw: page.FinalURL}
	}
	return ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Rule: reason}
}

// readDate reads one candidate; where it is refused, the rule says why.
func readDate(candidate document.DateCandidate, page ewgwatch.Page, article ewgwatch.Article, options Options) (ewgwatch.Published, bool) {
	if candidate.Where == "url" {
		return ewgwatch.Published{}, false // addresses are read by rules of their own
	}
	o := dates.Options{
		Lang: dateLang(article), MonthFirst: dates.MonthFirst(article.Source.State, article.Lang),
		Now: options.Now, Zone: article.Source.Zone,
	}
	if o.Now.IsZero() {
		o.Now = page.FetchedAt
	}
	p, ok := dates.Published(candidate.Raw, o)
	if ok {
		p.Rule = candidate.Where
	}
	return p, ok
}

// dateLang is the language for reading dates: of Chinese with its script,
// because only Taiwan counts years from 1912.
func dateLang(article ewgwatch.Article) string {
	if article.Lang == "zh" && lang.Script(article.Text) == "Hant" {
		return "zh-Hant"
	}
	return article.Lang
}
