package extract

import (
	"context"
	"fmt"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/dates"
	"ewgwatch/extract/document"
	"ewgwatch/extract/pdf"
)

// openPDF reads a page that is a PDF, as ministries publish releases: the text
// of its pages one after the other, its title from the metadata or else its
// first line, its date from its first lines or else from the metadata. It fails
// where a PDF holds no text: a scan is not an empty article.
func openPDF(ctx context.Context, page ewgwatch.Page, options Options) (opened, error) {
	doc, err := pdf.Text(ctx, page.Body)
	if err != nil {
		return opened{}, fmt.Errorf("read %s: %w", page.FinalURL, err)
	}
	source := page.Source
	if source.State == "" {
		source.State = officialState(page.FinalURL)
	}
	p := opened{charset: "pdf", doc: document.Document{Lang: doc.Lang, Method: "pdf"}, article: ewgwatch.Article{
		URL: page.FinalURL, Title: strings.TrimSpace(doc.Title), Text: strings.Join(doc.Pages, pageBreak), Source: source, Capture: page.Capture,
	}}
	if at := strings.IndexAny(p.article.Text, "\n"+pageBreak); at >= 0 && p.article.Title == "" {
		p.article.Title, p.article.Text = p.article.Text[:at], strings.TrimPrefix(p.article.Text[at:], "\n")
	}
	p.language()
	p.paginate()
	p.article.Published = releaseDate(p.article, doc, options)
	p.trace()
	return p, nil
}

// pageBreak parts the pages of a release until its text is as it will stay. The
// PDF reader leaves no control characters in a page.
const pageBreak = "\f"

// paginate notes where pages begin, and parts them as paragraphs are.
func (p *opened) paginate() {
	p.article.Pages = []int{0}
	for i := range len(p.article.Text) {
		if p.article.Text[i] == pageBreak[0] {
			p.article.Pages = append(p.article.Pages, i+1)
		}
	}
	p.article.Text = strings.ReplaceAll(p.article.Text, pageBreak, "\n")
}

// releaseHead is how much of a release, in bytes, is searched for its date.
const releaseHead = 600

// releaseDate is the first whole day that the head of a release prints, else
// the day the file says it was made.
func releaseDate(a ewgwatch.Article, doc pdf.Document, options Options) ewgwatch.Published {
	o := dates.Options{Lang: dateLang(a), MonthFirst: dates.MonthFirst(a.Source.State, a.Lang), Now: options.Now, Zone: a.Source.Zone}
	start := a.Title + "\n" + strings.ToValidUTF8(a.Text[:min(len(a.Text), releaseHead)], "")
	for _, found := range dates.Find(start, o) {
		if found.Printed != dates.FullDay || found.Range() {
			continue
		}
		if p, ok := dates.Published(start[found.From:found.To], o); ok {
			p.Rule = "visible"
			return p
		}
	}
	if doc.Created.IsZero() {
		return ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Rule: "unknown: the PDF gives no date"}
	}
	return ewgwatch.Published{
		Date: ewgwatch.DateOf(doc.Created), At: doc.Created.UTC(), Precision: ewgwatch.PrecisionSecond, Rule: "pdf metadata",
	}
}
