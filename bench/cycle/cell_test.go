package main

import (
	"testing"

	"ewgwatch"
	"ewgwatch/ledger"
)

func TestEveryCellOfTheTableIsRead(t *testing.T) {
	cells, err := parse(expectedTSV)
	if err != nil {
		t.Fatal(err)
	}
	if want := 18 * 4; len(cells) != want {
		t.Errorf("%d cells, want %d", len(cells), want)
	}
	if _, err := parse("XX\ta\tattended"); err == nil {
		t.Error("a state that is none is taken")
	}
	if _, err := parse("LA\ta\tcame"); err == nil {
		t.Error("a stance that is none is taken")
	}
}

func TestACellAgreesWithWhatIsKnownOrSaysHowItDiffers(t *testing.T) {
	said := func(s ewgwatch.Stance, planned bool) ledger.Said { return ledger.Said{Stance: s, Planned: planned} }
	for _, c := range []struct {
		known string
		said  []ledger.Said
		want  string
	}{
		{"attended", []ledger.Said{said(ewgwatch.Attended, false)}, ""},
		{"attended", nil, "nobody says attended"},
		{"attended", []ledger.Said{said(ewgwatch.Attended, true)}, "only planned is attended"},
		{"attended", []ledger.Said{said(ewgwatch.Attended, false), said(ewgwatch.Absent, false)}, "somebody says absent"},
		{"attended", []ledger.Said{said(ewgwatch.Attended, false), said(ewgwatch.Absent, true)}, ""},
		{"declined/absent", []ledger.Said{said(ewgwatch.Absent, false)}, ""},
		{"co_chair host", []ledger.Said{said(ewgwatch.CoChair, false)}, "nobody says host"},
		{"undecided", []ledger.Said{said(ewgwatch.Undecided, true)}, ""},
		{"-", []ledger.Said{said(ewgwatch.Absent, false)}, ""},
	} {
		cells, err := parse("LA\tewgct-2023-09-field\t" + c.known)
		if err != nil {
			t.Fatal(err)
		}
		if have := cells[0].differs(c.said); have != c.want {
			t.Errorf("known is %s, said %v: %q, want %q", c.known, c.said, have, c.want)
		}
	}
}
