package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"time"

	"ewgwatch"
)

// link is one entry of the journal without its rows.
type link struct {
	head
	schema int
	prev   []byte // SHA-256 of the entry before it; none at the beginning of a chain
	more   bool
	base   bool
	where  ewgwatch.Capture
}

func readLink(e ewgwatch.Entry) (link, error) {
	l := link{where: e.Capture, head: head{sum: sha256.Sum256(e.Block)}}
	f := readRecord(string(e.Block))
	for f.next() {
		switch f.tag {
		case entryNumber:
			l.number = uint64(max(0, f.number()))
		case entryPrev:
			l.prev = []byte(f.value)
		case entryAt:
			l.at = f.time()
		case entrySchema:
			if l.schema = int(f.number()); l.schema > len(migrations()) {
				return l, fmt.Errorf("%w: entry %d of the journal has schema %d, this program knows %d", ErrNewer, l.number, l.schema, len(migrations()))
			}
		case entryMore:
			l.more = f.flag()
		case entryBase:
			l.base = f.flag()
		}
	}
	if f.err == nil && l.number == 0 {
		return l, fmt.Errorf("%w: an entry of the journal without a number", errRecord)
	}
	return l, f.err
}

// Gap is a run of entries that the journal should have and has not.
type Gap struct{ First, Last uint64 }

// String names the entries.
func (g Gap) String() string {
	if g.First == g.Last {
		return fmt.Sprintf("entry %d", g.First)
	}
	return fmt.Sprintf("entries %d to %d", g.First, g.Last)
}

// chainOf returns the entries that make up the database as it last was, in their
// order, and what is missing between them. The chain is walked from its end: an
// entry that nothing follows but a later one passed over was never committed.
func chainOf(all []link) (chain []link, gaps []Gap) {
	bySum := map[[sha256.Size]byte]link{}
	var at *link // of the end
	for i, l := range all {
		bySum[l.sum] = l
		if !l.more && (at == nil || l.at.After(at.at)) {
			at = &all[i]
		}
	}
	if at == nil {
		return nil, nil
	}
	for here := *at; ; {
		chain = append(chain, here)
		if here.base || here.number == 1 {
			break
		}
		before, ok := bySum[[sha256.Size]byte(append(bytes.Clone(here.prev), make([]byte, sha256.Size)...))]
		if !ok {
			if before, ok = bestBefore(all, here); !ok {
				gaps = append(gaps, Gap{1, here.number - 1})
				break
			}
			gaps = append(gaps, Gap{before.number + 1, here.number - 1})
		}
		here = before
	}
	slices.Reverse(chain)
	slices.Reverse(gaps)
	return chain, gaps
}

// bestBefore is where to go on when the entry before one is missing: the nearest
// of a lower number, of several the latest.
func bestBefore(all []link, here link) (best link, ok bool) {
	best.number, best.at = 0, time.Unix(0, math.MinInt64)
	for _, l := range all {
		nearer := l.number > best.number || l.number == best.number && l.at.After(best.at)
		if l.number < here.number && l.at.Before(here.at) && nearer {
			best, ok = l, true
		}
	}
	return best, ok
}
