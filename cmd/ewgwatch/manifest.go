package main

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"ewgwatch"
	"ewgwatch/export"
)

// manifest says of a file, or of the files of a release, what stands in it and
// what stands behind it.
type manifest struct {
	Manifest  int            `json:"manifest"` // version of this form
	Name      string         `json:"name"`     // of the file or release
	Format    string         `json:"format,omitempty"`
	Schema    string         `json:"schema"` // of the columns
	Columns   []string       `json:"columns"`
	Program   string         `json:"program"` // its version
	Rules     []string       `json:"rules"`   // versions of the rules that the runs read by
	Filters   map[string]any `json:"filters"`
	AsOf      *time.Time     `json:"as_of"`      // null for what was believed at written_at
	LastFound *lastFound     `json:"last_found"` // null without findings
	Rows      int            `json:"rows"`       // findings
	SHA256    string         `json:"sha256,omitempty"`
	Bytes     int64          `json:"bytes,omitempty"`
	Files     []releaseFile  `json:"files,omitempty"`
	Escaping  string         `json:"escaping"` // of cells that a spreadsheet would run
	WrittenAt time.Time      `json:"written_at"`
	Snapshot  *time.Time     `json:"snapshot,omitempty"` // when the copy was taken that it was read from
	Coverage  []manifestRun  `json:"coverage"`
}

type lastFound struct {
	At time.Time `json:"at"`
	ID string    `json:"id"`
}

// releaseFile is one file of a release.
type releaseFile struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// manifestRun is what one run saw. One without an end was killed, or still went on.
type manifestRun struct {
	Run       string     `json:"run"`
	StartedAt time.Time  `json:"started_at"`
	EndedAt   *time.Time `json:"ended_at"`
	Complete  bool       `json:"complete"`
	Rules     string     `json:"rules"`
	Program   string     `json:"program"`
	Read      int        `json:"sources_read"`
	Partial   int        `json:"sources_partial"`
	Unread    int        `json:"sources_unread"`
}

// The ways in which cells are escaped.
const (
	apostrophe = "apostrophe-v1" // drop one leading apostrophe: see export.Guard
	noEscaping = "none"
)

// manifest says what is known of a corpus once the findings were written.
func (c *corpus) manifest(name string, columns []string, now time.Time) manifest {
	m := manifest{
		Manifest: 1, Name: name, Schema: export.Schema, Columns: columns, Program: version(), Rules: []string{}, Filters: c.filter.told(),
		AsOf: timeOrNil(c.filter.query.AsOf), Rows: c.pass.rows, Escaping: noEscaping, WrittenAt: now.UTC().Truncate(time.Second), Coverage: []manifestRun{},
	}
	if len(columns) == 0 {
		m.Columns = export.Columns()
	}
	if m.Rows > 0 {
		m.LastFound = &lastFound{At: c.pass.last.FoundAt.UTC(), ID: c.pass.last.ID}
	}
	if taken, is := c.store.Snapshot(); is {
		m.Snapshot = &taken
	}
	for _, run := range c.runs {
		m.Coverage = append(m.Coverage, coverageOf(run))
		m.Rules = append(m.Rules, run.Rules)
	}
	slices.Sort(m.Rules)
	m.Rules = slices.Compact(m.Rules)
	return m
}

func coverageOf(run ewgwatch.Run) manifestRun {
	m := manifestRun{Run: run.ID, StartedAt: run.StartedAt.UTC(), EndedAt: timeOrNil(run.EndedAt), Complete: run.Complete, Rules: run.Rules, Program: run.Version}
	for _, c := range run.Coverage {
		switch c.Reach {
		case ewgwatch.ReachRead:
			m.Read++
		case ewgwatch.ReachPartial:
			m.Partial++
		case ewgwatch.ReachNone:
			m.Unread++
		}
	}
	return m
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func (m manifest) write(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(m)
}

// told says of a filter what it asks for, by the names of the flags.
func (f filter) told() map[string]any {
	all := map[string]any{}
	for name, list := range map[string][]string{
		"state": texts(f.states), "stance": texts(f.stances), "status": texts(f.statuses), "event": f.events, "source": f.sources, "lang": f.langs,
	} {
		if len(list) > 0 {
			all[name] = list
		}
	}
	for name, at := range map[string]time.Time{"since": f.query.Since, "until": f.query.Until} {
		if !at.IsZero() {
			all[name] = at
		}
	}
	if days := f.query.Published; !days[0].IsZero() || !days[1].IsZero() {
		all["published"] = days
	}
	if f.query.OnEvent {
		all["on_topic"] = true
	}
	if f.believed {
		all["rejected"] = false
	}
	return all
}

func texts[T ~string](words []T) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}
