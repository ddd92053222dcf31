package bundle

import (
	"bytes"
	"cmp"
	"embed"
	"html/template"
	"slices"
	"strings"

	"ewgwatch"
)

//go:embed guide.html quotes.html style.css
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"moment": moment, "style": style, "state": func(s ewgwatch.State) string { return s.Name() },
	"stance": func(s ewgwatch.Stance) string { return strings.ReplaceAll(string(s), "_", " ") },
}).ParseFS(files, "*.html"))

// style is the style sheet of every page of a bundle, so that each stands alone.
func style() (template.CSS, error) {
	text, err := files.ReadFile("style.css")
	return template.CSS(text), err // our own
}

func (b *binder) render(name string, data any) []byte {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, name, data); err != nil && b.err == nil {
		b.err = err
	}
	return page.Bytes()
}

// guide is what README.html tells.
type guide struct {
	About
	Pages  []sheet
	Others []string
}

// sheet is a page of a bundle as its quotes.html and the guide tell it.
type sheet struct {
	Page
	Folder     string
	Title      []piece
	Paragraphs [][]piece
	Unplaced   []ewgwatch.Finding // whose quotes are not where they were found
}

// First is the finding that stands for what all of the page share.
func (s sheet) First() ewgwatch.Finding { return s.Findings[0] }

// piece is text, marked where it is quoted.
type piece struct {
	Text   string
	Marked bool
}

type span struct{ start, end int }

func sheetOf(folder string, page Page) sheet {
	s := sheet{Page: page, Folder: folder}
	text := page.Article.Text
	titled := false
	var spans []span
	for _, f := range page.Findings {
		switch {
		case f.QuoteStart < 0 && page.Article.Title == f.Quote:
			titled = true
		case f.QuoteStart >= 0 && f.QuoteStart <= f.QuoteEnd && f.QuoteEnd <= len(text) && text[f.QuoteStart:f.QuoteEnd] == f.Quote:
			spans = append(spans, span{f.QuoteStart, f.QuoteEnd})
		default:
			s.Unplaced = append(s.Unplaced, f)
		}
	}
	s.Title = []piece{{page.Article.Title, titled}}
	s.Paragraphs = paragraphs(pieces(text, merged(spans)))
	return s
}

// merged are spans in order, those that touch made one.
func merged(spans []span) []span {
	slices.SortFunc(spans, func(x, y span) int { return cmp.Compare(x.start, y.start) })
	var all []span
	for _, s := range spans {
		if n := len(all); n > 0 && s.start <= all[n-1].end {
			all[n-1].end = max(all[n-1].end, s.end)
			continue
		}
		all = append(all, s)
	}
	return all
}

func pieces(text string, marked []span) []piece {
	var all []piece
	from := 0
	for _, m := range marked {
		all = append(all, piece{text[from:m.start], false}, piece{text[m.start:m.end], true})
		from = m.end
	}
	return append(all, piece{text[from:], false})
}

// paragraphs parts pieces where the text has line feeds.
func paragraphs(all []piece) [][]piece {
	var parted [][]piece
	var current []piece
	for _, p := range all {
		for i, line := range strings.Split(p.Text, "\n") {
			if i > 0 {
				parted, current = append(parted, current), nil
			}
			if line != "" {
				current = append(current, piece{line, p.Marked})
			}
		}
	}
	return append(parted, current)
}
