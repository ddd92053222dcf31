package ewgwatch_test

import (
	"strings"
	"testing"

	"ewgwatch"
)

func TestTheIDOfAnEventSaysWhatItCan(t *testing.T) {
	for id, want := range map[string]ewgwatch.Event{
		"ewgct-2022-12-meeting":  {Kind: ewgwatch.Meeting, Start: ewgwatch.Date{Year: 2022, Month: 12}},
		"ewgct-2027-field-in":    {Kind: ewgwatch.Field, Host: ewgwatch.India, Start: ewgwatch.Date{Year: 2027}},
		"ewgct-undated-tabletop": {Kind: ewgwatch.Tabletop},
		"ewgct-2022-13-meeting":  {Kind: ewgwatch.Meeting},
		"ewgct-2022-handover-th": {Start: ewgwatch.Date{Year: 2022}, Host: ewgwatch.Thailand},
		"ewgct-undated":          {},
		"moscow":                 {},
		"":                       {},
	} {
		want.ID = id
		if have := ewgwatch.EventOf(id); have != want {
			t.Errorf("%q: %+v", id, have)
		}
	}
}

func TestAnIDThatNoEventCanHaveIsRefused(t *testing.T) {
	for _, id := range []string{"", "moscow", "ewgct-", "ewgct-2022", "ewgct-2022-12-Meeting", "ewgct-a\x1b[1m", "ewgct--a", "ewgct-" + strings.Repeat("a", 80)} {
		if ewgwatch.CheckEventID(id) == nil {
			t.Errorf("%q is taken", id)
		}
	}
	if err := ewgwatch.CheckEventID("ewgct-2022-12-meeting-2"); err != nil {
		t.Error(err)
	}
}

func FuzzEventOf(f *testing.F) {
	for _, id := range events {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if e := ewgwatch.EventOf(id); e.ID != id || e.Host != "" && !e.Host.Valid() || e != (ewgwatch.Event{ID: id}) && !strings.HasPrefix(id, "ewgct-") {
			t.Errorf("%+v", e)
		}
	})
}
