package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/review"
)

var noon = time.Date(2023, time.August, 25, 12, 0, 0, 0, time.UTC)

// read is a finding as the machine read it.
func read() ewgwatch.Finding {
	return ewgwatch.Finding{URL: "https://tribune.test/a", State: ewgwatch.Laos, Stance: ewgwatch.Absent, Planned: true,
		Event: ewgwatch.Event{ID: "ewgct-2023-field"}, Quote: "Laos was absent.", Status: ewgwatch.Current}.Identify()
}

// sheetOf is a sheet with one row on a finding.
func sheetOf(f ewgwatch.Finding, cells map[string]string) string {
	all := map[string]string{"finding_id": f.ID, "state": string(f.State), "stance": string(f.Stance), "event_id": f.Event.ID, "planned": "TRUE", "machine": f.Fingerprint()}
	for name, cell := range cells {
		all[name] = cell
	}
	var header, row []string
	for _, name := range review.Columns() {
		header, row = append(header, name), append(row, `"`+strings.ReplaceAll(all[name], `"`, `""`)+`"`)
	}
	return strings.Join(header, ",") + "\r\n" + strings.Join(row, ",") + "\r\n"
}

func asIs(cell string) string { return cell }

func decide(t *testing.T, sheet string, known review.Known, options review.Options) review.Plan {
	t.Helper()
	s, err := review.Read(strings.NewReader(sheet), asIs)
	if err != nil {
		t.Fatal(err)
	}
	return review.Decide(s, known, options)
}

func word(f ewgwatch.Finding, by string, ruling ewgwatch.Ruling, at time.Time) ewgwatch.Review {
	r := ewgwatch.Review{Finding: f.ID, By: by, Ruling: ruling, At: at}
	if ruling != ewgwatch.Accept {
		r.Why = "so"
	}
	return r
}

func TestWhatHoldsOfAWord(t *testing.T) {
	f := read()
	adas, bens, cys := word(f, "ada", ewgwatch.Accept, noon), word(f, "ben", ewgwatch.Reject, noon), word(f, "cy", ewgwatch.Reject, noon)
	old := func(r ewgwatch.Review) ewgwatch.Review { r.At = noon.Add(-1); return r }
	corrected := ewgwatch.Review{Finding: f.ID, By: "ben", Ruling: ewgwatch.Correct, Stance: ewgwatch.Host, Why: "so", At: noon.Add(-1)}
	for _, c := range []struct {
		about  string
		holds  ewgwatch.Review
		words  []ewgwatch.Review
		ruling string // of ben's sheet
		stale  bool
		settle bool
		want   string // words kept, words to hold, conflicts (settled ones in brackets), repeated
	}{
		{"the first word holds", ewgwatch.Review{}, nil, "reject", false, false, "1 1 0 0"},
		{"said before and held", bens, []ewgwatch.Review{bens}, "reject", false, false, "0 0 0 1"},
		{"a change of mind", bens, []ewgwatch.Review{bens}, "accept", false, false, "1 1 0 0"},
		{"another's word holds", adas, []ewgwatch.Review{adas}, "reject", false, false, "1 0 1 0"},
		{"said again, another's still holds", adas, []ewgwatch.Review{adas, bens}, "reject", false, false, "0 0 1 1"},
		{"settled", adas, []ewgwatch.Review{adas, bens}, "reject", false, true, "0 1 [1] 1"},
		{"settled before", bens, []ewgwatch.Review{adas, bens}, "reject", false, false, "0 0 0 1"},
		{"another agrees", adas, []ewgwatch.Review{adas}, "accept", false, false, "1 0 0 0"},
		{"one of two others differs from what holds", adas, []ewgwatch.Review{adas, cys}, "accept", false, false, "1 0 0 0"},
		{"the other has come round", corrected, []ewgwatch.Review{corrected, old(adas), word(f, "ada", ewgwatch.Reject, noon)}, "reject", false, false, "1 1 0 0"},
		{"read otherwise since", ewgwatch.Review{}, nil, "accept", true, false, "0 0 1 0"},
		{"read otherwise since, settled", ewgwatch.Review{}, nil, "accept", true, true, "1 1 [1] 0"},
		{"read otherwise since, but said and held", bens, []ewgwatch.Review{bens}, "reject", true, false, "0 0 0 1"},
	} {
		now := f
		now.Review = c.holds
		sheet := sheetOf(f, map[string]string{"review_ruling": c.ruling, "review_why": map[string]string{"reject": "so"}[c.ruling]})
		if c.stale {
			now.Event.ID = "ewgct-2023-tabletop"
		}
		known := review.Known{Findings: map[string]ewgwatch.Finding{f.ID: now}, Words: c.words}
		p := decide(t, sheet, known, review.Options{By: "ben", At: noon.Add(time.Hour), Settle: c.settle})
		conflicts := fmt.Sprint(len(p.Conflicts))
		if len(p.Conflicts) > 0 && !p.Open() {
			conflicts = "[" + conflicts + "]"
		}
		if have := fmt.Sprintf("%d %d %s %d", len(p.Words), len(p.Holding), conflicts, p.Repeated); have != c.want || len(p.Faults) > 0 {
			t.Errorf("%s: have %s, want %s; %v", c.about, have, c.want, p.Faults)
		}
	}
}

func TestAConflictNamesWhoSaidWhat(t *testing.T) {
	f := read()
	adas := word(f, "ada", ewgwatch.Accept, noon)
	f.Review = adas
	p := decide(t, sheetOf(f, map[string]string{"review_ruling": "reject", "review_why": "so"}),
		review.Known{Findings: map[string]ewgwatch.Finding{f.ID: f}, Words: []ewgwatch.Review{adas}}, review.Options{By: "ben", At: noon})
	if len(p.Conflicts) != 1 || len(p.Conflicts[0].Against) != 1 || p.Conflicts[0].Against[0] != adas || p.Conflicts[0].Line != 2 || p.Conflicts[0].Word.By != "ben" {
		t.Errorf("%+v", p.Conflicts)
	}
}

func TestARowThatCameOutAsAnothersWordIsNotTakenForOnesOwn(t *testing.T) {
	f := read()
	adas := word(f, "ada", ewgwatch.Reject, noon)
	f.Review = adas
	known := review.Known{Findings: map[string]ewgwatch.Finding{f.ID: f}, Words: []ewgwatch.Review{adas}}
	p := decide(t, sheetOf(f, map[string]string{"review_ruling": "reject", "review_why": "so", "reviewed_by": "ada"}), known, review.Options{By: "ben"})
	if p.Others != 1 || len(p.Words) > 0 {
		t.Errorf("left as it was: %+v", p)
	}
	p = decide(t, sheetOf(f, map[string]string{"review_ruling": "accept", "reviewed_by": "ada"}), known, review.Options{By: "ben"})
	if p.Others != 0 || len(p.Words) != 1 || p.Words[0].By != "ben" {
		t.Errorf("changed: %+v", p)
	}
}

func TestOnlyWhatDiffersFromTheMachineIsCorrected(t *testing.T) {
	f := read()
	known := review.Known{Findings: map[string]ewgwatch.Finding{f.ID: f}, Events: []string{"ewgct-2023-field"}}
	p := decide(t, sheetOf(f, map[string]string{"review_ruling": "Correct", "review_state": "la", "review_stance": "Attended ", "review_event": "EWGCT-2023-field", "review_why": "a  negation"}),
		known, review.Options{By: "ben", At: noon})
	want := ewgwatch.Review{Finding: f.ID, Ruling: ewgwatch.Correct, Stance: ewgwatch.Attended, By: "ben", Why: "a negation", At: noon}
	if len(p.Words) != 1 || p.Words[0] != want {
		t.Errorf("%+v, faults %v", p.Words, p.Faults)
	}
}

func TestMistakesAreNamedByLineAndColumn(t *testing.T) {
	f := read()
	long := strings.Repeat("x", 2001)
	for want, cells := range map[string]map[string]string{
		`2: review_ruling: want a ruling (accept, reject, correct) or nothing, have "perhaps"`:                                         {"review_ruling": "perhaps"},
		"2: review_why: want a reason to reject":                                                                                       {"review_ruling": "reject"},
		"2: review_why: want a reason to correct":                                                                                      {"review_ruling": "correct", "review_stance": "host"},
		"2: review_why: want at most 2000 characters, have 2001":                                                                       {"review_ruling": "reject", "review_why": long},
		`2: review_state: want a state (BN, KH, ID, `:                                                                                  {"review_ruling": "correct", "review_state": "Laos", "review_why": "so"},
		`2: review_stance: want a stance (co_chair, host, attended, `:                                                                  {"review_ruling": "correct", "review_stance": "was there", "review_why": "so"},
		`2: review_event: want an event (e1, e2; - for none), have "e3"`:                                                               {"review_ruling": "correct", "review_event": "e3", "review_why": "so"},
		"2: review_ruling: want review_state, review_stance or review_event filled in where the ruling is correct":                     {"review_ruling": "correct", "review_why": "so"},
		"2: review_ruling: want correct where review_state, review_stance or review_event is filled in, have accept":                   {"review_ruling": "accept", "review_stance": "host"},
		"2: review_ruling: want a value that differs from the machine's, have its own":                                                 {"review_ruling": "correct", "review_stance": "absent", "review_why": "so"},
		`2: finding_id: want a finding of this database, have "f_0"`:                                                                   {"review_ruling": "accept", "finding_id": "f_0"},
		"2: machine: want what review export wrote, have nothing":                                                                      {"review_ruling": "accept", "machine": " "},
		`2: state: want the machine's own "LA" left as it was, have "VN": what is right goes into the columns review_…`:                {"review_ruling": "accept", "state": "VN"},
		`2: planned: want the machine's own "true" left as it was, have "FALSE": what is right goes into the columns review_…`:         {"review_ruling": "accept", "planned": "FALSE"},
		`2: event_id: want the machine's own "ewgct-2023-field" left as it was, have "": what is right goes into the columns review_…`: {"review_ruling": "accept", "event_id": ""},
	} {
		p := decide(t, sheetOf(f, cells), review.Known{Findings: map[string]ewgwatch.Finding{f.ID: f}, Events: []string{"e1", "e2"}}, review.Options{By: "ben"})
		if len(p.Faults) != 1 || !strings.HasPrefix(p.Faults[0].Error(), want) || len(p.Words) > 0 {
			t.Errorf("faults %v, want %s", p.Faults, want)
		}
	}
}
