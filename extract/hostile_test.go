package extract

import (
	"strings"
	"testing"

	"ewgwatch"
)

// TestReadingIsBoundedByTheTextItReads feeds texts that repeat what the reader
// looks hardest at. It measures no time: without the bounds it would not end
// within the test's own deadline.
func TestReadingIsBoundedByTheTextItReads(t *testing.T) {
	for _, unit := range []string{
		"did not attend Laos and ", "ADMM-Plus counter-terrorism exercise Laos took part. ", "x\n",
	} {
		text := strings.Repeat(unit, 2<<20/len(unit))
		r := Findings(ewgwatch.Article{Title: "ADMM-Plus Experts' Working Group on Counter-Terrorism", Text: text, Lang: "en"}, Options{})
		if last := r.Evidence[len(r.Evidence)-1]; !strings.Contains(last, "bytes of the text were read") {
			t.Errorf("%q: evidence %q does not say that only a part was read", unit, r.Evidence)
		}
		for _, f := range r.Findings {
			if f.QuoteEnd > maxText || f.QuoteEnd-f.QuoteStart > longestSentence {
				t.Errorf("%q: quote from %d to %d", unit, f.QuoteStart, f.QuoteEnd)
			}
		}
	}
}
