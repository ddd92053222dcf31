package broadsheet

import (
	"testing"

	"ewgwatch"
)

func TestATimeLineLosesNoClaimAndIsNotStretchedByAWrongDate(t *testing.T) {
	l := fixture()
	line := New(l, about).content.Timeline()
	if from, to := line.from.Year(), line.to.Year(); from < 2022 || to > 2026 {
		t.Errorf("the line goes from %d to %d", from, to)
	}
	far := 0
	for i, lane := range line.Lanes {
		said := 0
		for _, state := range l.States {
			said += len(l.Cell(state, l.Events[i]).Said)
		}
		if lane.done+lane.planned != said {
			t.Errorf("%s: %d done and %d planned, want %d", l.Events[i].ID, lane.done, lane.planned, said)
		}
		for _, d := range lane.Dots {
			if d.X < lineFrom || d.X > lineTo {
				t.Errorf("a claim lies at %v", d.X)
			}
		}
		far += lane.far
		if lane.Dated == l.Events[i].Start.IsZero() {
			t.Errorf("%s is dated: %v", l.Events[i].ID, lane.Dated)
		}
	}
	if far != 1 {
		t.Errorf("%d claims lie outside, want the one of 1970", far)
	}
}

func TestWithoutDatesThereIsNoAxis(t *testing.T) {
	undatedPage := says("herald", ewgwatch.India, ewgwatch.Host, ewgwatch.Event{ID: "e"}, "It hosts.")
	l := mustLedger(t, undatedPage)
	page := set(t, New(l, about), "html")
	checkPage(t, page)
	if line := New(l, about).content.Timeline(); len(line.Ticks) != 0 || line.Lanes[0].Dated {
		t.Errorf("have %d ticks", len(line.Ticks))
	}
}
