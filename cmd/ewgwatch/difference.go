package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

// difference is what other rules make of one finding.
type difference struct {
	kind   differenceKind
	before ewgwatch.Finding // zero where it is added
	after  ewgwatch.Finding // zero where it is lost
}

type differenceKind int

// The kinds.
const (
	isAdded differenceKind = iota
	isLost
	isChanged
)

func (d difference) finding() ewgwatch.Finding {
	if d.kind == isAdded {
		return d.after
	}
	return d.before
}

func (d difference) id() string  { return d.finding().ID }
func (d difference) url() string { return d.finding().URL }

// rederived is a field that rules decide.
type rederived struct {
	name string
	of   func(ewgwatch.Finding) string
}

var rederivedFields = []rederived{
	{"event_id", func(f ewgwatch.Finding) string { return f.Event.ID }},
	{"planned", func(f ewgwatch.Finding) string { return strconv.FormatBool(f.Planned) }},
	{"rule", func(f ewgwatch.Finding) string { return f.Rule }},
	{"via", func(f ewgwatch.Finding) string { return f.Via }},
	{"confidence", func(f ewgwatch.Finding) string { return strconv.FormatFloat(f.Confidence, 'f', 3, 64) }},
	{"quote", func(f ewgwatch.Finding) string { return f.Quote }},
	{"quote_place", func(f ewgwatch.Finding) string { return fmt.Sprint(f.QuoteStart, "-", f.QuoteEnd, "/", f.QuotePage) }},
	{"title", func(f ewgwatch.Finding) string { return f.Title }},
	{"lang", func(f ewgwatch.Finding) string { return f.Lang }},
	{"published_at", func(f ewgwatch.Finding) string { return f.Published.String() }},
}

// fields returns the names of the fields that differ.
func (d difference) fields() (names []rederived) {
	for _, field := range rederivedFields {
		if field.of(d.before) != field.of(d.after) {
			names = append(names, field)
		}
	}
	return names
}

func (d difference) tell(w io.Writer) {
	f := d.finding()
	fmt.Fprintf(w, "%c %s  %s %s %s  “%s”  %s\n", "+-~"[d.kind], f.ID, f.State, f.Stance, orDash(f.Event.ID),
		plain.Cut(plain.Line(f.Quote), 120), plain.Line(f.URL))
	if d.kind != isChanged {
		return
	}
	for _, field := range d.fields() {
		fmt.Fprintf(w, "    %s: %s -> %s\n", field.name, orDash(plain.Line(field.of(d.before))), orDash(plain.Line(field.of(d.after))))
	}
}

// object is the difference as JSON.
func (d difference) object() any {
	f := d.finding()
	type values struct {
		Before string `json:"before"`
		After  string `json:"after"`
	}
	fields := map[string]values{}
	if d.kind == isChanged {
		for _, field := range d.fields() {
			fields[field.name] = values{field.of(d.before), field.of(d.after)}
		}
	}
	return struct {
		Kind    string            `json:"kind"`
		ID      string            `json:"finding_id"`
		State   ewgwatch.State    `json:"state"`
		Stance  ewgwatch.Stance   `json:"stance"`
		Quote   string            `json:"quote"`
		URL     string            `json:"url"`
		Changed map[string]values `json:"changed,omitempty"`
	}{[]string{"added", "lost", "changed"}[d.kind], f.ID, f.State, f.Stance, f.Quote, f.URL, fields}
}

// printOf is the hash of what rules decide of a finding, and whether it stands.
func printOf(f ewgwatch.Finding) string {
	var all strings.Builder
	for _, field := range rederivedFields {
		all.WriteString(field.of(f) + "\x00")
	}
	return sha256Hex([]byte(all.String()))[:16]
}

// compare finds what differs between the two databases among findings that stand.
// Of most it keeps no more than a hash: they do not differ.
func (r *rederivation) compare(ctx context.Context) error {
	prints := map[string]string{}
	for f, err := range r.store.Findings(ctx, store.Query{}) {
		switch {
		case err != nil:
			return err
		case f.Status == ewgwatch.Withdrawn:
		case f.Capture.File == "":
			r.kept++
		default:
			prints[f.ID] = printOf(f)
		}
	}
	for f, err := range r.fresh.Findings(ctx, store.Query{Status: ewgwatch.Current}) {
		if err != nil {
			return err
		}
		was, stood := prints[f.ID]
		delete(prints, f.ID)
		switch {
		case !stood:
			r.differences = append(r.differences, difference{kind: isAdded, after: f})
		case was != printOf(f):
			before, _, err := r.store.Finding(f.ID)
			if err != nil {
				return err
			}
			r.differences = append(r.differences, difference{kind: isChanged, before: before, after: f})
		}
	}
	for id := range prints {
		if err := r.missing(id); err != nil {
			return err
		}
	}
	slices.SortFunc(r.differences, func(x, y difference) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), strings.Compare(x.url(), y.url()), strings.Compare(x.id(), y.id()))
	})
	return nil
}

// missing judges a finding that these rules do not make: it is lost, unless an
// analyst stands by it or what was lost is its evidence, or the word that it was a
// page.
func (r *rederivation) missing(id string) error {
	f, _, err := r.store.Finding(id)
	switch {
	case err != nil:
		return err
	case !f.Review.IsZero():
		return nil
	case r.seen[f.Capture]:
		r.differences = append(r.differences, difference{kind: isLost, before: f})
		return nil
	}
	r.kept++
	if _, err := archive.Read(r.data.archive(), f.Capture); err != nil && len(r.damaged) == 0 {
		r.damaged = append(r.damaged, err)
	}
	return nil
}
