package ledger_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

func table(t interface{ Fatal(...any) }, findings []ewgwatch.Finding) string {
	var b strings.Builder
	if err := build(t, findings, coverage, ledger.Options{}).Table(&b, ledger.TableOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheTableReadsAsItAlwaysDid(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	for name, options := range map[string]ledger.TableOptions{"80": {}, "120": {Width: 120}, "31": {Width: 1}, "colour": {Colour: true}, "quotes": {Quotes: true}} {
		var b strings.Builder
		if err := l.Table(&b, options); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.String())
	}
}

// escapes are what the table itself writes for colour.
var escapes = strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[31m", "", "\x1b[32m", "", "\x1b[33m", "")

func TestColourSaysNothingThatTheTextDoesNot(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	var plainly, coloured strings.Builder
	if err := errors.Join(l.Table(&plainly, ledger.TableOptions{Quotes: true}), l.Table(&coloured, ledger.TableOptions{Colour: true, Quotes: true})); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plainly.String(), escapes.Replace(coloured.String())); diff != "" {
		t.Error(diff)
	}
}

// foreign is text as hostile pages write it.
var foreign = rapid.OneOf(
	rapid.String(),
	rapid.SampledFrom([]string{
		"\x1b]0;owned\x07\x1b[2J", "abc\u202egnp.exe", "a\u0301" + strings.Repeat("\u0301", 5000), strings.Repeat("新加坡缺席了此次推演", 99),
		strings.Repeat("x", 4000), "\r\n\tone\u2028two", "กองทัพไทยเข้าร่วมการฝึกผสมต่อต้านการก่อการร้ายที่เนปยีดอเมื่อสัปดาห์ที่แล้วโดยมีหลายชาติเข้าร่วม", "",
	}),
)

func TestNoForeignTextBreaksTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		event := ewgwatch.Event{ID: foreign.Draw(t, "id"), Name: foreign.Draw(t, "name"), Place: foreign.Draw(t, "place"), Kind: ewgwatch.EventKind(foreign.Draw(t, "kind"))}
		went := says("herald", ewgwatch.Laos, ewgwatch.Attended, event, foreign.Draw(t, "quote"))
		went.Source.Name = foreign.Draw(t, "source")
		absent := says("tribune", ewgwatch.Laos, ewgwatch.Absent, event, foreign.Draw(t, "other quote"))
		width := rapid.SampledFrom([]int{31, 50, 80, 200}).Draw(t, "width")
		var b strings.Builder
		if err := build(t, []ewgwatch.Finding{went, absent}, coverage, ledger.Options{}).Table(&b, ledger.TableOptions{Width: width, Colour: rapid.Bool().Draw(t, "colour"), Quotes: rapid.Bool().Draw(t, "quotes")}); err != nil {
			t.Fatal(err)
		}
		narrow(t, b.String(), width)
	})
}

func TestEveryClaimHasItsQuoteOnce(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	var b strings.Builder
	if err := l.Table(&b, ledger.TableOptions{Quotes: true, Width: 200}); err != nil {
		t.Fatal(err)
	}
	for _, event := range l.Events {
		for _, state := range l.States {
			for _, s := range l.Cell(state, event).Said {
				if have := strings.Count(b.String(), "“"+s.Best.Quote+"”"); have != 1 {
					t.Errorf("%s at %s: %q is there %d times", state, event.ID, s.Best.Quote, have)
				}
			}
		}
	}
}

func TestNoForeignTextBreaksTheReportOfACell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		event := ewgwatch.Event{ID: foreign.Draw(t, "id"), Name: foreign.Draw(t, "name"), Place: foreign.Draw(t, "place"), Kind: ewgwatch.EventKind(foreign.Draw(t, "kind"))}
		went := says("herald", ewgwatch.Laos, ewgwatch.Attended, event, foreign.Draw(t, "quote"))
		went.Source.Name, went.URL = foreign.Draw(t, "source"), foreign.Draw(t, "URL")
		absent := says(foreign.Draw(t, "ID"), ewgwatch.Laos, ewgwatch.Absent, event, foreign.Draw(t, "other quote"))
		width := rapid.SampledFrom([]int{31, 80, 200}).Draw(t, "width")
		saw := append([]ewgwatch.Coverage{{Source: "x", Lang: foreign.Draw(t, "lang"), Kind: ewgwatch.SourceKind(foreign.Draw(t, "kind of source")), Reach: ewgwatch.ReachRead}}, coverage...)
		var b strings.Builder
		if err := build(t, []ewgwatch.Finding{went, absent}, saw, ledger.Options{}).Report(&b, ewgwatch.Laos, event, ledger.TableOptions{Width: width}); err != nil {
			t.Fatal(err)
		}
		narrow(t, b.String(), width)
	})
}

// narrow checks that every line fits and moves no cursor.
func narrow(t interface{ Fatalf(string, ...any) }, text string, width int) {
	for line := range strings.Lines(escapes.Replace(text)) {
		line = strings.TrimSuffix(line, "\n")
		if plain.Width(line) > width || len(line) > 40*width || strings.TrimRight(line, " ") != line {
			t.Fatalf("at %d columns: %q", width, line)
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }); i >= 0 {
			t.Fatalf("control character in %q", line)
		}
	}
}

func TestTheReportOfACellReadsAsItAlwaysDid(t *testing.T) {
	l := build(t, append(append([]ewgwatch.Finding{}, findings...), story...), coverage, ledger.Options{})
	for name, state := range map[string]ewgwatch.State{"history": ewgwatch.Japan, "contradiction": ewgwatch.Singapore, "empty": ewgwatch.Thailand} {
		var b strings.Builder
		if err := l.Report(&b, state, tabletop, ledger.TableOptions{}); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.String())
	}
}

// golden compares with a file, or writes it.
func golden(t *testing.T, name, have string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

func TestNumbersAreNeverCut(t *testing.T) {
	var many []ewgwatch.Finding
	for i := range 12_345 {
		f := says(fmt.Sprintf("s%d", i), ewgwatch.Laos, ewgwatch.CoChair, tabletop, "")
		f.Planned = true
		many = append(many, f)
	}
	var b strings.Builder
	if err := build(t, many, nil, ledger.Options{}).Table(&b, ledger.TableOptions{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "to co-chair\n                 ×12345\n") {
		t.Error(b.String())
	}
}

func TestPlansNeverReadLikeDeeds(t *testing.T) {
	for _, stance := range ewgwatch.Stances() {
		done := says("a", ewgwatch.Laos, stance, tabletop, "One thing.")
		if table(t, []ewgwatch.Finding{done}) == table(t, []ewgwatch.Finding{planned(done)}) {
			t.Errorf("%s and planned %s print the same", stance, stance)
		}
	}
}

func TestALedgerOfNothingSaysSo(t *testing.T) {
	if have := table(t, nil); !strings.HasPrefix(have, "No such event") {
		t.Error(have)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

var errFull = errors.New("no space left on device")

func TestAWriterThatFailsIsReported(t *testing.T) {
	if err := build(t, findings, coverage, ledger.Options{}).Table(full{}, ledger.TableOptions{}); !errors.Is(err, errFull) {
		t.Errorf("error is %v", err)
	}
}

func TestAnAbsenceWithoutEmptyCellsIsToldByASentenceOfItsOwn(t *testing.T) {
	absent := says("herald.test", ewgwatch.Singapore, ewgwatch.Absent, tabletop, "Singapore was absent.")
	var b strings.Builder
	l := build(t, []ewgwatch.Finding{absent}, coverage, ledger.Options{State: ewgwatch.Singapore})
	if err := l.Table(&b, ledger.TableOptions{}); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "Where a state is said to have been absent") || strings.Contains(text, "The same where") {
		t.Errorf("it says\n%s", text)
	}
}

func TestWithoutARunNothingIsKnownOfWhatWasRead(t *testing.T) {
	l := build(t, []ewgwatch.Finding{says("herald.test", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos attended.")}, nil, ledger.Options{})
	if have := l.Reading(tabletop).String(); have != "no run is known, so what was read is not either" {
		t.Errorf("it says %q", have)
	}
}
