package alert_test

import (
	"fmt"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
)

func ExampleBook_Plan() {
	finding := ewgwatch.Finding{
		ID: "f_1", State: ewgwatch.Laos, Stance: ewgwatch.Declined, Event: ewgwatch.Event{ID: "ewgct-2023-field"}, Status: ewgwatch.Current,
		Source: ewgwatch.Source{ID: "mod.test"}, FoundAt: time.Date(2026, time.March, 2, 1, 0, 0, 0, time.UTC),
	}
	book := alert.New([]ewgwatch.Subscription{{
		Name:     "Mekong desk",
		Interest: ewgwatch.Interest{Stances: []ewgwatch.Stance{ewgwatch.Declined, ewgwatch.Absent}},
		Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}},
	}, {
		Name:     "careful desk",
		Interest: ewgwatch.Interest{MinSources: 2},
		Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}},
	}})
	facts := alert.Facts{
		Now:     finding.FoundAt.Add(time.Hour),
		Changes: []ewgwatch.Change{{Number: 1, At: finding.FoundAt, Kind: ewgwatch.FindingFound, Finding: finding.ID}},
		Finding: func(string) (ewgwatch.Finding, bool) { return finding, true },
		Saying:  func(ewgwatch.Claim) []ewgwatch.Finding { return []ewgwatch.Finding{finding} },
	}
	for _, a := range book.Plan(facts).Alerts {
		fmt.Println(a.Subscription, "is owed", a.Class, "for", a.Notices[0].Reason)
	}
	for _, why := range book.Explain(finding, facts) {
		fmt.Printf("%s: %s: %s\n", why.Subscription, why.Reason, why.Text)
	}
	// Output:
	// Mekong desk is owed new for new-claim
	// Mekong desk: new-claim: it is to be told: the claim is new to it
	// careful desk: below-min-sources: 1 independent source; it wants 2
}
