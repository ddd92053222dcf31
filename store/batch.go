package store

import (
	"context"
	"fmt"
	"slices"

	"ewgwatch"
)

// maxBatch is how many findings share a commit at the most, give or take the
// last reading. It bounds how long a commit takes: each writes about a page a
// finding once the file is large, so that more of them at once cost less each.
const maxBatch = 1500

// put is one reading on its way to the writer.
type put struct {
	reading ewgwatch.Reading
	kept    ewgwatch.Kept
	done    chan<- answer // has room for one
}

type answer struct {
	kept ewgwatch.Kept
	err  error
}

// Put keeps what one visit yielded, all of it or none of it, and returns after
// the commit. Several callers may put at once; those that wait together share
// a commit. An error means that the store failed and the run should end; where
// ctx ends while the reading is being committed, Put still says how that went.
//
// A visit that read nothing keeps what is known of the last good one. A reading
// without an article touches no finding. A known finding keeps the time it was
// found, its quote and its capture; one that a new revision of its article no
// longer yields is marked as withdrawn, and as current when it returns.
func (s *Store) Put(ctx context.Context, reading ewgwatch.Reading) (ewgwatch.Kept, error) {
	if err := s.writable(); err != nil {
		return ewgwatch.Kept{}, err
	}
	if err := check(reading); err != nil {
		return ewgwatch.Kept{}, fmt.Errorf("put %s: %w", reading.Visit.URL, err)
	}
	done := make(chan answer, 1)
	select {
	case s.puts <- &put{reading: reading, done: done}:
	case <-s.closing:
		return ewgwatch.Kept{}, fmt.Errorf("write %s: the store is closed", s.path)
	case <-ctx.Done():
		return ewgwatch.Kept{}, ctx.Err()
	}
	result := <-done // the writer answers whatever it took
	return result.kept, result.err
}

func (s *Store) writable() error {
	if s.options.ReadOnly {
		return fmt.Errorf("write %s: it is open for reading only", s.path)
	}
	return nil
}

// write commits readings until the store is closed.
func (s *Store) write() {
	defer close(s.stopped)
	for {
		select {
		case first := <-s.puts:
			s.commit(s.gather(first))
		case <-s.closing:
			return
		}
	}
}

// gather adds the readings of everybody who waits already. It waits for nobody,
// so that a single caller is never held up.
func (s *Store) gather(first *put) []*put {
	batch := []*put{first}
	for findings := len(first.reading.Findings); len(batch) < maxBatch && findings < maxBatch; {
		select {
		case p := <-s.puts:
			batch = append(batch, p)
			findings += len(p.reading.Findings)
		default:
			return batch
		}
	}
	return batch
}

// commit keeps a batch and answers everybody in it. A reading that cannot be
// kept is taken out, and the others are tried again without it.
func (s *Store) commit(batch []*put) {
	for len(batch) > 0 {
		bad, err := s.try(batch)
		if bad < 0 {
			for _, p := range batch {
				p.answer(err)
			}
			return
		}
		batch[bad].answer(err)
		batch = slices.Delete(batch, bad, bad+1)
	}
}

func (p *put) answer(err error) {
	if err != nil {
		p.kept = ewgwatch.Kept{}
	}
	p.done <- answer{p.kept, err}
}

// try commits a batch. Where one reading is to blame for the error, bad is its
// place, else -1.
func (s *Store) try(batch []*put) (bad int, err error) {
	bad = -1
	err = s.change(func(t transaction) (err error) {
		for i, p := range batch {
			if p.kept, err = t.put(p.reading); err != nil {
				bad = i
				return fmt.Errorf("put %s: %w", p.reading.Visit.URL, err)
			}
		}
		return nil
	})
	if err != nil {
		return bad, fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return bad, nil
}
