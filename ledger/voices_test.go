package ledger_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

// on is a finding published on a day of August 2023, 0 for an unknown one.
func dated(day int, source, wire, quote string) ewgwatch.Finding {
	f := says(source, ewgwatch.Laos, ewgwatch.Attended, tabletop, quote)
	f.Wire = wire
	return on(day, f)
}

func voices(t interface{ Fatal(...any) }, findings []ewgwatch.Finding) []ledger.Voice {
	return build(t, findings, nil, ledger.Options{}).Voices(findings[0].Claim(), false)
}

// told lists voices as "first < copies: why".
func told(voices []ledger.Voice) []string {
	var all []string
	for _, v := range voices {
		line := v.First.Source.ID
		for _, w := range v.Copies {
			line += " < " + w.Source.ID
		}
		all = append(all, strings.TrimSuffix(line+": "+v.Why, ": "))
	}
	return all
}

func TestVoicesSayWhoSpokeFirstAndWhatMakesTheOthersCopies(t *testing.T) {
	story := ewgwatch.SketchOf(strings.Repeat(wire+" It was quiet there. ", 2) + "A band played, and nobody had come to listen to it but a dog and a colonel.")
	first, second := dated(3, "first", "", "Laos came."), dated(9, "second", "", "Lao officers were seen.")
	first.Sketch, second.Sketch = story, story
	have := told(voices(t, []ewgwatch.Finding{
		dated(0, "undated", "tass", "Laos sat at the table."),
		dated(7, "late", "tass", "A team from Laos was there."),
		dated(5, "agency", "tass", "Vientiane sent officers."),
		second, first,
		dated(6, "site/en", "", "A Lao colonel spoke at length."), dated(8, "site/lo", "", "The one from Vientiane spoke."),
		dated(4, "alone", "xinhua", "The Lao flag flew."),
		dated(12, "quoting", "", wire), dated(11, "quoted", "", wire),
	}))
	want := []string{
		"first < second: same text", "alone", "agency < late < undated: tass", "site/en < site/lo: same publisher", "quoted < quoting: same text",
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestAVoiceOfSeveralLinksNamesThemAll(t *testing.T) {
	have := told(voices(t, []ewgwatch.Finding{
		dated(1, "a", "tass", "Laos came."), dated(2, "b", "tass", wire), dated(3, "c/en", "", wire), dated(4, "c/lo", "", "Vientiane sent officers."),
	}))
	if diff := cmp.Diff([]string{"a < b < c/en < c/lo: same publisher, tass, same text"}, have); diff != "" {
		t.Error(diff)
	}
}

func TestOneAgencyIsOneVoiceOfOneClaimAlone(t *testing.T) {
	other := dated(1, "b", "tass", "Laos hosted.")
	other.Stance = ewgwatch.Host
	l := build(t, []ewgwatch.Finding{dated(1, "a", "tass", "Laos came."), other}, nil, ledger.Options{})
	for _, stance := range []ewgwatch.Stance{ewgwatch.Attended, ewgwatch.Host} {
		if n := len(l.Voices(ewgwatch.Claim{State: ewgwatch.Laos, Event: tabletop.ID, Stance: stance}, false)); n != 1 {
			t.Errorf("%s: %d voices", stance, n)
		}
	}
}

func TestWhatNobodySaysHasNoVoices(t *testing.T) {
	l := build(t, findings, nil, ledger.Options{})
	for _, c := range []ewgwatch.Claim{{}, {State: "XX"}, {State: ewgwatch.Laos, Event: "unheard", Stance: "of"}} {
		if v := l.Voices(c, false); v != nil {
			t.Errorf("%v: %v", c, v)
		}
	}
	if v := l.Voices(findings[3].Claim(), true); v != nil {
		t.Errorf("a plan that nobody made: %v", v)
	}
}

// spread is findings of few publishers, agencies, texts and quotes, so that they
// meet in many ways.
func spread(t *rapid.T) []ewgwatch.Finding {
	one := rapid.Custom(func(t *rapid.T) ewgwatch.Finding {
		f := dated(rapid.IntRange(0, 3).Draw(t, "day"), rapid.StringMatching(`[a-f]`).Draw(t, "source"), rapid.SampledFrom([]string{"", "", "", "tass", "afp"}).Draw(t, "wire"),
			rapid.SampledFrom([]string{wire, wire + " More.", "Another sentence of somebody else.", "Kurz.", "Something quite different was said."}).Draw(t, "quote"))
		f.Title = rapid.StringMatching(`[xy]?`).Draw(t, "title")
		if seed := rapid.Uint32Range(0, 3).Draw(t, "text"); seed > 0 {
			for i := range uint32(20) {
				f.Sketch = append(f.Sketch, seed*6+i) // neighbours share fourteen of twenty
			}
		}
		return f
	})
	return rapid.SliceOfN(one, 1, 20).Draw(t, "findings")
}

func TestVoicesAreTheSameInAnyOrderAndAsManyAsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings := spread(t)
		have := voices(t, findings)
		if diff := cmp.Diff(have, voices(t, rapid.Permutation(findings).Draw(t, "shuffled"))); diff != "" {
			t.Fatal(diff)
		}
		l := build(t, findings, nil, ledger.Options{})
		if n := l.Cell(ewgwatch.Laos, tabletop).Said[0].Voices; n != len(have) || n != ledger.Voices(findings) {
			t.Fatalf("%d voices, counted %d and %d", len(have), n, ledger.Voices(findings))
		}
		members := 0
		for _, v := range have {
			members += 1 + len(v.Copies)
			if (v.Why == "") != (len(v.Copies) == 0) {
				t.Fatalf("%d copies, because of %q", len(v.Copies), v.Why)
			}
		}
		if members != len(findings) || !slices.IsSortedFunc(have, func(a, b ledger.Voice) int { return a.First.FoundAt.Compare(b.First.FoundAt) }) {
			t.Fatalf("%d of %d findings in voices", members, len(findings))
		}
	})
}
