package export_test

import (
	"io"
	"testing"

	"ewgwatch"
	"ewgwatch/export"
)

func BenchmarkXLSX(b *testing.B) {
	findings := some()
	many := func(yield func(ewgwatch.Finding, error) bool) {
		for i := range 10_000 {
			if !yield(findings[i%2], nil) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		table, err := export.Findings(many, export.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := export.XLSX(io.Discard, export.Options{}, table); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
