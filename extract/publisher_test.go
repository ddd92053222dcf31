package extract

import (
	"testing"

	"ewgwatch"
)

func TestPublisherIsToldByTheAddress(t *testing.T) {
	for address, want := range map[string]ewgwatch.State{
		"https://www.mindef.gov.sg/a":      ewgwatch.Singapore,
		"https://www.defense.gov/News":     ewgwatch.UnitedStates,
		"https://thestar.com.my/news":      ewgwatch.Malaysia,
		"https://mgronline.co.th/a":        ewgwatch.Thailand,
		"https://kpl.gov.la/a":             ewgwatch.Laos,
		"https://link.la/a":                "",
		"https://www.reuters.com/world":    "",
		"https://timesofindia.co.in/a":     ewgwatch.India,
		"https://news.google.de/":          "",
		"not an address at all \x00 or so": "",
	} {
		if have := publisher(ewgwatch.Article{URL: address}); have != want {
			t.Errorf("%s: %q, want %q", address, have, want)
		}
	}
	own := ewgwatch.Article{URL: "https://thestar.com.my/", Source: ewgwatch.Source{State: ewgwatch.Laos}}
	if have := publisher(own); have != ewgwatch.Laos {
		t.Errorf("the source says LA, have %q", have)
	}
}
