package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"ewgwatch"
)

// found is when the i-th finding was found: a night's within two hours.
func found(i int) time.Time {
	return time.Date(2024, time.January, 1, 2, 0, 0, 0, time.UTC).AddDate(0, 0, i/aNight).Add(time.Duration(i%aNight) * 700 * time.Millisecond)
}

// reading is one article with some findings. Five hundred sources write, in
// sentences of the length that real ones have.
func reading(from, count int) ewgwatch.Reading {
	number := from % 500
	source := ewgwatch.Source{
		ID: fmt.Sprintf("src-%03d", number), URL: fmt.Sprintf("https://news-%03d.example/", number), Name: fmt.Sprintf("Daily Gazette no. %d", number),
		Kind: ewgwatch.News, State: ewgwatch.States()[number%19],
	}
	url := fmt.Sprintf("https://news-%03d.example/world/asia/2024/article-about-the-exercise-%d", number, from)
	sum := sha256.Sum256([]byte(url))
	capture := ewgwatch.Capture{SHA256: hex.EncodeToString(sum[:]), File: found(from).Format("ewgwatch-20060102T020000Z-1234abcd.warc.gz"), Offset: int64(from) * 21_000}
	day := found(from).AddDate(0, 0, -from%40)
	published := ewgwatch.Published{Date: ewgwatch.DateOf(day), At: day, Precision: ewgwatch.PrecisionMinute, Rule: "json-ld", Raw: day.Format(time.RFC3339)}
	article := ewgwatch.Article{URL: url, Title: title(from), Text: url, Lang: "en", Published: published, Source: source, Capture: capture, Sketch: sketch(from)}
	r := ewgwatch.Reading{Article: &article, Visit: ewgwatch.Visit{URL: url, Source: source.ID, At: found(from), Outcome: ewgwatch.New, Status: 200, BodySHA256: capture.SHA256, ReadAt: found(from), Capture: capture}}
	for i := from; i < from+count; i++ {
		r.Findings = append(r.Findings, finding(i, article))
	}
	return r
}

// sketch is as long as that of an article is, and as hard to compress.
func sketch(i int) ewgwatch.Sketch {
	random := rand.New(rand.NewPCG(uint64(i), 48))
	s := make(ewgwatch.Sketch, 48)
	for at := range s {
		s[at] = random.Uint32() >> 5
	}
	slices.Sort(s)
	return s
}

func title(i int) string {
	return fmt.Sprintf("Defence ministries begin counter-terrorism drill no. %d, \"largest so far\"", i)
}

func finding(i int, a ewgwatch.Article) ewgwatch.Finding {
	state := ewgwatch.States()[i%19]
	quote := fmt.Sprintf("Representatives of the armed forces of %s took part in the counter-terrorism table-top exercise, the ministry said in statement number %d on Friday.", state.Name(), i)
	return ewgwatch.Finding{
		FoundAt: found(i), State: state, Stance: ewgwatch.Attended, Quote: quote, QuoteStart: 400 + i%1000, QuoteEnd: 400 + i%1000 + len(quote),
		Event: ewgwatch.Event{ID: fmt.Sprintf("ewgct-%d", i%2000), Name: fmt.Sprintf("Exercise %d", i%2000), Kind: ewgwatch.Field, Start: ewgwatch.DateOf(found(i % 2000 * aNight))},
		Rule:  "attended.took-part", Confidence: 0.85, Via: "named", URL: a.URL, Title: a.Title, Lang: "en", Published: a.Published, Source: a.Source, Capture: a.Capture,
		Sketch: a.Sketch, Wire: a.Wire, EventScore: 0.75,
	}.Identify()
}
