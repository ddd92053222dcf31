package broadsheet

import (
	"iter"
	"slices"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/ledger"
)

var (
	tabletop = ewgwatch.Event{ID: "ewgct-2023-08-tabletop", Name: "Table-top exercise, Naypyitaw 2023", Kind: ewgwatch.Tabletop, Place: "Naypyitaw, Myanmar", Host: ewgwatch.Myanmar,
		Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, End: ewgwatch.Date{Year: 2023, Month: 8, Day: 4}, Cycle: "2021-2023"}
	drill = ewgwatch.Event{ID: "ewgct-2023-09-field", Name: "Field training exercise", Kind: ewgwatch.Field, Place: "Sergeevsky range",
		Start: ewgwatch.Date{Year: 2023, Month: 9, Day: 25}, End: ewgwatch.Date{Year: 2023, Month: 10, Day: 1}, Cycle: "2021-2023"}
	meeting = ewgwatch.Event{ID: "ewgct-2025-03-meeting", Kind: ewgwatch.Meeting, Place: "New Delhi", Host: ewgwatch.India, Start: ewgwatch.Date{Year: 2025, Month: 3}, Cycle: "2024-2027"}
	undated = ewgwatch.Event{ID: "ewgct-undated", Name: `</title><script>alert(1)</script> "drill" | a|b`, Kind: "x<y", Place: "新加坡, " + strings.Repeat("Llanfair", 60), Provisional: true}
)

func says(source string, state ewgwatch.State, stance ewgwatch.Stance, event ewgwatch.Event, quote string) ewgwatch.Finding {
	return ewgwatch.Finding{State: state, Stance: stance, Event: event, Quote: quote, URL: "https://" + source + ".test/a?b=1&c=%7C|d", Title: "Of " + source, Lang: "en", Status: ewgwatch.Current, Confidence: 0.9,
		Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 25}}, Source: ewgwatch.Source{ID: source, Name: source, Kind: ewgwatch.News}}.Identify()
}

// hostile is text as pages write it that want to be somewhere else than in a quote.
var hostile = []string{
	`<script>alert("1")</script><img src=//x.test onerror=alert(1)>`,
	"abc\u202egnp.exe\u2066 and \x1b[31mred\x00\uffff end",
	"| a | b |\n|---|---|\n# no heading **bold** _it_ `code` [text](javascript:alert(1)) <b> &lt; www.x.test http://x.test a@x.test $1$",
	strings.Repeat("x", 400),
	"新加坡缺席了此次推演。" + strings.Repeat("a\u0301", 3) + strings.Repeat("\u0301", 500),
	"' \" {{.About}} ]]> --> </style></svg>",
}

// fixture is a small ledger with all that a sheet has to show: contradictions, plans,
// each kind of nothing, events of every precision, and hostile text.
func fixture() *ledger.Ledger {
	planned := says("herald", ewgwatch.Australia, ewgwatch.Attended, tabletop, "Australia will attend the exercise.")
	planned.Planned = true
	undatedPage := says("herald", ewgwatch.Japan, ewgwatch.Urged, drill, "They call on Japan to stay away.")
	undatedPage.Published = ewgwatch.Published{}
	old := says("herald", ewgwatch.Japan, ewgwatch.Undecided, drill, "Japan would not say.")
	old.Published.Date = ewgwatch.Date{Year: 1970}
	scripted := says("scripted", ewgwatch.China, ewgwatch.Host, undated, "China hosts it.")
	scripted.URL, scripted.Lang, scripted.Source.Name = "javascript:alert(1)", `en" onclick="x`, hostile[0]
	all := []ewgwatch.Finding{
		planned, undatedPage, old, scripted,
		says("ministry", ewgwatch.Australia, ewgwatch.Declined, tabletop, "Australia has withdrawn."),
		says("herald", ewgwatch.Myanmar, ewgwatch.Host, tabletop, "It is held in Naypyitaw."),
		says("tribune", ewgwatch.Myanmar, ewgwatch.Host, tabletop, "Naypyitaw plays host to the exercise this week."),
		says("herald", ewgwatch.Russia, ewgwatch.CoChair, drill, "Russia and Myanmar chair the group."),
		says("herald", ewgwatch.India, ewgwatch.Host, meeting, "New Delhi hosts."),
		says("herald", ewgwatch.Vietnam, ewgwatch.Attended, ewgwatch.Event{}, "Vietnam took part."),
		says("herald", ewgwatch.Vietnam, ewgwatch.Mentioned, ewgwatch.Event{}, "Vietnam is a member."),
	}
	for i, state := range []ewgwatch.State{ewgwatch.Laos, ewgwatch.Malaysia, ewgwatch.Philippines, ewgwatch.Singapore, ewgwatch.Thailand, ewgwatch.Vietnam} {
		all = append(all,
			says("herald", state, ewgwatch.Attended, drill, state.Name()+" was there."),
			says("gazette", state, ewgwatch.Absent, drill, hostile[i]))
	}
	l, err := ledger.New(seq(all), []ewgwatch.Run{{Coverage: coverage()}}, ledger.Options{})
	if err != nil {
		panic(err) // seq yields none
	}
	return l
}

func coverage() []ewgwatch.Coverage {
	return []ewgwatch.Coverage{
		{Source: "mod-kh", State: ewgwatch.Cambodia, Reach: ewgwatch.ReachRead},
		{Source: "mod-ph", State: ewgwatch.Philippines, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Blocked: 1}},
		{Source: "mod-bn", State: ewgwatch.Brunei, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Unreadable: 2}},
	}
}

func seq(findings []ewgwatch.Finding) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f := range slices.Values(findings) {
			if !yield(f, nil) {
				return
			}
		}
	}
}

var about = About{
	MadeAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), AsOf: time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC), LastRun: time.Date(2025, 12, 30, 1, 0, 0, 0, time.UTC),
	Partial: 1, Unread: 2, Program: "1.2.3", Rules: []string{"3-abc"}, Findings: 23, Sources: 5, Watched: 8,
}

func mustLedger(t failing, findings ...ewgwatch.Finding) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(seq(findings), nil, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}
