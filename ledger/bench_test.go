package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"ewgwatch"
	"ewgwatch/ledger"
)

// manyFindings is what years of nights leave: 100,000 findings of 400 sources
// on 60 events. A sentence names three states, a third of them are copied.
func manyFindings(count int) []ewgwatch.Finding {
	random := rand.New(rand.NewPCG(2023, 9))
	words := strings.Fields("the officers of a delegation soldiers took part in and attended joint exercise drill at range near Naypyitaw last week as ministry said on Tuesday " +
		"alongside partners from region under Russian Myanmar chairs while others stayed away because generals were invited to table top field training against terrorism")
	states, stances := ewgwatch.States(), ewgwatch.Stances()
	var quotes []string
	all := make([]ewgwatch.Finding, 0, count)
	for len(all) < count {
		sentence := make([]string, 15+random.IntN(20))
		for i := range sentence {
			sentence[i] = words[random.IntN(len(words))]
		}
		quote := strings.Join(sentence, " ")
		if len(quotes) > 0 && random.IntN(3) == 0 {
			quote = quotes[random.IntN(len(quotes))]
		}
		quotes = append(quotes, quote)
		n := random.IntN(60)
		event := ewgwatch.Event{ID: fmt.Sprintf("ewgct-%d-%d", 2011+n/4, n), Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2011 + n/4, Month: 5}}
		source := fmt.Sprintf("paper%d.test/news", random.IntN(400))
		stance := stances[random.IntN(len(stances))]
		for range 3 {
			f := says(source, states[random.IntN(len(states))], stance, event, quote)
			f.Confidence = float64(random.IntN(100)) / 100
			all = append(all, f)
		}
	}
	return all[:count]
}

func BenchmarkLedger(b *testing.B) {
	findings := manyFindings(100_000)
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
