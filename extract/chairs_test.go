package extract

import (
	"testing"

	"ewgwatch"
)

func TestEveryCycleOfTheCatalogueHasItsChairs(t *testing.T) {
	pairs, err := parseChairs(chairsTSV)
	if err != nil {
		t.Fatal(err)
	}
	cycles := map[string]bool{}
	for _, p := range pairs {
		cycles[p.cycle] = true
		if _, ok := chairedBy(p.plus, p.asean); !ok {
			t.Errorf("%s: the pair is not known the other way round", p.cycle)
		}
	}
	for _, e := range Catalogue() {
		if !cycles[e.Cycle] {
			t.Errorf("%s: nobody chairs cycle %q", e.ID, e.Cycle)
		}
	}
	if pair, ok := ChairsOf("2021-2023"); !ok || pair.ASEAN != ewgwatch.Myanmar || pair.Plus != ewgwatch.Russia || pair.Source == "" {
		t.Errorf("2021-2023 is chaired by %+v", pair)
	}
	if pair, ok := ChairsOf("1999-2001"); ok {
		t.Errorf("1999-2001 is chaired by %+v", pair)
	}
	if _, ok := chairedBy(ewgwatch.Russia, ewgwatch.China); ok {
		t.Error("Russia and China never chaired together")
	}
	if _, err := parseChairs("2030\tRU\tXX\tnowhere"); err == nil {
		t.Error("XX passes for a state")
	}
}
