package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"ewgwatch"
	"ewgwatch/store"
)

// busy reads everything, as an export does from a process of its own, from one
// that puts nights meanwhile.
func busy(path string, options store.Options, from int) (err error) {
	ctx := context.Background()
	options.Answer = true
	writer, err := store.Open(ctx, path, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, writer.Close()) }()
	var slowest atomic.Int64
	stop, put := make(chan struct{}), make(chan error, 1)
	go func() { put <- putUntil(ctx, writer, from, stop, &slowest) }()
	first, rows, err := readAll(ctx, path)
	close(stop)
	if err := errors.Join(err, <-put); err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "during a crawl: first of %d findings after %v; the slowest put took %v, its commit and that before it\n",
		rows, first.Round(time.Millisecond), time.Duration(slowest.Load()).Round(time.Millisecond))
	return nil
}

func readAll(ctx context.Context, path string) (first time.Duration, rows int, err error) {
	start := time.Now()
	reader, err := store.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	for _, err := range reader.Findings(ctx, store.Query{}) {
		if err != nil {
			return 0, 0, err
		}
		if rows++; rows == 1 {
			first = time.Since(start)
		}
	}
	return first, rows, nil
}

// putUntil puts night after night, and keeps how long the slowest put took.
func putUntil(ctx context.Context, s *store.Store, from int, stop <-chan struct{}, slowest *atomic.Int64) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		if err := putAll(ctx, timed{s, slowest}, from, aNight); err != nil {
			return err
		}
		from += aNight
	}
}

// timed is a store that keeps how long its slowest put took.
type timed struct {
	*store.Store
	slowest *atomic.Int64
}

// Put is [store.Store.Put].
func (t timed) Put(ctx context.Context, r ewgwatch.Reading) (ewgwatch.Kept, error) {
	start := time.Now()
	kept, err := t.Store.Put(ctx, r)
	took := time.Since(start).Nanoseconds()
	for before := t.slowest.Load(); took > before && !t.slowest.CompareAndSwap(before, took); before = t.slowest.Load() {
	}
	return kept, err
}
