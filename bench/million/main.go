// Command million fills a database with a million findings as a hundred nights
// would, and measures what is asked of it then.
//
//	go run ./bench/million [-findings N] [-dir DIR] [-journal] [-crawl]
//
// It prints how fast they went in, how large the file is, how long the longest
// read transaction of an export was, and the time to the first finding of a
// state and month; with -crawl also the time to the first finding of all while
// nights go on, the slowest commit and the slowest put meanwhile. With -dir the database is kept for bench/export.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/store"
)

func main() {
	count := flag.Int("findings", 1_000_000, "how many")
	dir := flag.String("dir", "", "folder to keep the database in; a temporary one else")
	journal := flag.Bool("journal", false, "with the journal in an archive, as a crawl writes it")
	crawl := flag.Bool("crawl", false, "read everything once more while nights go on")
	flag.Parse()
	if err := run(*count, *dir, *journal, *crawl); err != nil {
		fmt.Fprintln(os.Stderr, "million:", err)
		os.Exit(1)
	}
}

func run(count int, dir string, journal, crawl bool) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "ewgwatch-million-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	path := filepath.Join(dir, "findings.db")
	if _, err := os.Stat(path); err != nil {
		if err := fill(dir, path, count, journal); err != nil {
			return err
		}
	}
	if err := ask(path); err != nil || !crawl {
		return err
	}
	return withArchive(dir, journal, func(o store.Options) error { return busy(path, o, count) })
}

// aNight is how many findings a night brings.
const aNight = 10_000

func fill(dir, path string, count int, journal bool) error {
	start := time.Now()
	err := withArchive(dir, journal, func(options store.Options) error {
		for from := 0; from < count; from += aNight {
			if err := night(path, options, from, min(aNight, count-from)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	took := time.Since(start)
	at, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "%d findings in nights of %d: %.0f/s, file %.0f MB\n", count, aNight, float64(count)/took.Seconds(), float64(at.Size())/1e6)
	return nil
}

// withArchive calls do with the journal in an archive, or without one.
func withArchive(dir string, journal bool, do func(store.Options) error) (err error) {
	if !journal {
		return do(store.Options{})
	}
	evidence, err := archive.Open(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, evidence.Close()) }()
	return do(store.Options{Journal: evidence.Append, BeforeCommit: evidence.Sync})
}

func night(path string, options store.Options, from, count int) error {
	ctx := context.Background()
	s, err := store.Open(ctx, path, options)
	if err != nil {
		return err
	}
	run := ewgwatch.Run{ID: found(from).Format("20060102T150405.000Z"), StartedAt: found(from)}
	if err := s.BeginRun(run); err != nil {
		return err
	}
	if err := putAll(ctx, s, from, count); err != nil {
		return err
	}
	run.EndedAt = found(from + count)
	return errors.Join(s.EndRun(run), s.Close())
}

// putter is a store, or one with a watch.
type putter interface {
	Put(context.Context, ewgwatch.Reading) (ewgwatch.Kept, error)
}

// putAll puts from as many callers as there are sources, as a crawl has a lane for
// each.
func putAll(ctx context.Context, s putter, from, count int) error {
	const callers, anArticle = 500, 5
	jobs, failed := make(chan int), make(chan error, callers)
	for range callers {
		go func() {
			var err error
			for at := range jobs {
				if err == nil {
					_, err = s.Put(ctx, reading(at, min(anArticle, from+count-at)))
				}
			}
			failed <- err
		}()
	}
	for at := from; at < from+count; at += anArticle {
		jobs <- at
	}
	close(jobs)
	var errs []error
	for range callers {
		errs = append(errs, <-failed)
	}
	return errors.Join(errs...)
}

// ask measures what is asked of the whole.
func ask(path string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	first, err := firstRow(ctx, s)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "first finding of a state and month: median %v, slowest %v of %d queries\n", first[len(first)/2], first[len(first)-1], len(first))
	start, rows := time.Now(), 0
	for _, err := range s.Findings(ctx, store.Query{}) {
		if err != nil {
			return err
		}
		rows++
	}
	took := time.Since(start)
	fmt.Fprintf(os.Stdout, "all %d findings read at %.0f/s; a transaction of %d rows takes %v\n", rows, float64(rows)/took.Seconds(), 5000,
		(took * 5000 / time.Duration(rows)).Round(100*time.Microsecond))
	return nil
}

// firstRow asks for every state in several months, by the time of finding and by
// that of publication.
func firstRow(ctx context.Context, s *store.Store) (took []time.Duration, err error) {
	for _, state := range ewgwatch.States() {
		for month := range 6 {
			day := found(0).AddDate(0, month, 0)
			published := ewgwatch.Date{Year: day.Year(), Month: day.Month()}
			for _, q := range []store.Query{
				{State: state, Since: day, Until: day.AddDate(0, 1, 0)},
				{State: state, Published: [2]ewgwatch.Date{published, published}},
			} {
				start := time.Now()
				for _, err := range s.Findings(ctx, q) {
					if err != nil {
						return nil, err
					}
					break
				}
				took = append(took, time.Since(start))
			}
		}
	}
	slices.Sort(took)
	return took, nil
}
