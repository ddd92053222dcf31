package export

import (
	"strconv"
	"time"

	"ewgwatch"
)

// schema is the version of the columns. They are append-only: a column keeps
// its name, its place and its meaning, and new ones come last.
const schema = "1"

// column is one column and how it is filled. text marks words, which are
// cleaned and guarded; numbers, dates and truth values are written by us and
// need neither.
type column struct {
	name  string
	text  bool
	value func(ewgwatch.Finding, Options) string
}

var columns = []column{
	figure("schema", func(ewgwatch.Finding) string { return schema }),
	text("finding_id", func(f ewgwatch.Finding) string { return f.ID }),
	{"found_at", false, func(f ewgwatch.Finding, o Options) string { return o.instant(f.FoundAt) }},
	{"published_at", false, func(f ewgwatch.Finding, o Options) string { return o.published(f.Published) }},
	text("published_precision", func(f ewgwatch.Finding) string { return string(f.Published.Precision) }),
	text("published_rule", func(f ewgwatch.Finding) string { return f.Published.Rule }),
	text("state", func(f ewgwatch.Finding) string { return string(f.State) }),
	text("state_name", func(f ewgwatch.Finding) string { return f.State.Name() }),
	text("stance", func(f ewgwatch.Finding) string { return string(f.Stance) }),
	figure("planned", func(f ewgwatch.Finding) string { return strconv.FormatBool(f.Planned) }),
	text("event_id", func(f ewgwatch.Finding) string { return f.Event.ID }),
	text("event_name", func(f ewgwatch.Finding) string { return f.Event.Name }),
	text("event_kind", func(f ewgwatch.Finding) string { return string(f.Event.Kind) }),
	figure("event_start", func(f ewgwatch.Finding) string { return f.Event.Start.String() }),
	figure("event_end", func(f ewgwatch.Finding) string { return f.Event.End.String() }),
	text("event_place", func(f ewgwatch.Finding) string { return f.Event.Place }),
	text("quote", func(f ewgwatch.Finding) string { return f.Quote }),
	figure("quote_start", func(f ewgwatch.Finding) string { return offset(f.QuoteStart) }),
	figure("quote_end", func(f ewgwatch.Finding) string { return offset(f.QuoteEnd) }),
	text("title", func(f ewgwatch.Finding) string { return f.Title }),
	text("url", func(f ewgwatch.Finding) string { return f.URL }),
	text("source", func(f ewgwatch.Finding) string { return f.Source.Name }),
	text("source_kind", func(f ewgwatch.Finding) string { return string(f.Source.Kind) }),
	text("source_state", func(f ewgwatch.Finding) string { return string(f.Source.State) }),
	text("lang", func(f ewgwatch.Finding) string { return f.Lang }),
	figure("confidence", func(f ewgwatch.Finding) string { return strconv.FormatFloat(f.Confidence, 'f', 2, 64) }),
	text("rule", func(f ewgwatch.Finding) string { return f.Rule }),
	text("via", func(f ewgwatch.Finding) string { return f.Via }),
	{"independent_sources", false, independent},
	{"contradicted", false, contradicted},
	text("status", func(f ewgwatch.Finding) string { return string(f.Status) }),
	text("capture_sha256", func(f ewgwatch.Finding) string { return f.Capture.SHA256 }),
	text("capture_file", func(f ewgwatch.Finding) string { return f.Capture.File }),
	figure("capture_offset", captureOffset),
	figure("quote_page", quotePage),
	figure("backfilled", func(f ewgwatch.Finding) string { return strconv.FormatBool(f.Backfilled) }),
}

func figure(name string, value func(ewgwatch.Finding) string) column {
	return column{name, false, func(f ewgwatch.Finding, _ Options) string { return value(f) }}
}

func text(name string, value func(ewgwatch.Finding) string) column {
	c := figure(name, value)
	c.text = true
	return c
}

// Columns returns the names of the columns, in order.
func Columns() []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

func (o Options) instant(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case o.Excel:
		return t.UTC().Format(spreadsheetTime)
	}
	return t.UTC().Format(time.RFC3339)
}

func (o Options) published(p ewgwatch.Published) string {
	if p.At.IsZero() {
		return p.Date.String()
	}
	return o.instant(p.At)
}

// offset is empty for a quote that is the title and has no place in the text.
func offset(at int) string {
	if at < 0 {
		return ""
	}
	return strconv.Itoa(at)
}

// quotePage is empty for a quote of a web page.
func quotePage(f ewgwatch.Finding) string {
	if f.QuotePage == 0 {
		return ""
	}
	return strconv.Itoa(f.QuotePage)
}

func independent(f ewgwatch.Finding, o Options) string {
	if o.Standing == nil {
		return ""
	}
	return strconv.Itoa(o.Standing(f.Claim()).Independent)
}

func contradicted(f ewgwatch.Finding, o Options) string {
	if o.Standing == nil {
		return ""
	}
	return strconv.FormatBool(o.Standing(f.Claim()).Contradicted)
}

func captureOffset(f ewgwatch.Finding) string {
	if f.Capture.File == "" {
		return ""
	}
	return strconv.FormatInt(f.Capture.Offset, 10)
}
