package main

import (
	"testing"

	"ewgwatch"
)

func TestAQuoteIsLookedForWhereItWasFoundThenInThePage(t *testing.T) {
	page := again{article: ewgwatch.Article{Title: "Six took part", Text: "Laos attended. Japan, it said, was absent."}}
	for _, c := range []struct {
		name, quote string
		start, end  int
		want        proof
	}{
		{"where it was", "Laos attended.", 0, 14, proofHolds},
		{"the title", "Six took part", -1, -1, proofHolds},
		{"elsewhere", "Japan, it said, was absent.", 0, 27, proofMoved},
		{"with other marks", "japan it said was absent", 15, 40, proofMoved},
		{"a title that is text now", "Laos attended.", -1, -1, proofMoved},
		{"another quote", "Japan attended.", 15, 30, proofNoQuote},
		{"behind the end", "Laos boycotted", 30, 900, proofNoQuote},
		{"an end before its beginning", "Laos took part", 9, 3, proofNoQuote},
	} {
		f := ewgwatch.Finding{Quote: c.quote, QuoteStart: c.start, QuoteEnd: c.end}
		if have := page.holds(f); have.proof != c.want || have.proof.broken() != (have.why != "" && c.want != proofMoved) {
			t.Errorf("%s: %v (%s), want %v", c.name, have.proof, have.why, c.want)
		}
	}
}
