package extract

import (
	"testing"

	"ewgwatch"
)

func TestBeforeAnEventBeginsNobodyHasBeenThere(t *testing.T) {
	const text = "The field training exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism on the Sergeevsky range in Russia from September 25 to 30, 2023 involves China and India."
	for day, planned := range map[int]bool{24: true, 25: false, 30: false} {
		article := ewgwatch.Article{Text: text, Lang: "en", Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 9, Day: day}}}
		attended := 0
		for _, f := range Findings(article, Options{}).Findings {
			if f.Stance != ewgwatch.Attended {
				continue
			}
			attended++
			if f.Event.ID != "ewgct-2023-09-field" || f.Planned != planned {
				t.Errorf("on 2023-09-%d: %s at %q, planned %v", day, f.State, f.Event.ID, f.Planned)
			}
		}
		if attended != 2 {
			t.Errorf("on 2023-09-%d: %d attended, want 2", day, attended)
		}
	}
}
