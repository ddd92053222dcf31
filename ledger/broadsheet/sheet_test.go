package broadsheet

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

// forms are all that a sheet can be set as.
var forms = map[string]func(*Sheet, io.Writer) error{
	"html": (*Sheet).HTML, "svg": (*Sheet).SVG, "md": (*Sheet).Markdown, "json": (*Sheet).JSON,
}

func set(t interface {
	Helper()
	Fatal(...any)
}, s *Sheet, form string) string {
	t.Helper()
	var b strings.Builder
	if err := forms[form](s, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestASheetReadsAsItAlwaysDid(t *testing.T) {
	for form := range forms {
		have := set(t, New(fixture(), about), form)
		golden := filepath.Join("testdata", "ledger."+form)
		if *update {
			if err := os.WriteFile(golden, []byte(have), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), have); diff != "" {
			t.Errorf("%s: %s", form, diff)
		}
	}
}

func TestTheSameLedgerGivesTheSameBytes(t *testing.T) {
	for form := range forms {
		if diff := cmp.Diff(set(t, New(fixture(), about), form), set(t, New(fixture(), about), form)); diff != "" {
			t.Errorf("%s: %s", form, diff)
		}
	}
}

func TestALedgerOfNothingSaysSo(t *testing.T) {
	empty, err := ledger.New(seq(nil), nil, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for form := range forms {
		have := set(t, New(empty, About{}), form)
		if form != "json" && !strings.Contains(have, "No such event is known") {
			t.Errorf("%s: %s", form, have)
		}
	}
	checkPage(t, set(t, New(empty, About{}), "html"))
}

// No evidence is never printed as absence: where all sources are silent, no form says
// that a state was absent, but for the sentences that say it is not said.
func TestSilenceIsNeverPrintedAsAbsence(t *testing.T) {
	quiet, err := ledger.New(seq([]ewgwatch.Finding{says("herald", ewgwatch.India, ewgwatch.Host, meeting, "New Delhi hosts.")}), []ewgwatch.Run{{Coverage: coverage()}}, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for form := range forms {
		have := strings.ToLower(set(t, New(quiet, about), form))
		for _, own := range []string{
			"none of them says that a state was absent", "none of which says that a state was absent", "declined, absent", "declined or absent",
			"is not evidence that a state stayed away", "announced that it stays away; reported missing", "i-absent",
		} {
			have = strings.ReplaceAll(have, own, "")
		}
		for _, word := range []string{"absent", "stayed away", "stays away", "did not take part", "declined"} {
			if at := strings.Index(have, word); at >= 0 {
				t.Errorf("%s says %q: …%s…", form, word, have[max(0, at-80):min(len(have), at+80)])
			}
		}
	}
}

func TestPlansNeverReadLikeDeeds(t *testing.T) {
	for _, stance := range ewgwatch.Stances() {
		done := says("herald", ewgwatch.India, stance, meeting, "One thing.")
		plan := done
		plan.Planned = true
		one, err := ledger.New(seq([]ewgwatch.Finding{done}), nil, ledger.Options{})
		other, errOther := ledger.New(seq([]ewgwatch.Finding{plan}), nil, ledger.Options{})
		if err := errors.Join(err, errOther); err != nil {
			t.Fatal(err)
		}
		for form := range forms {
			if set(t, New(one, about), form) == set(t, New(other, about), form) {
				t.Errorf("%s: %s and planned %s read the same", form, stance, stance)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no space left on device")

func TestAWriterThatFailsIsReported(t *testing.T) {
	for form, write := range forms {
		if err := write(New(fixture(), about), full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: error is %v", form, err)
		}
	}
}

func TestCyclesStandInOrderAndWhatHasNoneBehindThem(t *testing.T) {
	var of []ewgwatch.Finding
	for i, cycle := range []string{"2011-2013", "", "2014-2016", "2014-2016", "2014-2016", "2014-2016", "2014-2016", "2014-2016", "2014-2016", "2014-2016", "2017-2019"} {
		event := ewgwatch.Event{ID: "e" + string(rune('a'+i)), Cycle: cycle, Start: ewgwatch.Date{Year: 2011 + i}}
		of = append(of, says("herald", ewgwatch.India, ewgwatch.Host, event, "It hosts."))
	}
	of = append(of, says("herald", ewgwatch.India, ewgwatch.Host, ewgwatch.Event{}, "It hosts."))
	l, err := ledger.New(seq(of), nil, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, b := range New(l, about).content.Blocks() {
		if n := len(b.Events()); n > sideBySide {
			t.Errorf("%q has %d events", b.Title(), n)
		}
		have = append(have, b.Title())
	}
	want := []string{"Cycle 2011-2013, cycle 2014-2016", "Cycle 2014-2016, cycle 2017-2019, cycle unknown, not tied to any event"}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}
