package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/internal/plain"
)

func (a *app) readCommand() *cobra.Command {
	var asJSON bool
	var url string
	cmd := &cobra.Command{
		Use:   "read [--json] [--url URL] FILE...",
		Short: "Read saved pages, without any network",
		Long: `read says what saved pages say: title, date, language, whether they are about an
EWG CT activity, which one, which states are named and what is claimed of each.
It takes HTML and PDF files, also gzipped. With --json it prints one object a line, in
the order of the files; offsets are bytes into "text", and -1 for a quote that is
the title. A file that cannot be read is reported, the others are read, and the
exit code is 1.`,
		Example: `  ewgwatch read page.html
  ewgwatch read --json --url https://example.org/2023/08/25/story/ story.html.gz | jq .findings`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error { return a.read(cmd.Context(), files, url, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	cmd.Flags().StringVar(&url, "url", "", "where the pages were saved from; without it the page's own canonical address is used")
	return cmd
}

func (a *app) read(ctx context.Context, files []string, url string, asJSON bool) error {
	var failed []error
	for _, file := range files {
		article, result, err := readPage(ctx, file, url)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if asJSON {
			if err := printJSON(a.out, file, article, result); err != nil {
				return err
			}
			continue
		}
		printReading(a.out, file, article, result)
	}
	return errors.Join(failed...)
}

func readPage(ctx context.Context, file, url string) (ewgwatch.Article, extract.Result, error) {
	body, err := pageBytes(file)
	if err != nil {
		return ewgwatch.Article{}, extract.Result{}, err
	}
	options := extract.Options{Now: time.Now()}
	page := ewgwatch.Page{URL: url, FinalURL: url, Header: http.Header{}, Body: body}
	article, err := extract.Article(ctx, page, options)
	if err != nil {
		return ewgwatch.Article{}, extract.Result{}, fmt.Errorf("%s: %w", file, err)
	}
	return article, extract.Findings(article, options), nil
}

const maxPage = 64 << 20 // bytes of a page once inflated; no page of text is larger

// gunzip inflates what begins as gzip does, whatever the file is called.
func gunzip(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	in, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(in, maxPage+1))
	if err == nil && len(out) > maxPage {
		err = fmt.Errorf("inflates to more than %d bytes", maxPage)
	}
	return out, err
}

// The JSON form of read is a contract: fields are added, never renamed.
type readingJSON struct {
	File       string        `json:"file"`
	URL        string        `json:"url"`
	Title      string        `json:"title"`
	Authors    []string      `json:"authors"`
	Lang       string        `json:"lang"`
	Published  publishedJSON `json:"published"`
	Text       string        `json:"text"`
	OnTopic    bool          `json:"on_topic"`
	TopicScore float64       `json:"topic_score"`
	Events     []eventJSON   `json:"events"`
	Mentions   []mentionJSON `json:"mentions"`
	Findings   []findingJSON `json:"findings"`
	Wire       string        `json:"wire"` // agency that the story is from; "" where the page names none
}

type publishedJSON struct {
	Date      string `json:"date"` // "" where unknown
	Precision string `json:"precision"`
	Rule      string `json:"rule"`
}

type eventJSON struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Place string `json:"place"`
	Start string `json:"start"`
	End   string `json:"end"`
}

type mentionJSON struct {
	State string `json:"state"`
	Form  string `json:"form"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type findingJSON struct {
	State      string  `json:"state"`
	Stance     string  `json:"stance"`
	Event      string  `json:"event"`
	Quote      string  `json:"quote"`
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Page       int     `json:"page,omitempty"` // of a PDF, from 1
	Rule       string  `json:"rule"`
	Confidence float64 `json:"confidence"`
	Via        string  `json:"via"`
	Planned    bool    `json:"planned"`
	EventScore float64 `json:"event_score"` // how well the event fits, 0 to 1; 0 without one
	Wire       string  `json:"wire"`        // agency that the sentence or else the story is from
}

func printJSON(w io.Writer, file string, a ewgwatch.Article, r extract.Result) error {
	out := readingJSON{
		File: file, URL: a.URL, Title: a.Title, Authors: append([]string{}, a.Authors...), Lang: a.Lang, Text: a.Text,
		Published: publishedJSON{a.Published.Date.String(), string(a.Published.Precision), a.Published.Rule},
		OnTopic:   r.OnTopic, TopicScore: r.Score, Events: []eventJSON{}, Mentions: []mentionJSON{}, Findings: []findingJSON{}, Wire: a.Wire,
	}
	for _, e := range r.Events {
		out.Events = append(out.Events, eventJSON{e.ID, e.Name, string(e.Kind), e.Place, e.Start.String(), e.End.String()})
	}
	for _, m := range r.Mentions {
		out.Mentions = append(out.Mentions, mentionJSON{string(m.State), m.Form, m.Start, m.End})
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, findingJSON{string(f.State), string(f.Stance), f.Event.ID, f.Quote, f.QuoteStart, f.QuoteEnd, f.QuotePage, f.Rule,
			f.Confidence, f.Via, f.Planned, f.EventScore, f.Wire})
	}
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	return lines.Encode(out)
}

// onPage says where in a PDF a quote stands.
func onPage(f ewgwatch.Finding) string {
	if f.QuotePage == 0 {
		return ""
	}
	return fmt.Sprintf(" [page %d]", f.QuotePage)
}

// printReading says the same for a person.
func printReading(w io.Writer, file string, a ewgwatch.Article, r extract.Result) {
	date := a.Published.Date.String()
	if date == "" {
		date = "unknown"
	}
	topic := "not about an EWG CT activity"
	switch {
	case r.OnTopic:
		topic = "about an EWG CT activity"
	case a.Listing:
		topic = "a listing, not an article"
	}
	fmt.Fprintf(w, "%s\n  %s\n  published %s (%s), language %s, %s (score %.2f)\n", plain.Line(file), plain.Line(a.Title), date,
		plain.Line(a.Published.Rule), orDash(a.Lang), topic, r.Score)
	for _, e := range r.Events {
		fmt.Fprintf(w, "  event   %s  %s, %s, from %s\n", e.ID, plain.Line(e.Name), orDash(plain.Line(e.Place)), orDash(e.Start.String()))
	}
	for _, f := range r.Findings {
		stance := string(f.Stance)
		if f.Planned {
			stance += " (planned)"
		}
		fmt.Fprintf(w, "  %-13s  %-20s  %-24s  %s%s\n", f.State.Name(), stance, orDash(f.Event.ID), plain.Line(f.Quote), onPage(f))
	}
	fmt.Fprintln(w)
}
