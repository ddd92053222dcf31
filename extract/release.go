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
		URL: page.FinalURL, Title: strings.TrimSpace(doc.Title), Text: strings.Join(doc.Pages, "\n"), Source: source, Capture: page.Capture,
	}}
	if first, rest, ok := strings.Cut(p.article.Text, "\n"); ok && p.article.Title == "" {
		p.article.Title, p.article.Text = first, rest
	}
	p.language()
	p.article.Published = releaseDate(p.article, doc, options)
	return p, nil
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
