package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ewgwatch"
	"ewgwatch/ledger"
)

// manyFindings is what years of nights leave: 100,000 findings of 400 sources
// on 60 events. A sentence names three states. A third of the articles copy
// another one, half of these cut or with a paragraph more, and one in six names an
// agency.
func manyFindings(count int) []ewgwatch.Finding {
	random := rand.New(rand.NewPCG(2023, 9))
	words := strings.Fields("the officers of a delegation soldiers took part in and attended joint exercise drill at range near Naypyitaw last week as ministry said on Tuesday " +
		"alongside partners from region under Russian Myanmar chairs while others stayed away because generals were invited to table top field training against terrorism")
	states, stances := ewgwatch.States(), ewgwatch.Stances()
	var quotes []string
	var sketches []ewgwatch.Sketch
	all := make([]ewgwatch.Finding, 0, count)
	for len(all) < count {
		sentence := make([]string, 15+random.IntN(20))
		for i := range sentence {
			sentence[i] = words[random.IntN(len(words))]
		}
		quote, sketch := strings.Join(sentence, " "), sketched(random)
		if len(quotes) > 0 && random.IntN(3) == 0 {
			from := random.IntN(len(quotes))
			quote, sketch = quotes[from], sketches[from]
			if random.IntN(2) == 0 {
				sketch = edited(random, sketch)
			}
		}
		quotes, sketches = append(quotes, quote), append(sketches, sketch)
		wire := []string{"tass", "afp", "antara", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""}[random.IntN(18)]
		n := random.IntN(60)
		event := ewgwatch.Event{ID: fmt.Sprintf("ewgct-%d-%d", 2011+n/4, n), Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2011 + n/4, Month: 5}}
		source := fmt.Sprintf("paper%d.test/news", random.IntN(400))
		stance := stances[random.IntN(len(stances))]
		for range 3 {
			f := says(source, states[random.IntN(len(states))], stance, event, quote)
			f.Confidence, f.Sketch, f.Wire = float64(random.IntN(100))/100, sketch, wire
			f.Title, f.URL = "Exercise ends", fmt.Sprintf("https://%s/%d", source, len(quotes))
			all = append(all, f)
		}
	}
	return all[:count]
}

// sketched is the sketch of a text of some thousand characters.
func sketched(random *rand.Rand) ewgwatch.Sketch {
	s := make(ewgwatch.Sketch, 48)
	for i := range s {
		s[i] = random.Uint32() >> 6
	}
	slices.Sort(s)
	return s
}

// edited is a sketch of which a third gave way to others.
func edited(random *rand.Rand, s ewgwatch.Sketch) ewgwatch.Sketch {
	s = slices.Clone(s)
	for range len(s) / 3 {
		s[random.IntN(len(s))] = random.Uint32() >> 6
	}
	slices.Sort(s)
	return s
}

func BenchmarkLedger(b *testing.B) {
	findings := manyFindings(100_000)
	b.ReportAllocs()
	for b.Loop() {
		build(b, findings, coverage, ledger.Options{})
	}
}

// BenchmarkLedgerOfUnknownEvents is the same of events that no catalogue knows.
func BenchmarkLedgerOfUnknownEvents(b *testing.B) {
	findings := manyFindings(100_000)
	for i := range findings {
		findings[i].Event.Provisional = true
	}
	b.ReportAllocs()
	for b.Loop() {
		build(b, findings, coverage, ledger.Options{})
	}
}

// BenchmarkOneClaim is the worst case: every finding in one cell, no two alike.
func BenchmarkOneClaim(b *testing.B) {
	of := rumours(7, 3_000)
	for b.Loop() {
		ledger.Voices(of)
	}
}
