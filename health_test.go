package ewgwatch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

// kinds are nights by the letter that tables of nights have for them.
var kinds = map[rune]ewgwatch.Coverage{
	'G': {Reach: ewgwatch.ReachRead, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 3}, Pages: 9, Articles: 5, Fresh: 2, Length: 1200},
	'1': {Reach: ewgwatch.ReachRead, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 1}, Pages: 9, Articles: 1, Fresh: 1, Length: 1100},
	'.': {Reach: ewgwatch.ReachRead, Front: ewgwatch.Unchanged, Outcomes: counts{ewgwatch.Unchanged: 9}, Pages: 9},
	'P': {Reach: ewgwatch.ReachPartial, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 3, ewgwatch.Timeout: 2}, Pages: 3, Why: "slow"},
	'B': {Reach: ewgwatch.ReachNone, Front: ewgwatch.Blocked, Outcomes: counts{ewgwatch.Blocked: 5, ewgwatch.OffBudget: 90}, Why: "403"},
	'R': {Reach: ewgwatch.ReachNone, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 1, ewgwatch.Robots: 9}, Why: "robots.txt"},
	'L': {Reach: ewgwatch.ReachNone, Front: ewgwatch.RateLimited, Outcomes: counts{ewgwatch.RateLimited: 9}},
	'D': {Reach: ewgwatch.ReachNone, Front: ewgwatch.DNSError, Outcomes: counts{ewgwatch.DNSError: 5}, Why: "no such host"},
	'4': {Reach: ewgwatch.ReachPartial, Front: ewgwatch.Gone, Outcomes: counts{ewgwatch.Gone: 2, ewgwatch.Unchanged: 4}, Pages: 4, Why: "404"},
	'T': {Reach: ewgwatch.ReachNone, Front: ewgwatch.Timeout, Outcomes: counts{ewgwatch.Timeout: 5}, Why: "no answer"},
	'S': {Reach: ewgwatch.ReachRead, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 3}, Pages: 9, Articles: 5, Fresh: 2, Length: 300},
	's': {Reach: ewgwatch.ReachRead, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 1}, Pages: 9, Articles: 1, Fresh: 1, Length: 300},
	'U': {Reach: ewgwatch.ReachRead, Front: ewgwatch.New, Outcomes: counts{ewgwatch.New: 3}, Pages: 9, Articles: 5, Fresh: 2, Length: 1200, Undated: 4},
	'C': {Reach: ewgwatch.ReachNone, Cut: true, Outcomes: counts{ewgwatch.Blocked: 1, ewgwatch.OffBudget: 5}},
	'O': {Reach: ewgwatch.ReachNone, Outcomes: counts{ewgwatch.OffBudget: 5}},
}

type counts = map[ewgwatch.Outcome]int

var (
	letters = map[ewgwatch.HealthState]string{"": "-", ewgwatch.HealthOK: "o", ewgwatch.HealthDegraded: "d", ewgwatch.HealthBlocked: "b",
		ewgwatch.HealthSilent: "s", ewgwatch.HealthGone: "g"}
	firstNight = time.Date(2026, time.January, 1, 2, 0, 0, 0, time.UTC)
)

func runOf(night int, coverage ...ewgwatch.Coverage) ewgwatch.Run {
	at := firstNight.AddDate(0, 0, night)
	return ewgwatch.Run{ID: at.Format("20060102T150405Z"), StartedAt: at, Coverage: coverage}
}

// live takes a source through nights and returns its states, a letter a night.
func live(nights string) (states string, h ewgwatch.Health) {
	for i, kind := range nights {
		c := kinds[kind]
		c.Source, c.Name = "s", "S"
		h = h.After(runOf(i, c), c)
		states += letters[h.State]
	}
	return states, h
}

func TestNightsMakeStates(t *testing.T) {
	for _, c := range []struct{ name, nights, states string }{
		{"a source that is read", "GG.G..", "oooooo"},
		{"one bad night of any kind is forgiven", "GGBGGTGGPGGD", "oooooooooooo"},
		{"kept out on two of three nights", "GGBB", "ooob"},
		{"kept out on two of three nights, with one between", "GGBGB", "oooob"},
		{"two of four nights are not enough", "GGBGGBGGB", "ooooooooo"},
		{"forbidden by robots.txt though a feed is read", "GRR", "oob"},
		{"asked to slow down", "GLL", "oob"},
		{"kept out from the first night", "BBB", "dbb"},
		{"kept out for months", "G" + strings.Repeat("B", 60), "oo" + strings.Repeat("b", 59)},
		{"two good nights in a row bring it back", "GBBGBGG", "oobbbbo"},
		{"every other night is good", "GBBGBGBGBG", "oobbbbbbbb"},
		{"partly read on two of three nights", "GPGPGG", "oooddo"},
		{"not read on two of three nights, each otherwise", "GTB", "ood"},
		{"alternately kept out and partly read has one name", "GPBPBPBPB", "ooddddddd"},
		{"alternately kept out and lost has one name", "DDDDDBDBDBDB", "ddddgggggggg"},
		{"not resolved on five of seven nights", "GDDDDD", "oodddg"},
		{"not resolved on five of seven nights, with others between", "GDDTDTDD", "oodddddg"},
		{"front page and feeds are 404, though old pages answer", "G44444", "oodddg"},
		{"back after it was gone", "DDDDDGDGG", "ddddggggo"},
		{"back after it was gone, but kept out", "DDDDDBB", "ddddggb"},
		{"back after it was gone, but partly read", "DDDDDPP", "ddddggd"},
		{"blocked, then down", "BBTT", "dbbd"},
		{"first night is partly read", "PGG", "ddo"},
		{"first night is good", "GP", "oo"},
		{"nights that did not come to its end say nothing", "GCCCOOOBCOB", "oooooooooob"},
		{"never visited", "OCO", "---"},
		{"visited at last", "OCG", "--o"},
		{"texts a quarter as long as usual", "GGGSSS", "oooddd"},
		{"… until they are as before", "GGGSGG", "oooddo"},
		{"… and a night without any article tells nothing of them", "GGGS....", "oooddddd"},
		{"… for months", "GGG" + strings.Repeat("S", 40), "ooo" + strings.Repeat("d", 40)},
		{"one short article may be a notice", "GGGsGG", "oooooo"},
		{"two nights of short articles are not", "GGGs.s", "oooood"},
		{"nothing is usual after two nights", "GGSG", "oooo"},
		{"articles lose their dates", "GGGUUGG", "ooodddo"},
		{"articles never had dates", "UUUUGUU", "ooooooo"},
	} {
		if got, _ := live(c.nights); got != c.states {
			t.Errorf("%s: %s gives %s, want %s", c.name, c.nights, got, c.states)
		}
	}
}

// A source that fails by turns, in whatever rhythm of two or three nights, has
// one name after a fortnight and keeps it.
func TestNoRhythmMakesAStateFlap(t *testing.T) {
	const kinds = "1.PBRD4T"
	for _, a := range kinds {
		for _, b := range kinds {
			rhythms := []string{string([]rune{a, b})}
			for _, c := range kinds {
				rhythms = append(rhythms, string([]rune{a, b, c}))
			}
			for _, rhythm := range rhythms {
				states, _ := live(strings.Repeat("1", 15) + strings.Repeat(rhythm, 30))
				if settled := states[15+14:]; strings.Count(settled, settled[:1]) != len(settled) {
					t.Errorf("%s again and again gives %s", rhythm, states)
				}
			}
		}
	}
}

func TestOnlyASourceThatPublishesIsCalledSilent(t *testing.T) {
	daily, weekly, workdays := strings.Repeat("1", 15), strings.Repeat("1......", 12), strings.Repeat("11111..", 8)
	for _, c := range []struct {
		name, nights string
		silent       int // nights, of the last ones
	}{
		{"daily, then nothing for two nights", daily + "..", 0},
		{"daily, then nothing for three", daily + "...", 1},
		{"daily, then nothing for months", daily + strings.Repeat(".", 60), 58},
		{"daily, and unread meanwhile", daily + "..PP", 0},
		{"every weekend", workdays, 0},
		{"workdays, then nothing for four nights", workdays + "..", 1},
		{"every week", weekly, 0},
		{"every week, then nothing for eleven nights", weekly + ".....", 0},
		{"every week, then nothing for twelve", weekly + "......", 1},
		{"once, ever", "G" + strings.Repeat(".", 90), 0},
		{"daily, but watched for a week only", "GGGGGGG....", 0},
	} {
		states, h := live(c.nights)
		if got := strings.Count(states, "s"); got != c.silent || !strings.HasSuffix(states, strings.Repeat("s", c.silent)) {
			t.Errorf("%s: %s has %d silent nights, want the last %d (%s)", c.name, states, got, c.silent, h.Why)
		}
	}
}

func TestASilenceThatEndedIsLearnt(t *testing.T) {
	daily := strings.Repeat("1", 15)
	for nights, patience := range map[string]int{
		daily:                                  3,
		daily + ".1":                           3,
		daily + "...1":                         6,
		daily + "..........1":                  20,
		daily + strings.Repeat(".", 300) + "1": 28, // a fortnight of it, not a year
	} {
		if _, h := live(nights); h.Patience() != patience {
			t.Errorf("%s: patience is %d, want %d", nights, h.Patience(), patience)
		}
	}
	states, _ := live(daily + "...1.1")
	if !strings.HasSuffix(states, "ssoo") {
		t.Errorf("silent, then not: %s", states)
	}
}

func TestAStateSaysSinceWhenAndWhy(t *testing.T) {
	day := func(night int) time.Time { return firstNight.AddDate(0, 0, night) }
	for _, c := range []struct {
		nights string
		since  int
		why    string
	}{
		{"GG", 0, ""},
		{"GGBBB", 3, "kept out on 3 of 3 nights: 403"},
		{"GGBBG", 3, "read whole again; one more such night and it is ok"},
		{"GGBBT", 3, "tonight: no answer"},
		{"GGLL", 3, "kept out on 2 of 3 nights: unread"},
		{"GDDDDD", 5, "not there on 5 of 6 nights: no such host"},
		{"GPGPP", 3, "not wholly read on 2 of 3 nights: slow"},
		{"P", 0, "not wholly read on its first night: slow"},
		{"GGGS", 3, "its articles are 300 characters long, usually 1200: has its layout changed?"},
		{"GGGS.", 3, "no article tonight to tell whether its layout is read rightly again"},
		{"GGGU", 3, "4 of 5 articles have no date, usually 0%: has its layout changed?"},
		{strings.Repeat("1", 15) + "....", 17, "read whole, but nothing new for 4 nights; the longest before was 0"},
		{"GBBGG", 4, ""},
	} {
		if _, h := live(c.nights); !h.Since.Equal(day(c.since)) || h.Why != c.why {
			t.Errorf("%s: since night %s, %q; want %s, %q", c.nights, h.Since, h.Why, day(c.since), c.why)
		}
	}
}

func TestTransitionsAreKeptInOrder(t *testing.T) {
	_, h := live("GBBGG")
	want := []ewgwatch.Transition{
		{At: firstNight.AddDate(0, 0, 2), Run: "20260103T020000Z", From: ewgwatch.HealthOK, To: ewgwatch.HealthBlocked, Why: "kept out on 2 of 3 nights: 403"},
		{At: firstNight.AddDate(0, 0, 4), Run: "20260105T020000Z", From: ewgwatch.HealthBlocked, To: ewgwatch.HealthOK, Why: "read whole on 2 nights in a row"},
	}
	if diff := cmp.Diff(want, h.Transitions); diff != "" {
		t.Error(diff)
	}
	if got, ok := h.Changed("20260105T020000Z"); !ok || got != want[1] {
		t.Errorf("the last run brought %v, %v", got, ok)
	}
	if got, ok := h.Changed("20260103T020000Z"); ok {
		t.Errorf("the run before it is said to have brought %v last", got)
	}
	if _, h := live("B"); len(h.Transitions) > 0 {
		t.Errorf("the first state came from none: %v", h.Transitions)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	_, h := live(strings.Repeat("GGBB", 100))
	if len(h.Nights) != ewgwatch.MaxNights || len(h.Transitions) != ewgwatch.MaxTransitions {
		t.Errorf("%d nights and %d transitions", len(h.Nights), len(h.Transitions))
	}
	if last, ok := h.Last(); !ok || last.Verdict != ewgwatch.Barred || h.Counted != 400 {
		t.Errorf("last is %v, counted %d", last, h.Counted)
	}
}

func TestTheHealthBeforeIsLeftAsItIs(t *testing.T) {
	_, before := live("GGGGGGGGGGGGGGGGBB")
	want := fmt.Sprintf("%+v", before)
	for _, kind := range "GBPS" {
		before.After(runOf(40, kinds[kind]), kinds[kind])
	}
	if got := fmt.Sprintf("%+v", before); got != want {
		t.Errorf("it was %s\nand is %s", want, got)
	}
}
