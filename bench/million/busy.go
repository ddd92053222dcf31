package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
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
	var watched watch
	stop, put := make(chan struct{}), make(chan error, 1)
	go func() { put <- putUntil(ctx, timed{writer, &watched}, from, stop) }()
	first, rows, err := readAll(ctx, path)
	close(stop)
	if err := errors.Join(err, <-put); err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "during a crawl: first of %d findings after %v; the slowest commit took %v, the slowest put %v\n",
		rows, first.Round(time.Millisecond), watched.commit.Round(time.Millisecond), watched.put.Round(time.Millisecond))
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

// putUntil puts night after night.
func putUntil(ctx context.Context, s timed, from int, stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		s.begin()
		if err := putAll(ctx, s, from, aNight); err != nil {
			return err
		}
		from += aNight
	}
}

// watch keeps how long the slowest put and the slowest commit took. A put waits for
// the commit before its own too. While callers queue, one commit follows the other,
// and all puts of one return together: the longest time in which none returned is
// that of a commit.
type watch struct {
	mu          sync.Mutex
	returned    time.Time
	put, commit time.Duration
}

// begin begins a night.
func (w *watch) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.returned = time.Now()
}

func (w *watch) end(begun time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	w.put, w.commit, w.returned = max(w.put, now.Sub(begun)), max(w.commit, now.Sub(w.returned)), now
}

// timed is a store with a watch.
type timed struct {
	*store.Store
	*watch
}

// Put is [store.Store.Put].
func (t timed) Put(ctx context.Context, r ewgwatch.Reading) (ewgwatch.Kept, error) {
	defer t.end(time.Now())
	return t.Store.Put(ctx, r)
}
