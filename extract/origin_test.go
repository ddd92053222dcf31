package extract

import (
	"net/http"
	"strings"
	"testing"

	"ewgwatch"
)

const report = `<html lang="en"><head><title>Singapore stays away</title></head><body><article><h1>Singapore stays away</h1>
<p>YANGON, August 3 (Xinhua) -- The ADMM-Plus Experts' Working Group on Counter-Terrorism began a table-top exercise in Naypyitaw on August 2, 2023.</p>
<p>Singapore did not attend the table-top exercise, a person in the room said.</p>
<p>Australia did not attend the exercise, Russia's TASS news agency reported on Friday.</p>
<p>Japan is a partner of the group.</p></article></body></html>`

func readReport(t *testing.T) (ewgwatch.Article, Result) {
	t.Helper()
	page := ewgwatch.Page{URL: "https://paper.example/1", FinalURL: "https://paper.example/1", Header: http.Header{}, Body: []byte(report)}
	article, err := Article(t.Context(), page, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return article, Findings(article, Options{})
}

func TestAFindingIsFromTheAgencyOfItsSentenceElseOfItsArticle(t *testing.T) {
	article, result := readReport(t)
	if article.Wire != "xinhua" || !article.Sketch.Copies(ewgwatch.SketchOf(article.Text)) {
		t.Errorf("wire %q, sketch of %d", article.Wire, len(article.Sketch))
	}
	seen := map[string]string{}
	for _, f := range result.Findings {
		seen[string(f.State)+" "+string(f.Stance)] = f.Wire
		if !f.Sketch.Copies(article.Sketch) {
			t.Errorf("%s %s has lost the sketch of its article", f.State, f.Stance)
		}
	}
	for claim, want := range map[string]string{"SG absent": "xinhua", "AU absent": "tass", "JP mentioned": "xinhua"} {
		if seen[claim] != want {
			t.Errorf("%s is from %q, want %q, of %v", claim, seen[claim], want, seen)
		}
	}
}

func TestOnlyAFindingOfAnEventHasAScoreOfIt(t *testing.T) {
	_, result := readReport(t)
	tied := 0
	for _, f := range result.Findings {
		if (f.Event.ID == "") != (f.EventScore == 0) || f.EventScore < 0 || f.EventScore > 1 {
			t.Errorf("%s %s: event %q with score %v", f.State, f.Stance, f.Event.ID, f.EventScore)
		}
		if f.Event.ID != "" {
			tied++
		}
	}
	if tied == 0 || !strings.Contains(report, "Naypyitaw") {
		t.Error("no finding is tied to an event: the case proves nothing")
	}
}
