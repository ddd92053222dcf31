package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/ledger"
	"ewgwatch/ledger/broadsheet"
)

// ledgerPrint is one ledger that is asked for: which part, as of when, how and where to.
type ledgerPrint struct {
	options      ledgerOptions
	state        string // as it was asked for
	file, format string
	excel, raw   bool
	filter       filter // as of when
	expect       []wish
	events       map[string]ewgwatch.Event
}

// ledgerFormats are what a ledger can be.
func ledgerFormats() []string { return []string{"table", "md", "csv", "json", "html", "svg"} }

// ledgerFormatOf returns the format that a file's name asks for, table where it asks
// for none that is known.
func ledgerFormatOf(file string) string {
	end := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	if slices.Contains(ledgerFormats(), end) {
		return end
	}
	return "table"
}

func (p ledgerPrint) check() error {
	switch {
	case p.state != "" && !p.options.State.Valid():
		return fmt.Errorf("--state: want the code of a member state (BN, SG, US …), have %q", p.state)
	case !slices.Contains(ledgerFormats(), p.format):
		return fmt.Errorf("--format: want one of %s, have %q", strings.Join(ledgerFormats(), ", "), p.format)
	case p.excel && p.format != "csv":
		return fmt.Errorf("--excel: is for csv, have --format %s", p.format)
	case p.raw && p.format != "csv":
		return fmt.Errorf("--raw: is for csv, have --format %s", p.format)
	case p.file == "":
		return errors.New("-o: want the name of a file, or - for standard output")
	}
	return nil
}

// write sets a ledger.
func (p ledgerPrint) write(ctx context.Context, w io.Writer, c *corpus, now time.Time) error {
	behind := &standing{}
	var err error
	if p.options.Event, err = c.belief.event("--event", p.options.Event); err != nil {
		return err
	}
	p.events, p.expect = c.belief.events, slices.Clone(p.expect)
	for i, w := range p.expect {
		p.expect[i] = c.belief.wish(w)
	}
	matrix, err := c.ledgerOf(ctx, p.options, behind.watch)
	if err != nil {
		return err
	}
	switch p.format {
	case "table":
		return p.table(w, matrix, p.expected(matrix, now))
	case "csv":
		_, err := c.ledgerTable(matrix).CSV(w, export.Options{Excel: p.excel, Raw: p.raw})
		return err
	}
	about := c.about(p.options, behind, now)
	about.Expected = p.expected(matrix, now)
	sheet := broadsheet.New(matrix, about)
	switch p.format {
	case "md":
		return sheet.Markdown(w)
	case "json":
		return sheet.JSON(w)
	case "svg":
		return sheet.SVG(w)
	}
	return sheet.HTML(w)
}

// table prints the matrix for a terminal, of one event or one state with who says so,
// and below it what was expected; of one cell everything.
func (p ledgerPrint) table(w io.Writer, matrix *ledger.Ledger, expected []ledger.Expected) error {
	o, page := p.options, ledger.TableOptions{Width: columns(w), Colour: colour(w)}
	if event, known := p.cell(matrix); known {
		return matrix.Report(w, o.State, event, page)
	}
	if len(matrix.Events) == 0 && (o.Event != "" || o.Cycle != "") {
		_, err := fmt.Fprintln(w, nothingOf(o))
		return err
	}
	page.Quotes = o.Event != "" || o.State != ""
	if err := matrix.Table(w, page); err != nil {
		return err
	}
	return matrix.Expectations(w, expected, page)
}

// cell returns the event of the one cell that is asked for, also one that is known of
// and that no finding tells of; false where more is asked for.
func (p ledgerPrint) cell(matrix *ledger.Ledger) (ewgwatch.Event, bool) {
	if p.options.State == "" || p.options.Event == "" {
		return ewgwatch.Event{}, false
	}
	if len(matrix.Events) > 0 {
		return matrix.Events[0], true
	}
	event, known := p.events[p.options.Event]
	return event, known
}

// expected says how the expectations that concern this part stand, at the moment of
// which the ledger is.
func (p ledgerPrint) expected(matrix *ledger.Ledger, now time.Time) []ledger.Expected {
	if asOf := p.filter.query.AsOf; !asOf.IsZero() {
		now = asOf
	}
	return standOf(matrix, settings{Expect: p.expect}.wishes(p.options), p.events, now)
}

// standing counts the findings that a ledger adds up, and their sources.
type standing struct {
	findings int
	sources  map[string]bool
}

func (s *standing) watch(findings iter.Seq2[ewgwatch.Finding, error]) iter.Seq2[ewgwatch.Finding, error] {
	s.sources = map[string]bool{}
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f, err := range findings {
			if err == nil && (f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected) {
				s.findings++
				s.sources[f.Source.ID] = true
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// about says what stands behind a ledger.
func (c *corpus) about(asked ledgerOptions, behind *standing, now time.Time) broadsheet.About {
	about := broadsheet.About{
		MadeAt: now.UTC().Truncate(time.Second), AsOf: c.filter.query.AsOf, Program: version(), Asked: asked,
		Findings: behind.findings, Sources: len(behind.sources),
	}
	if taken, is := c.store.Snapshot(); is {
		about.Snapshot = taken
	}
	visited := map[string]bool{}
	for _, run := range c.runs {
		about.Rules = append(about.Rules, run.Rules)
		if run.EndedAt.After(about.LastRun) {
			seen := coverageOf(run)
			about.LastRun, about.Partial, about.Unread = run.EndedAt, seen.Partial, seen.Unread
		}
		for _, seen := range run.Coverage {
			visited[seen.Source] = true
		}
	}
	slices.Sort(about.Rules)
	about.Rules, about.Watched = slices.Compact(about.Rules), len(visited)
	return about
}
