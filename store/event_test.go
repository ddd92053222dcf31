package store

import (
	"testing"

	"ewgwatch"
)

func TestTheFullerDescriptionOfAnEventIsKeptWhicheverCameFirst(t *testing.T) {
	month := ewgwatch.Event{ID: "e", Name: "Exercise", Place: "Myanmar", Start: ewgwatch.Date{Year: 2023, Month: 9}, Provisional: true}
	day := ewgwatch.Event{ID: "e", Name: "Exercise", Place: "Naypyitaw, Myanmar", Start: ewgwatch.Date{Year: 2023, Month: 9, Day: 18}, Provisional: true}
	other := ewgwatch.Event{ID: "e", Name: "Exercise", Place: "Yangon, Myanmar", Start: ewgwatch.Date{Year: 2023, Month: 9, Day: 19}, Provisional: true}
	known := ewgwatch.Event{ID: "e", Name: "Known"}
	for _, c := range []struct{ a, b, want ewgwatch.Event }{
		{month, day, day}, {day, other, fuller(other, day)}, {month, known, known}, {day, known, known},
	} {
		if got := fuller(c.a, c.b); got != c.want {
			t.Errorf("kept %+v, want %+v", got, c.want)
		}
		if got := fuller(c.b, c.a); got != c.want {
			t.Errorf("the other way round kept %+v, want %+v", got, c.want)
		}
	}
}
