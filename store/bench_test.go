package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/store"
)

// typical is a finding of the length that real ones have.
func typical(i int) ewgwatch.Finding {
	f := said(ewgwatch.States()[i%19], ewgwatch.Attended, fmt.Sprintf("Representatives of the armed forces took part in the counter-terrorism "+
		"table-top exercise in Naypyitaw, the ministry said in statement number %d on Friday.", i))
	f.FoundAt = noon.Add(time.Duration(i) * time.Millisecond)
	return f
}

func BenchmarkPut(b *testing.B) {
	for _, findings := range []int{1, 1000} {
		b.Run(fmt.Sprint(findings), func(b *testing.B) {
			s := open(b, store.Options{})
			i := 0
			for b.Loop() {
				var list []ewgwatch.Finding
				for range findings {
					list = append(list, typical(i))
					i++
				}
				put(b, s, reading(fmt.Sprint("https://tribune.test/news/2023/08/25/article-", i), "text", list...))
			}
			b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "findings/s")
		})
	}
}

func BenchmarkPutForSubscribers(b *testing.B) {
	for _, changes := range []bool{false, true} {
		b.Run(fmt.Sprint(changes), func(b *testing.B) {
			s := open(b, store.Options{Changes: changes})
			for i := 0; b.Loop(); {
				var list []ewgwatch.Finding
				for range 100 {
					list = append(list, typical(i))
					i++
				}
				put(b, s, reading(fmt.Sprint("https://tribune.test/news/2023/08/25/article-", i), "text", list...))
			}
		})
	}
}

// BenchmarkLease leases and settles one alert beside a channel that has many
// overdue and takes none.
func BenchmarkLease(b *testing.B) {
	for _, overdue := range []int{0, 10_000} {
		b.Run(fmt.Sprint(overdue), func(b *testing.B) {
			s := open(b, store.Options{})
			var p ewgwatch.Plan
			for i := range overdue {
				p.Alerts = append(p.Alerts, message(fmt.Sprint("overdue ", i), post))
			}
			plan(b, s, p)
			free := func(a ewgwatch.Alert) bool { return a.Channel != post }
			for i := 0; b.Loop(); i++ {
				plan(b, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message(fmt.Sprint("due ", i), hook)}})
				ids := lent(b, s, noon, 10, free)
				if len(ids) != 1 {
					b.Fatal(ids)
				}
				settled(b, s, received(ids[0]))
			}
		})
	}
}

func BenchmarkPutFromManyCallers(b *testing.B) {
	s := open(b, store.Options{})
	b.SetParallelism(32)
	b.RunParallel(func(p *testing.PB) {
		for i := 0; p.Next(); i++ {
			if _, err := s.Put(context.Background(), reading(fmt.Sprintf("https://tribune.test/%p/%d", p, i), "text", typical(i))); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "findings/s")
}

func BenchmarkFindings(b *testing.B) {
	const count = 50_000
	path := b.TempDir() + "/findings.db"
	s := openAt(b, path, store.Options{})
	for from := 0; from < count; from += 10 {
		var list []ewgwatch.Finding
		for i := range 10 {
			list = append(list, typical(from+i))
		}
		put(b, s, reading(fmt.Sprint("https://tribune.test/news/2023/08/25/article-", from), "text", list...))
	}
	at, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(all(b, s, store.Query{State: "none"})); n != 0 {
			b.Fatal(n)
		}
		n := 0
		for _, err := range s.Findings(context.Background(), store.Query{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != count {
			b.Fatal(n)
		}
	}
	b.ReportMetric(2*count*float64(b.N)/b.Elapsed().Seconds(), "findings/s")
	b.ReportMetric(float64(at.Size())/count, "file-B/finding")
}
