package broadsheet

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/ledger"
)

// besides is a ledger with all that is told beside a stance: copies, turns, a
// contradiction within one house, what was read, and an absence.
func besides(t failing) *ledger.Ledger {
	t.Helper()
	on := func(day int, f ewgwatch.Finding) ewgwatch.Finding {
		f.Published.Date = ewgwatch.Date{Year: 2023, Month: 8, Day: day}
		return f.Identify()
	}
	first := on(5, says("herald", ewgwatch.Singapore, ewgwatch.Absent, tabletop, "Singapore was not at the table."))
	echo := on(6, says("echo", ewgwatch.Singapore, ewgwatch.Absent, tabletop, "Singapore was not at the table."))
	mirror := on(7, says("mirror", ewgwatch.Singapore, ewgwatch.Absent, tabletop, "The seat of the island state was empty, it is said."))
	first.Wire, echo.Wire, mirror.Wire = "afp", "afp", "afp"
	echo.Source.Name, mirror.Source.Name = "Echo", "Mirror"
	plan := on(1, says("herald", ewgwatch.Singapore, ewgwatch.Attended, tabletop, "Singapore will come."))
	plan.Planned = true
	plan.URL = "https://herald.test/plan"
	seated := on(4, says("herald", ewgwatch.Singapore, ewgwatch.Attended, tabletop, "Officers of ten states and of Singapore sat down to it."))
	seated.URL = "https://herald.test/opening"
	all := []ewgwatch.Finding{
		seated, first, echo, mirror, plan,
		on(9, says("gazette", ewgwatch.Singapore, ewgwatch.Absent, tabletop, "Among those missing was Singapore, whose ministry gave no reason.")),
	}
	run := ewgwatch.Run{StartedAt: time.Date(2023, 8, 20, 0, 0, 0, 0, time.UTC), Coverage: []ewgwatch.Coverage{
		{Source: "herald", Reach: ewgwatch.ReachRead, OnTopic: 1, Lang: "en", Kind: ewgwatch.News},
		{Source: "gazette", Reach: ewgwatch.ReachRead, OnTopic: 1, Lang: "id", Kind: ewgwatch.ThinkTank},
		{Source: "mod-sg", Reach: ewgwatch.ReachNone, State: ewgwatch.Singapore, Kind: ewgwatch.Ministry},
	}}
	l, err := ledger.New(seq(all), []ewgwatch.Run{run}, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func expecting(l *ledger.Ledger) About {
	a := about
	for _, id := range []string{tabletop.ID, "ewgct-2030-field"} {
		event := ewgwatch.Event{}
		if id == tabletop.ID {
			event = tabletop
		}
		a.Expected = append(a.Expected, l.Expect(ewgwatch.Expectation{Event: id, By: ewgwatch.Date{Year: 2023, Month: 8, Day: 20}}, event, a.MadeAt))
	}
	return a
}

func TestASheetSaysWhatStandsBesideAClaim(t *testing.T) {
	l := besides(t)
	s := New(l, expecting(l))
	page := set(t, s, "html")
	said := strings.Join(strings.Fields(textOf(checkPage(t, page))), " ")
	text := textOf(read(t, set(t, s, "md")))
	for _, want := range []string{
		"2 copies (afp): Echo, Mirror",
		"its quote is the later",
		"Not independent of the other side: one publisher.",
		"What could have spoken against it: 0 of 1 own source",
		"2 of 3 sources (of 19 Jul – 1 Sep 2023, or telling of it)",
		"languages: English 1, Indonesian 1",
		"kinds of sources: news 1, think tank 1",
		"1 Aug 2023 to attend → 4 Aug 2023 attended → 5 Aug 2023 absent",
		"Table-top exercise, Naypyitaw 2023: no ministry has named participants",
		"ewgct-2030-field (no event of this ID is known)",
	} {
		for form, have := range map[string]string{"html": said, "md": text} {
			if !strings.Contains(have, want) {
				t.Errorf("%s does not say %q", form, want)
			}
		}
	}
	if picture := set(t, s, "svg"); !strings.Contains(picture, "read for it: 2 of 3") {
		t.Error("the picture does not say what was read")
	}
}

func TestAHistoryIsToldSourceBySourceAndDayByDay(t *testing.T) {
	l := besides(t)
	doc := checkPage(t, set(t, New(l, about), "html"))
	var have []string
	for _, list := range elements(doc, "ol") {
		if attrOf(list, "class") != "history" {
			continue
		}
		for _, item := range elements(list, "li") {
			have = append(have, strings.Join(strings.Fields(textOf(item)), " "))
		}
	}
	want := []string{
		"1 Aug 2023 to attend herald (independent)", "4 Aug 2023 attended herald (independent)", "5 Aug 2023 absent herald (independent)",
		"6 Aug 2023 absent Echo (independent)", "7 Aug 2023 absent Mirror (independent)", "9 Aug 2023 absent gazette (independent)",
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestJSONHasTheVoicesWithTheirCopies(t *testing.T) {
	l := besides(t)
	var d Document
	if err := json.Unmarshal([]byte(set(t, New(l, expecting(l)), "json")), &d); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(New(l, expecting(l)).content.document(), d); diff != "" {
		t.Error(diff)
	}
	for _, c := range d.Cells {
		copies := 0
		for _, s := range c.Said {
			if len(s.Heard) != s.Voices {
				t.Errorf("%s, %s: %d voices are listed of %d", c.State, s.Stance, len(s.Heard), s.Voices)
			}
			for _, v := range s.Heard {
				copies += len(v.Copies)
			}
		}
		if c.State == ewgwatch.Singapore && (copies != 2 || len(c.History) != 6 || c.Read.Own.Watched != 1 || c.Read.Others.Then != 2) {
			t.Errorf("%d copies, %d steps, read %+v", copies, len(c.History), c.Read)
		}
	}
	if c := d.Contradictions[0]; len(c.Sides) != 2 || !c.Sides[1].Later || c.Sides[0].Later || c.Sides[0].Kin != ledger.OnePublisher {
		t.Errorf("sides are %+v", c.Sides)
	}
	if e := d.Expected; len(e) != 2 || e[0].Standing != ledger.Passed || e[0].Ministries != 1 || e[0].Read != 0 {
		t.Errorf("expected is %+v", e)
	}
}

// Of what is not covered, each cell says which case it is: that sources were read and
// gave nothing of the time is not said of a state that nobody watches, nor the other
// way round.
func TestWhatIsNotCoveredIsToldByItsCase(t *testing.T) {
	l := fixture()
	s := New(l, about)
	late, unwatched := 0, 0
	for _, e := range s.content.Events {
		for _, c := range e.Cells {
			n := l.Cell(c.State.Code, e.Event).Nothing
			if n.Kind != ledger.NotCovered {
				continue
			}
			want := "not watched"
			if n.Own.Watched > 0 || n.Others.Watched > 0 {
				want = "other time"
				late++
			} else {
				unwatched++
			}
			if have := c.Kind().Short(); have != want {
				t.Errorf("%s at %s is %q, want %q", c.State.Name, e.ID, have, want)
			}
		}
	}
	if late == 0 || unwatched == 0 {
		t.Fatalf("the fixture has %d and %d of them", late, unwatched)
	}
	total := 0
	for _, k := range s.content.Kinds() {
		total += k.Cells
	}
	if want := s.content.Total() - s.content.Filled(); total != want {
		t.Errorf("the key counts %d empty cells, there are %d", total, want)
	}
	for form, want := range map[string]string{"html": "<td class=\"n\">%d</td>", "md": "gave nothing of the event’s time (%d cells)", "svg": "other time: %d cells"} {
		if want := fmt.Sprintf(want, late); !strings.Contains(set(t, s, form), want) {
			t.Errorf("%s does not say %q", form, want)
		}
	}
}

func TestManyVoicesAndCopiesAreCountedWhereTheyAreNotNamed(t *testing.T) {
	var all []ewgwatch.Finding
	for i := range mostVoices + 5 {
		all = append(all, says(fmt.Sprintf("paper%03d", i), ewgwatch.Laos, ewgwatch.Attended, tabletop, strings.Repeat(fmt.Sprintf("word%d ", i*i*7919), 5)))
	}
	for i := range mostCopies + 3 {
		f := says(fmt.Sprintf("wire%03d", i), ewgwatch.Laos, ewgwatch.Host, tabletop, "Laos hosts it, according to the agency.")
		f.Wire = "tass"
		all = append(all, f)
	}
	s := New(mustLedger(t, all...), about)
	page, text := set(t, s, "html"), set(t, s, "md")
	for _, want := range []string{"5 more independent sources say so.", fmt.Sprintf("%d copies (tass): ", mostCopies+2), " and 2 more"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if want := fmt.Sprintf("and %d more", mostVoices+5-mostNamed); !strings.Contains(text, want) {
		t.Errorf("the notes do not say %q", want)
	}
}

// What stands beside a claim is as foreign as the claim.
func TestForeignTextBesideAClaimStaysText(t *testing.T) {
	plainly := tags(read(t, set(t, New(rumour(t, "word"), about), "md")))
	for _, text := range hostile {
		s := New(rumour(t, text), about)
		doc := checkPage(t, set(t, s, "html"))
		if have := len(elements(doc, "li", "blockquote")); have < 4 {
			t.Errorf("%q: %d voices and quotes", text, have)
		}
		if diff := cmp.Diff(plainly, tags(read(t, set(t, s, "md")))); diff != "" {
			t.Errorf("%q is read as more than text: %s", text, diff)
		}
		checkPicture(t, set(t, s, "svg"))
	}
}

// rumour is a ledger of two voices, of which one has a copy, and a contradiction; a
// page has written everything that is not of this program.
func rumour(t failing, text string) *ledger.Ledger {
	t.Helper()
	var all []ewgwatch.Finding
	for i, stance := range []ewgwatch.Stance{ewgwatch.Attended, ewgwatch.Attended, ewgwatch.Attended, ewgwatch.Absent} {
		f := says(fmt.Sprintf("s%d.test", i), ewgwatch.Laos, stance, tabletop, fmt.Sprintf("%d %s", i*7919, text))
		f.Source.Name, f.Title, f.Lang = text, text, text
		if i < 2 {
			f.Wire = text
		}
		all = append(all, f)
	}
	return mustLedger(t, all...)
}
