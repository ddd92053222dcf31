package main

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/ledger"
)

// pairs counts pairs of findings of one claim.
type pairs struct{ found, missed, wrong int }

// measured is what came of it.
type measured struct {
	findings, claims int
	byEdit           map[string]*pairs
	all              pairs
	sameDay          int      // stories of one day that were merged with another
	merged           []string // quotes of stories that were, as first printed
}

// cluster reads all texts, each as a paper of its own prints it, and compares the
// voices of every claim with who copied whom.
func cluster(ctx context.Context, texts []text) (*measured, error) {
	var findings []ewgwatch.Finding
	textOf := map[string]int{}
	for i, t := range texts {
		read, err := t.read(ctx, i)
		if err != nil {
			return nil, err
		}
		for _, f := range read {
			textOf[f.ID] = i
			findings = append(findings, f)
		}
	}
	l, err := ledger.New(seq(findings), nil, ledger.Options{})
	if err != nil {
		return nil, err
	}
	m := &measured{findings: len(findings), byEdit: map[string]*pairs{}}
	for claim := range l.Standings() {
		for _, planned := range []bool{false, true} {
			m.count(l.Voices(claim, planned), texts, textOf)
		}
		m.claims++
	}
	slices.Sort(m.merged)
	m.merged = slices.Compact(m.merged)
	return m, nil
}

func (t text) read(ctx context.Context, number int) ([]ewgwatch.Finding, error) {
	var b strings.Builder
	fmt.Fprintf(&b, `<html lang="%s"><head><title>%s</title><meta property="article:published_time" content="%s"></head><body><article><h1>%[2]s</h1>`, t.lang, html.EscapeString(t.title), t.day)
	for _, line := range t.lines {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(line))
	}
	b.WriteString("</article></body></html>")
	host := fmt.Sprintf("paper%d.example", number)
	page := ewgwatch.Page{URL: "https://" + host + "/1", FinalURL: "https://" + host + "/1", Header: http.Header{}, Body: []byte(b.String()), Source: ewgwatch.Source{ID: host}}
	article, err := extract.Article(ctx, page, extract.Options{})
	if err != nil {
		return nil, err
	}
	found := extract.Findings(article, extract.Options{}).Findings
	for i := range found {
		found[i] = found[i].Identify()
	}
	return found, nil
}

func seq(findings []ewgwatch.Finding) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for _, f := range findings {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// saying is one text among the voices of a claim.
type saying struct {
	voice int
	quote string
	text
}

func (m *measured) count(voices []ledger.Voice, texts []text, textOf map[string]int) {
	var said []saying
	for i, v := range voices {
		for _, w := range append([]ledger.Witness{v.First}, v.Copies...) {
			said = append(said, saying{i, w.Quote, texts[textOf[w.ID]]})
		}
	}
	for i, a := range said {
		for _, b := range said[:i] {
			m.pair(a, b)
		}
	}
}

func (m *measured) pair(a, b saying) {
	together := a.voice == b.voice
	if a.of != b.of {
		if together {
			m.all.wrong++
			if a.edit == "" && b.edit == "" {
				m.merged = append(m.merged, fmt.Sprintf("%q | %q", a.quote, b.quote))
			}
			if a.day == b.day {
				m.sameDay++
			}
		}
		return
	}
	if a.edit != "" && b.edit != "" {
		m.all.add(together)
		return
	}
	edit := cmp.Or(a.edit, b.edit)
	if m.byEdit[edit] == nil {
		m.byEdit[edit] = &pairs{}
	}
	m.byEdit[edit].add(together)
	m.all.add(together)
}

func (p *pairs) add(together bool) {
	if together {
		p.found++
		return
	}
	p.missed++
}

func (m *measured) print(w io.Writer) {
	fmt.Fprintf(w, "%-28s %6s %7s\n", "a story and its copy", "pairs", "recall")
	names := []string{}
	for name := range m.byEdit {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p := m.byEdit[name]
		fmt.Fprintf(w, "%-28s %6d %7.3f\n", name, p.found+p.missed, share(p.found, p.missed))
	}
	fmt.Fprintf(w, "%-28s %6d %7.3f, precision %.4f\n", "all pairs of copies", m.all.found+m.all.missed, share(m.all.found, m.all.missed), share(m.all.found, m.all.wrong))
	fmt.Fprintf(w, "pairs of different stories that were merged: %d, of one day: %d\n", m.all.wrong, m.sameDay)
	for _, example := range m.merged[:min(len(m.merged), 10)] {
		fmt.Fprintln(w, "  "+example)
	}
}

func share(part, rest int) float64 { return float64(part) / float64(max(1, part+rest)) }
