package ewgwatch_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestRostersNameTheMembersOfTheirDay(t *testing.T) {
	ten := []ewgwatch.State{"BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "VN"}
	eleven := []ewgwatch.State{"BN", "KH", "ID", "LA", "MY", "MM", "PH", "SG", "TH", "TL", "VN"}
	partners := []ewgwatch.State{"AU", "CN", "IN", "JP", "NZ", "RU", "KR", "US"}
	tests := []struct {
		name  string
		on    time.Time
		asean []ewgwatch.State
	}{
		{"field exercise of 2019", time.Date(2019, 11, 13, 0, 0, 0, 0, time.UTC), ten},
		{"last day without Timor-Leste", time.Date(2025, 10, 25, 23, 59, 59, 0, time.UTC), ten},
		{"day Timor-Leste joined", time.Date(2025, 10, 26, 0, 0, 0, 0, time.UTC), eleven},
		{"days later", time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC), eleven},
		{"no day", time.Time{}, eleven},
	}
	for _, c := range tests {
		if diff := cmp.Diff(c.asean, ewgwatch.ASEAN(c.on)); diff != "" {
			t.Errorf("%s: ASEAN %s", c.name, diff)
		}
		if diff := cmp.Diff(partners, ewgwatch.Partners(c.on)); diff != "" {
			t.Errorf("%s: partners %s", c.name, diff)
		}
	}
}

func TestTheStatesAreBothRostersOfToday(t *testing.T) {
	states := ewgwatch.States()
	if diff := cmp.Diff(slices.Concat(ewgwatch.ASEAN(time.Time{}), ewgwatch.Partners(time.Time{})), states); diff != "" {
		t.Error(diff)
	}
	if distinct := len(slices.Compact(slices.Sorted(slices.Values(states)))); distinct != 19 {
		t.Errorf("%d distinct states, want 19", distinct)
	}
	for _, s := range states {
		if !s.Valid() || s.Name() == string(s) {
			t.Errorf("%s is valid: %v, named %q", s, s.Valid(), s.Name())
		}
	}
}

func TestARosterCannotBeChangedFromOutside(t *testing.T) {
	for _, roster := range [][]ewgwatch.State{ewgwatch.States(), ewgwatch.ASEAN(time.Time{}), ewgwatch.Partners(time.Time{})} {
		clear(roster)
	}
	if slices.Contains(ewgwatch.States(), "") || ewgwatch.Laos.Name() != "Laos" {
		t.Error("a caller's change reached the roster")
	}
}

func TestWhatIsNoMemberKeepsItsCode(t *testing.T) {
	for _, s := range []ewgwatch.State{"", "XX", "sg", "SGP", "GB"} {
		if s.Valid() || s.Name() != string(s) {
			t.Errorf("%q is valid: %v, named %q", s, s.Valid(), s.Name())
		}
	}
}
