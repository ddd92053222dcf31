package export

import (
	"slices"
	"strconv"
	"time"

	"ewgwatch"
)

// Schema is the version of the columns. They are append-only: a column keeps
// its name, its place and its meaning, and new ones come last.
const Schema = "1"

// Kind is what sort of value a column holds.
type Kind string

// The kinds.
const (
	Words    Kind = "text"    // foreign or not: they are cleaned and guarded
	Whole    Kind = "integer" // this and what follows is written by us and needs neither
	Fraction Kind = "number"
	Truth    Kind = "boolean"
	Moment   Kind = "time" // UTC, or the day where no time is known
	Day      Kind = "date" // or a month, or a year
)

// row is a finding on its way into a file.
type row struct {
	ewgwatch.Finding
	believed ewgwatch.Claim
	standing ewgwatch.Standing
}

// column is one column and how it is filled: text where it holds Words, else
// value, which appends to what it is given.
type column struct {
	name     string
	kind     Kind
	about    string
	text     func(*row) string
	value    func([]byte, *row, *Options) []byte
	believes bool // it rests on how the finding is believed
}

func (c column) resting() column {
	c.believes = true
	return c
}

var columns = slices.Concat(claimColumns(), placeColumns(), reviewColumns(), originColumns())

// asked are written only where they are named: they say again what others say.
var asked = []column{
	text("believed_state", "the state, as corrected where an analyst did", func(r *row) string { return string(r.believed.State) }).resting(),
	text("believed_stance", "the stance, likewise", func(r *row) string { return string(r.believed.Stance) }).resting(),
	text("believed_event", "the event, likewise, and as analysts amended it", func(r *row) string { return r.believed.Event }).resting(),
	text("machine", "mark of what the machine read: it changes when that does", func(r *row) string { return r.Fingerprint() }),
}

func claimColumns() []column {
	return []column{
		figure("schema", Whole, "version of these columns", func(to []byte, _ *row, _ *Options) []byte { return append(to, Schema...) }),
		text("finding_id", "identity: page, state, stance and quote", func(r *row) string { return r.ID }),
		figure("found_at", Moment, "when this program first read it", func(to []byte, r *row, o *Options) []byte { return o.instant(to, r.FoundAt) }),
		figure("published_at", Moment, "when the page says that it was published; empty where that is unknown", published),
		text("published_precision", "how much of that is known", func(r *row) string { return string(r.Published.Precision) }),
		text("published_rule", "what gave it, or why it is unknown", func(r *row) string { return r.Published.Rule }),
		text("state", "ISO 3166-1 code of the state the finding is about", func(r *row) string { return string(r.State) }),
		text("state_name", "its name", func(r *row) string { return r.State.Name() }),
		text("stance", "what it is said to have done", func(r *row) string { return string(r.Stance) }),
		figure("planned", Truth, "said of the future", func(to []byte, r *row, _ *Options) []byte { return strconv.AppendBool(to, r.Planned) }),
		text("event_id", "event; empty where it is not known which", func(r *row) string { return r.Event.ID }),
		text("event_name", "its name", func(r *row) string { return r.Event.Name }),
		text("event_kind", "what sort of activity it is", func(r *row) string { return string(r.Event.Kind) }),
		figure("event_start", Day, "its first day", func(to []byte, r *row, _ *Options) []byte { return appendDate(to, r.Event.Start) }),
		figure("event_end", Day, "its last day", func(to []byte, r *row, _ *Options) []byte { return appendDate(to, r.Event.End) }),
		text("event_place", "where it was", func(r *row) string { return r.Event.Place }),
		text("quote", "the words that say so", func(r *row) string { return r.Quote }),
		figure("quote_start", Whole, "first byte of the quote in the text of the page; empty for a title", func(to []byte, r *row, _ *Options) []byte { return offset(to, r.QuoteStart) }),
		figure("quote_end", Whole, "byte behind it", func(to []byte, r *row, _ *Options) []byte { return offset(to, r.QuoteEnd) }),
		text("title", "title of the page", func(r *row) string { return r.Title }),
	}
}

func placeColumns() []column {
	return []column{
		text("url", "its canonical address", func(r *row) string { return r.URL }),
		text("source", "name of the publication", func(r *row) string { return r.Source.Name }),
		text("source_kind", "who speaks in it", func(r *row) string { return string(r.Source.Kind) }),
		text("source_state", "whose ministry, agency or press it is", func(r *row) string { return string(r.Source.State) }),
		text("lang", "language of the page, as a BCP 47 tag", func(r *row) string { return r.Lang }),
		figure("confidence", Fraction, "of the reading, 0 to 1", func(to []byte, r *row, _ *Options) []byte {
			return strconv.AppendFloat(to, r.Confidence, 'f', 2, 64)
		}),
		text("rule", "rule that read it", func(r *row) string { return r.Rule }),
		text("via", "how the state was named", func(r *row) string { return r.Via }),
		figure("independent_sources", Whole, "independent voices for this state, event and stance; copies of one text count once", independent).resting(),
		figure("contradicted", Truth, "another finding says what cannot be true as well", contradicted).resting(),
		text("status", "current, withdrawn, corrected or rejected", func(r *row) string { return string(r.Status) }),
		text("capture_sha256", "SHA-256 of the bytes of the page as received", func(r *row) string { return r.Capture.SHA256 }),
		text("capture_file", "WARC file that holds them", func(r *row) string { return r.Capture.File }),
		figure("capture_offset", Whole, "byte at which their record begins there", captureOffset),
		figure("quote_page", Whole, "page of a PDF; empty for a web page", func(to []byte, r *row, _ *Options) []byte { return positive(to, r.QuotePage) }),
		figure("backfilled", Truth, "found by looking back, not in a nightly crawl", func(to []byte, r *row, _ *Options) []byte { return strconv.AppendBool(to, r.Backfilled) }),
	}
}

func reviewColumns() []column {
	return []column{
		figure("first_revision", Whole, "revision of the page that first said it, from 1", func(to []byte, r *row, _ *Options) []byte { return positive(to, r.FirstRevision) }),
		figure("last_revision", Whole, "and the last", func(to []byte, r *row, _ *Options) []byte { return positive(to, r.LastRevision) }),
		figure("changed_at", Moment, "when it last changed here", func(to []byte, r *row, o *Options) []byte { return o.instant(to, r.ChangedAt) }),
		text("review_ruling", "an analyst's word: accept, reject or correct; what the machine read stays in its columns", func(r *row) string { return string(r.Review.Ruling) }),
		text("review_state", "the right state, where corrected", func(r *row) string { return string(r.Review.State) }),
		text("review_stance", "the right stance, where corrected", func(r *row) string { return string(r.Review.Stance) }),
		text("review_event", "the right event, where corrected", func(r *row) string { return r.Review.Event }),
		text("reviewed_by", "who said so", func(r *row) string { return r.Review.By }),
		figure("reviewed_at", Moment, "and when", func(to []byte, r *row, o *Options) []byte { return o.instant(to, r.Review.At) }),
		text("review_why", "and why", func(r *row) string { return r.Review.Why }),
	}
}

func originColumns() []column {
	return []column{
		figure("event_score", Fraction, "how well what the page says of the event fits it, 0 to 1; empty without one or where it was read before there were scores", func(to []byte, r *row, _ *Options) []byte {
			if r.EventScore == 0 {
				return to
			}
			return strconv.AppendFloat(to, r.EventScore, 'f', 2, 64)
		}),
		text("wire", "news agency that the page says it has that from; empty where it names none", func(r *row) string { return r.Wire }),
	}
}

func figure(name string, of Kind, about string, value func([]byte, *row, *Options) []byte) column {
	return column{name: name, kind: of, about: about, value: value}
}

func text(name, about string, value func(*row) string) column {
	return column{name: name, kind: Words, about: about, text: value}
}

// Columns returns the names of the columns, in order.
func Columns() []string { return namesOf(columns) }

// Asked returns the names of those that are written on request alone.
func Asked() []string { return namesOf(asked) }

func namesOf(of []column) []string {
	names := make([]string, len(of))
	for i, c := range of {
		names[i] = c.name
	}
	return names
}

func (o *Options) instant(to []byte, t time.Time) []byte {
	switch {
	case t.IsZero():
		return to
	case o.Excel:
		return t.UTC().AppendFormat(to, spreadsheetTime)
	}
	return t.UTC().AppendFormat(to, time.RFC3339)
}

func published(to []byte, r *row, o *Options) []byte {
	if r.Published.At.IsZero() {
		return appendDate(to, r.Published.Date)
	}
	return o.instant(to, r.Published.At)
}

// appendDate appends what [ewgwatch.Date.String] returns, without its cost where
// the whole day is known.
func appendDate(to []byte, d ewgwatch.Date) []byte {
	if d.Day == 0 || d.Year < 1000 {
		return append(to, d.String()...)
	}
	two := func(n int) { to = append(to, '-', byte('0'+n/10), byte('0'+n%10)) }
	to = strconv.AppendInt(to, int64(d.Year), 10)
	two(int(d.Month))
	two(d.Day)
	return to
}

// offset is empty for a quote that is the title and has no place in the text.
func offset(to []byte, at int) []byte {
	if at < 0 {
		return to
	}
	return strconv.AppendInt(to, int64(at), 10)
}

// positive is empty for what counts from 1 and is not there.
func positive(to []byte, n int) []byte {
	if n == 0 {
		return to
	}
	return strconv.AppendInt(to, int64(n), 10)
}

func independent(to []byte, r *row, o *Options) []byte {
	if o.Standing == nil {
		return to
	}
	return strconv.AppendInt(to, int64(r.standing.Independent), 10)
}

func contradicted(to []byte, r *row, o *Options) []byte {
	if o.Standing == nil {
		return to
	}
	return strconv.AppendBool(to, r.standing.Contradicted)
}

func captureOffset(to []byte, r *row, _ *Options) []byte {
	if r.Capture.File == "" {
		return to
	}
	return strconv.AppendInt(to, r.Capture.Offset, 10)
}
