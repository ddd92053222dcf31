package alert_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"ewgwatch"
	"ewgwatch/alert"
)

// benchDesks are subscriptions as people make them: a few states, the stances that
// matter to them, now and then one event, one kind of source or all there is.
func benchDesks(n int) (all []ewgwatch.Subscription) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(most int) int { return 1 + r.IntN(most) }
	for i := range n {
		all = append(all, desk(func(s *ewgwatch.Subscription) {
			s.Name = fmt.Sprintf("desk %d", i)
			for range some(3) {
				s.Interest.States = append(s.Interest.States, ewgwatch.States()[r.IntN(19)])
			}
			for range some(3) {
				s.Interest.Stances = append(s.Interest.Stances, ewgwatch.Stances()[r.IntN(8)])
			}
			if i%2 == 0 {
				s.Interest.Events = []string{fmt.Sprintf("event-%d", r.IntN(40))}
			}
			if i%5 == 0 {
				s.Interest.Kinds = []ewgwatch.SourceKind{ewgwatch.Ministry}
			}
			if i%50 == 0 {
				s.Interest = ewgwatch.Interest{MinSources: 2, Contradictions: true}
			}
		}))
	}
	return all
}

// benchNight is a night with many findings, all new.
func benchNight(n int) *world {
	r, w := rand.New(rand.NewPCG(3, 4)), newWorld()
	kinds := ewgwatch.SourceKinds()
	for i := range n {
		w.find(with(laosAttended(fmt.Sprintf("f_%05d", i), fmt.Sprintf("site%d.test", r.IntN(300))), func(f *ewgwatch.Finding) {
			f.State, f.Stance = ewgwatch.States()[r.IntN(19)], ewgwatch.Stances()[r.IntN(8)]
			f.Event.ID, f.Source.Kind = fmt.Sprintf("event-%d", r.IntN(40)), kinds[r.IntN(len(kinds))]
		}))
	}
	return w
}

// BenchmarkMatching finds, for each of many findings, the subscriptions that it
// interests. The time of one match stays the same where the book is ten times as large.
func BenchmarkMatching(b *testing.B) {
	for _, size := range []struct{ findings, subscriptions int }{{10_000, 100}, {10_000, 1_000}, {10_000, 10_000}, {100_000, 1_000}} {
		b.Run(fmt.Sprintf("%d_findings_%d_subscriptions", size.findings, size.subscriptions), func(b *testing.B) {
			book, w := alert.New(benchDesks(size.subscriptions)), benchNight(size.findings)
			var claims []ewgwatch.Claim
			for _, f := range w.findings {
				claims = append(claims, f.Claim())
			}
			matches := 0
			for b.Loop() {
				matches = 0
				for _, claim := range claims {
					for range book.Interested(claim) {
						matches++
					}
				}
			}
			b.ReportMetric(float64(matches), "matches")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(matches), "ns/match")
		})
	}
}

// BenchmarkPlan decides a whole night: who hears of each claim, by which finding and in
// which message.
func BenchmarkPlan(b *testing.B) {
	for _, size := range []struct{ findings, subscriptions int }{{1_000, 1_000}, {10_000, 1_000}} {
		b.Run(fmt.Sprintf("%d_findings_%d_subscriptions", size.findings, size.subscriptions), func(b *testing.B) {
			book, w := alert.New(benchDesks(size.subscriptions)), benchNight(size.findings)
			facts := w.facts()
			byClaim := map[ewgwatch.Claim][]ewgwatch.Finding{}
			for _, f := range w.findings {
				byClaim[f.Claim()] = append(byClaim[f.Claim()], f)
			}
			facts.Saying = func(c ewgwatch.Claim) []ewgwatch.Finding { return byClaim[c] }
			facts.Beside = nil
			told := 0
			for b.Loop() {
				told = len(book.Plan(facts).Told)
			}
			b.ReportMetric(float64(told), "told")
		})
	}
}
