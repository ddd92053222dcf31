package archive

import (
	"testing"
	"time"

	"ewgwatch"
)

// Two runs may begin in one second, and their files' names are then in no order.
func TestBodiesComeInTheOrderOfTheirRuns(t *testing.T) {
	dir := t.TempDir()
	at := night
	var want []string
	for i := range 12 {
		options := Options{Now: func() time.Time { return at }}
		a, err := Open(dir, options)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range []ewgwatch.Role{ewgwatch.RoleArticle, ""} { // one that was handed over, one it took besides
			x := page(string(rune('a' + i)))
			x.Source, x.Role, x.Outcome = "a-source", role, ewgwatch.New
			record(t, a, x)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		want = append(want, string(rune('a'+i)))
		at = at.Add(time.Millisecond)
	}
	i := 0
	for kept, err := range Bodies(t.Context(), dir) {
		if err != nil {
			t.Fatal(err)
		}
		if i == len(want) || string(kept.Record.Payload) != want[i] || kept.Source != "a-source" || kept.Role != ewgwatch.RoleArticle || kept.Outcome != ewgwatch.New {
			t.Fatalf("body %d: %q of %q as %q", i, kept.Record.Payload, kept.Source, kept.Role)
		}
		if again, err := Read(dir, kept.Capture); err != nil || again.SHA256 != kept.Record.SHA256 {
			t.Errorf("its capture: %v", err)
		}
		i++
	}
	if i != len(want) {
		t.Errorf("%d bodies, want %d", i, len(want))
	}
}
