package broadsheet

import (
	"fmt"
	"strings"
	"time"

	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
)

// About says what stands behind a ledger.
type About struct {
	MadeAt   time.Time         // when the sheet is made
	AsOf     time.Time         // as of when findings are believed; zero for MadeAt
	Snapshot time.Time         // when the copy was taken that was read; zero where that was no copy
	LastRun  time.Time         // when the last run ended that is known; zero where none did
	Partial  int               // sources that the last run read in part only
	Unread   int               // sources that it did not read at all
	Program  string            // its version
	Rules    []string          // versions of the rules that the runs read by
	Findings int               // that stand, before the ledger was narrowed
	Sources  int               // that they are of
	Watched  int               // sources that the runs visited
	Asked    ledger.Options    // what the ledger was narrowed to
	Expected []ledger.Expected // how what was expected stands; see [ledger.Ledger.Expect]
}

// Made says when the sheet was made.
func (a About) Made() string { return moment(a.MadeAt) }

// Believed says as of when findings are believed.
func (a About) Believed() string {
	switch {
	case !a.AsOf.IsZero():
		return moment(a.AsOf)
	case !a.Snapshot.IsZero():
		return moment(a.Snapshot)
	}
	return moment(a.MadeAt)
}

// Read says until when sources were read, and how many could not be.
func (a About) Read() string {
	if a.LastRun.IsZero() {
		return "never, as far as is known"
	}
	if a.Partial+a.Unread == 0 {
		return moment(a.LastRun)
	}
	return fmt.Sprintf("%s (%d in part, %d not at all)", moment(a.LastRun), a.Partial, a.Unread)
}

// ByRules names the versions of the rules.
func (a About) ByRules() string {
	if len(a.Rules) == 0 {
		return "unknown"
	}
	return plain.Tame(strings.Join(a.Rules, ", "))
}

// Basis says what the ledger rests on, in one sentence.
func (a About) Basis() string {
	return plural(a.Findings, "finding", "findings") + " of " + plural(a.Sources, "source", "sources") + ", out of " +
		plural(a.Watched, "source that was visited", "sources that were visited")
}

// Part says which part of the ledger is shown, "" for all of it.
func (a About) Part() string {
	var parts []string
	if a.Asked.State != "" {
		parts = append(parts, plain.Tame(a.Asked.State.Name()))
	}
	if a.Asked.Event != "" {
		parts = append(parts, "event "+plain.Tame(a.Asked.Event))
	}
	if a.Asked.Cycle != "" {
		parts = append(parts, "cycle "+plain.Tame(a.Asked.Cycle))
	}
	return strings.Join(parts, ", ")
}

func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }
