package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ewgwatch"
	"ewgwatch/store"
)

func Example() {
	folder, err := os.MkdirTemp("", "ewgwatch")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(folder, "findings.db"), store.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()

	at := time.Date(2023, time.August, 25, 12, 0, 0, 0, time.UTC)
	article := ewgwatch.Article{URL: "https://tribune.example/laos", Text: "Laos took part."}
	finding := ewgwatch.Finding{FoundAt: at, URL: article.URL, State: ewgwatch.Laos, Stance: ewgwatch.Attended, Quote: "Laos took part."}
	reading := ewgwatch.Reading{
		Visit:    ewgwatch.Visit{URL: article.URL, At: at, Outcome: ewgwatch.New},
		Article:  &article,
		Findings: []ewgwatch.Finding{finding.Identify()},
	}
	for range 2 {
		kept, err := s.Put(ctx, reading)
		fmt.Println(kept.Article, kept.Findings, err)
	}
	for f, err := range s.Findings(ctx, store.Query{State: ewgwatch.Laos}) {
		fmt.Println(f.FoundAt.Format(time.DateOnly), f.State.Name(), f.Stance, f.Status, err)
	}
	// Output:
	// new 1 <nil>
	// same 0 <nil>
	// 2023-08-25 Laos attended current <nil>
}
