package broadsheet_test

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/ledger"
	"ewgwatch/ledger/broadsheet"
)

func Example() {
	field := ewgwatch.Event{ID: "ewgct-2023-09-field", Name: "Field training exercise", Kind: ewgwatch.Field, Cycle: "2021-2023"}
	var findings iter.Seq2[ewgwatch.Finding, error] = func(yield func(ewgwatch.Finding, error) bool) {
		yield(ewgwatch.Finding{State: ewgwatch.Singapore, Stance: ewgwatch.Absent, Event: field, Quote: "Singapore was not there.", Status: ewgwatch.Current}, nil)
	}
	matrix, err := ledger.New(findings, nil, ledger.Options{State: ewgwatch.Singapore})
	if err != nil {
		fmt.Println(err)
		return
	}
	var page strings.Builder
	about := broadsheet.About{MadeAt: time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC), Findings: 1, Sources: 1}
	if err := broadsheet.New(matrix, about).Markdown(&page); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(page.String()) {
		if strings.HasPrefix(line, "| **") {
			fmt.Print(line)
		}
	}
	// Output: | **Singapore** | absent (1) |
}
