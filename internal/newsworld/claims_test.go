package newsworld_test

import (
	"slices"
	"strings"
	"testing"

	"ewgwatch"
	"ewgwatch/internal/newsworld"
)

// forms are further names under which an English page may name a state.
var forms = map[ewgwatch.State][]string{
	ewgwatch.UnitedStates: {"Washington", "Pentagon", "US "}, ewgwatch.NewZealand: {"Wellington"},
	ewgwatch.SouthKorea: {"Republic of Korea"}, ewgwatch.Cambodia: {"Cambodian"}, ewgwatch.Laos: {"Lao "},
	ewgwatch.Russia: {"Moscow"},
}

func TestEnglishPagesNameTheStatesTheyAreExpectedToYield(t *testing.T) {
	for _, page := range start(t).Pages() {
		if page.Lang != "en" {
			continue
		}
		for _, claim := range page.Expect {
			if !slices.ContainsFunc(append(forms[claim.State], claim.State.Name()), func(form string) bool {
				return strings.Contains(page.Title+"\n"+page.Text(), form)
			}) {
				t.Errorf("%s: does not name %s", page.File, claim.State.Name())
			}
		}
	}
}

func TestNoPageExpectsWhatItForbids(t *testing.T) {
	for _, page := range start(t).Pages() {
		for _, claim := range page.Expect {
			if slices.Contains(page.Forbid, claim) {
				t.Errorf("%s: %v is expected and forbidden", page.File, claim)
			}
		}
		if page.Nothing && len(page.Expect) > 0 {
			t.Errorf("%s: must yield nothing and yet %v", page.File, page.Expect)
		}
		if !page.Nothing && len(page.Expect)+len(page.Forbid) == 0 {
			t.Errorf("%s: says nothing of what must be found", page.File)
		}
	}
}

func TestEveryEventHasAClaimInEnglish(t *testing.T) {
	world := start(t)
	events := map[string]int{}
	for _, claim := range world.Claims("en") {
		events[claim.Event]++
	}
	for _, id := range []string{
		"ewgct-2022-07-meeting", "ewgct-2023-06-planning", "ewgct-2023-08-tabletop", "ewgct-2023-09-field",
		"ewgct-2019-11-field", "ewgct-2019-09-tabletop", "ewgct-2016-05-field", "ewgct-2025-03-meeting",
		"ewgct-2026-01-meeting", "ewgct-2013-09-field",
	} {
		if events[id] == 0 {
			t.Errorf("no claim about %s", id)
		}
	}
	stances := map[ewgwatch.Stance]bool{}
	for _, claim := range world.Claims() {
		stances[claim.Stance] = true
	}
	for _, stance := range ewgwatch.Stances() {
		if !stances[stance] && stance != ewgwatch.Mentioned {
			t.Errorf("no claim of stance %s", stance)
		}
	}
}

func TestWithheldPagesAddNoClaimAndForbidTheirs(t *testing.T) {
	world := start(t)
	for _, claim := range []ewgwatch.Claim{
		{State: ewgwatch.Philippines, Event: "ewgct-2016-05-field", Stance: ewgwatch.Attended},
		{State: ewgwatch.India, Event: "ewgct-2019-11-field", Stance: ewgwatch.Attended},
	} {
		if slices.Contains(world.Claims(), claim) || !slices.Contains(world.Forbidden(), claim) {
			t.Errorf("%v stands only on a page that is withheld, and must not be found", claim)
		}
	}
}

func TestWireStoryStandsOnThreeSitesAndOnceCutShort(t *testing.T) {
	world := start(t)
	copies := map[string]newsworld.Page{}
	titles := map[string]bool{}
	for _, page := range world.Pages() {
		if page.Wire == "khabarovsk" {
			copies[page.Site] = page
			titles[page.Title] = true
		}
	}
	if len(copies) != 3 || len(titles) != 3 || len(world.Wires()["khabarovsk"]) != 3 {
		t.Fatalf("copies on %d sites under %d headlines", len(copies), len(titles))
	}
	whole, cut := copies["meridian-wire"].Text(), copies["mekong-morning"].Text()
	if copies["straits-ledger"].Text() != whole {
		t.Error("two copies differ")
	}
	if start, _, _ := strings.Cut(cut, "\n(Meridian"); !strings.HasPrefix(whole, start) || len(cut) > len(whole)*2/3 {
		t.Error("the third copy is not cut short")
	}
}

func TestOffTopicPagesAreOfEveryKind(t *testing.T) {
	world := start(t)
	all := strings.Join(world.OffTopic(), "\n")
	for _, part := range []string{"maritime-security-exercise", "kiwi-crew-sea-of-japan", "henei-weihe", "gin-giu-hoa-binh", "cyber-group"} {
		if !strings.Contains(all, part) {
			t.Errorf("no off-topic page %s", part)
		}
	}
}
