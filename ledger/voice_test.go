package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

func TestCopiesOfOneWireStoryAreOneVoice(t *testing.T) {
	l := build(t, findings, nil, ledger.Options{})
	absent := l.Standing(ewgwatch.Claim{State: ewgwatch.Singapore, Event: tabletop.ID, Stance: ewgwatch.Absent})
	if want := (ewgwatch.Standing{Independent: 1, Contradicted: true}); absent != want {
		t.Errorf("have %+v, want %+v", absent, want)
	}
	attended := l.Standing(ewgwatch.Claim{State: ewgwatch.Laos, Event: tabletop.ID, Stance: ewgwatch.Attended})
	if want := (ewgwatch.Standing{Independent: 2}); attended != want {
		t.Errorf("have %+v, want %+v", attended, want)
	}
}

func TestWhatIsOneVoiceAndWhatIsTwo(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		voices     int
	}{
		{"the same words in other dress", "“Laos took part.”", "LAOS took part", 1},
		{"a word changed", wire, strings.Replace(wire, "last week", "this week", 1), 1},
		{"a clause cut", wire, strings.Replace(wire, ", officials said", "", 1), 1},
		{"a clause added", wire, "YANGON – " + wire, 1},
		{"Chinese with a word changed", "新加坡国防部发言人周五表示新加坡缺席了此次在内比都举行的推演", "新加坡国防部发言人周四表示新加坡缺席了此次在内比都举行的推演", 1},
		{"Korean with a word changed", "호주는 이번 대테러 실기동 훈련에 참가하지 않을 것이라고 국방부 대변인이 월요일 밝혔다", "호주는 이번 대테러 실기동 훈련에 참가하지 않을 것이라고 국방부 대변인이 화요일 밝혔다", 1},
		{"two Chinese reporters", "新加坡国防部发言人表示新加坡没有参加在内比都举行的演习", "据两名外交官说，内比都的推演中没有见到新加坡军官", 2},
		{"one list of states in two sentences", "Singapore, Australia, Japan, South Korea, New Zealand and the United States did not take part.",
			"Six states were missing: Singapore, Australia, Japan, South Korea, New Zealand and the United States.", 2},
		{"a title in two sentences", "Myanmar and Russia are co-chairs of the Experts' Working Group for the cycle 2021-2023.", "Russia co-chairs the Experts' Working Group on Counter-Terrorism with Myanmar.", 2},
		{"two reporters", wire, "No Singaporean officers were seen at the drill, according to two diplomats who were there.", 2},
		{"short sentences of two reporters", "Laos took part.", "A Lao team was there.", 2},
		{"translation", "新加坡缺席了此次推演。", "Singapore was absent from this exercise.", 2},
		{"quotes without a word", "…", "—", 2},
		{"quotes of a letter", "a", "b", 2},
	} {
		a, b := says("a", ewgwatch.Laos, ewgwatch.Attended, tabletop, c.a), says("b", ewgwatch.Laos, ewgwatch.Attended, tabletop, c.b)
		if have := ledger.Voices([]ewgwatch.Finding{a, b}); have != c.voices {
			t.Errorf("%s: %d voices, want %d", c.name, have, c.voices)
		}
	}
}

func TestThePagesOfOnePublisherAreOneVoice(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		voices int
	}{
		{"bernama.com/en", "bernama.com/bm", 1},
		{"bernama.com", "bernama.com/bm", 1},
		{"bernama.com/en", "bernama.com.example/en", 2},
		{"127.0.0.1:1/news", "127.0.0.1:2/news", 2},
		{"", "", 2}, // sources that are unknown may be two
	} {
		a, b := says(c.a, ewgwatch.Laos, ewgwatch.Attended, tabletop, wire), says(c.b, ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos was there too.")
		if have := ledger.Voices([]ewgwatch.Finding{a, b}); have != c.voices {
			t.Errorf("%q and %q: %d voices, want %d", c.a, c.b, have, c.voices)
		}
	}
}

func TestCopiesOfCopiesBelongTogether(t *testing.T) {
	const middle = "nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
	first, second, third := "one two three four "+middle, middle, middle+" and so to the end"
	of := []ewgwatch.Finding{says("a", "LA", "attended", tabletop, first), says("b", "LA", "attended", tabletop, third), says("c", "LA", "attended", tabletop, second)}
	if have := ledger.Voices(of[:2]); have != 2 {
		t.Fatalf("first and third are %d voices: the case proves nothing", have)
	}
	if have := ledger.Voices(of); have != 1 {
		t.Errorf("%d voices", have)
	}
}

func TestVoicesDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rumours(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(0, 160).Draw(t, "findings"))
		shuffled := rapid.Permutation(of).Draw(t, "shuffled")
		if a, b := ledger.Voices(of), ledger.Voices(shuffled); a != b {
			t.Fatalf("%d voices, shuffled %d", a, b)
		}
	})
}

// rumours are findings of one claim, some of which copy each other more or less
// faithfully.
func rumours(seed uint64, count int) []ewgwatch.Finding {
	random := rand.New(rand.NewPCG(seed, 1))
	words := strings.Fields("officers delegation soldiers took part attended exercise drill Naypyitaw week ministry said on Tuesday with partners from the region under Russian and Myanmar chairs")
	var of []ewgwatch.Finding
	for i := range count {
		quote := make([]string, 12+random.IntN(8))
		for j := range quote {
			quote[j] = words[random.IntN(len(words))]
		}
		text := strings.Join(quote, " ")
		if i > 0 && random.IntN(2) == 0 {
			text = strings.Replace(of[random.IntN(i)].Quote, words[random.IntN(len(words))], words[random.IntN(len(words))], 1)
		}
		of = append(of, says(fmt.Sprintf("s%d", random.IntN(2*count)), ewgwatch.Laos, ewgwatch.Attended, tabletop, text))
	}
	return of
}
