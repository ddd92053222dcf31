package document

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestSettledCharactersAreLeftAloneByNormalisation(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if !isSettled(r) {
			continue
		}
		p := norm.NFC.PropertiesString(string(r))
		if !p.BoundaryBefore() || p.CCC() != 0 || !norm.NFC.IsNormalString("a"+string(r)) || norm.NFC.String(string(r)) != string(r) {
			t.Errorf("%U is not settled", r)
		}
	}
}

func TestLettersCarryNoMoreAccentsThanTheyMay(t *testing.T) {
	got := squeeze("a" + strings.Repeat("\u0316", 1000) + "e\u0301")
	if want := "a" + strings.Repeat("\u0316", mostAccents) + "é"; got != want {
		t.Errorf("have %d bytes, want %d", len(got), len(want))
	}
}

func TestFoldingKeepsLettersAndDigitsInLowerCase(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		want := rune(-1)
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			want = unicode.ToLower(r)
		}
		if got := foldedRune(r); got != want {
			t.Fatalf("%U folds to %U, want %U", r, got, want)
		}
	}
	for _, s := range []string{"", "Éa 1!", "\xffx", "…", "ไทย", "É"} {
		for _, other := range []string{"", "éa1", "x", "ไทย", "é", "éa"} {
			if foldsTo(s, other) != (folded(s) == other) {
				t.Errorf("%q folds to %q: %v", s, other, foldsTo(s, other))
			}
		}
	}
}
