package broadsheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/ledger"
)

// Document is the object that [Sheet.JSON] writes. Times are RFC 3339 in UTC, dates
// 2023-08-25, 2023-08 or 2023, and what is unknown is an empty string, or null for
// a time. Cells come by event and then by state.
//
// Beside each stance stand its voices, each with its copies; beside each cell what was
// said when, oldest first, and what was read of the state's sources, which an absence
// that is reported needs as much as an empty cell; beside each event what was read for
// it; beside each side of a contradiction which is later, and what ties it to the
// other; and how what was expected stands.
type Document struct {
	Schema         int             `json:"schema"` // 1
	MadeAt         time.Time       `json:"made_at"`
	AsOf           *time.Time      `json:"as_of"`            // null for what was believed at made_at
	Snapshot       *time.Time      `json:"snapshot"`         // null where no copy was read
	LastRun        *time.Time      `json:"last_run"`         // when the last run that is known ended
	Partial        int             `json:"last_run_partial"` // sources that it read in part only
	Unread         int             `json:"last_run_unread"`  // sources that it did not read at all
	Program        string          `json:"program"`
	Rules          []string        `json:"rules"`
	Findings       int             `json:"findings"` // that stand, before the ledger was narrowed
	Sources        int             `json:"sources"`  // that they are of
	Watched        int             `json:"sources_visited"`
	Asked          Asked           `json:"asked"`
	States         []StateEntry    `json:"states"`
	Events         []EventEntry    `json:"events"`
	Cells          []CellEntry     `json:"cells"`
	Contradictions []Disagreeing   `json:"contradictions"`
	Expected       []ExpectedEntry `json:"expected"` // that ministries name participants, in the order asked
}

// Asked is what the ledger was narrowed to; empty fields narrowed nothing.
type Asked struct {
	Cycle string         `json:"cycle"`
	Event string         `json:"event"`
	State ewgwatch.State `json:"state"`
}

// StateEntry is a row.
type StateEntry struct {
	Code ewgwatch.State `json:"code"`
	Name string         `json:"name"`
}

// EventEntry is a column. One without an ID is of findings that are tied to no event.
type EventEntry struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Kind        ewgwatch.EventKind `json:"kind"`
	Place       string             `json:"place"`
	Host        ewgwatch.State     `json:"host"`
	Start       ewgwatch.Date      `json:"start"`
	End         ewgwatch.Date      `json:"end"`
	Cycle       string             `json:"cycle"`
	Provisional bool               `json:"provisional"` // known from articles alone
	Telling     int                `json:"sources_telling"`
	Reading     ReadingEntry       `json:"reading"`
}

// CellEntry is a cell. Nothing is null where something is said.
type CellEntry struct {
	State   ewgwatch.State `json:"state"`
	Event   string         `json:"event"`
	Said    []SaidEntry    `json:"said"`
	Nothing *NothingEntry  `json:"nothing"`
	Read    ReadEntry      `json:"read"`
	History []StepEntry    `json:"history"` // oldest first, what has no date last
}

// SaidEntry is a stance in a cell.
type SaidEntry struct {
	Stance       ewgwatch.Stance `json:"stance"`
	Planned      bool            `json:"planned"`
	Voices       int             `json:"independent_sources"`
	Contradicted bool            `json:"contradicted"`
	Best         QuoteEntry      `json:"best"`
	Heard        []VoiceEntry    `json:"voices"` // as many as independent_sources, the earliest first
}

// QuoteEntry is a finding's words and where they stand.
type QuoteEntry struct {
	Finding     string        `json:"finding_id"`
	Quote       string        `json:"quote"`
	Lang        string        `json:"lang"`
	Source      string        `json:"source"`
	SourceName  string        `json:"source_name"`
	SourceClass string        `json:"source_class"` // who speaks there, seen from this cell
	Published   ewgwatch.Date `json:"published"`
	Title       string        `json:"title"`
	URL         string        `json:"url"`
	Capture     string        `json:"capture_sha256"`
	Confidence  float64       `json:"confidence"`
}

// NothingEntry is why a cell is empty. No kind is evidence of absence.
type NothingEntry struct {
	Kind      ledger.NothingKind `json:"kind"`
	Own       CountEntry         `json:"own_sources"`
	Others    CountEntry         `json:"other_sources"`
	Telling   int                `json:"sources_telling"`
	Why       string             `json:"why"`             // the same, for people
	OtherTime bool               `json:"of_another_time"` // of "not covered": sources were read, and gave nothing of the event's time
}

// CountEntry says of some sources how many were read.
type CountEntry struct {
	Watched    int `json:"watched"`
	Read       int `json:"read"` // by the last runs, at least in part
	Partial    int `json:"in_part"`
	Unreadable int `json:"unreadable"`
	Earlier    int `json:"read_earlier"`
	Then       int `json:"read_for_event"` // by any run
}

// Disagreeing is a cell in which sources contradict each other.
type Disagreeing struct {
	State ewgwatch.State `json:"state"`
	Event string         `json:"event"`
	Sides []SideEntry    `json:"sides"`
}

// JSON writes the sheet as a [Document]. Text is whole; characters that nobody sees
// or that turn text around are escaped. The first error of w is returned.
func (s *Sheet) JSON(w io.Writer) error {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetIndent("", "  ")
	if err := out.Encode(s.content.document()); err != nil {
		return err
	}
	_, err := w.Write(visible(text.Bytes()))
	return err
}

// visible escapes in JSON what a terminal or a reader could take for a command. Such
// characters stand in strings alone.
func visible(text []byte) []byte {
	all := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r > '~' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)) {
			for _, unit := range utf16.Encode([]rune{r}) {
				all = fmt.Appendf(all, `\u%04x`, unit)
			}
		} else {
			all = append(all, text[:size]...)
		}
		text = text[size:]
	}
	return all
}
