package store

import (
	"bytes"
	"cmp"
	"fmt"
	"time"

	"ewgwatch"
)

// Reread is an article read again by other rules than those it was read by.
type Reread struct {
	URL      string             // canonical, of the article
	Reading  ewgwatch.Reading   // of the article as it was last archived; without an Article where it holds nothing by these rules
	Findings []ewgwatch.Finding // all that it ever said and still says, as they would stand had these rules read it from the beginning
}

// Reread keeps what archived articles say by other rules, all of it or nothing.
// What is new is kept as found at that moment; a known finding keeps its ID, the
// time it was found and its capture, and takes all else from the one given; what an
// article does not say by these rules is withdrawn. No visit is kept.
//
// To subscribers what is new is no news, as the world has not changed; that a claim
// no longer holds, does again or is of another event is, as they may have been told.
func (s *Store) Reread(articles []Reread, at time.Time) error {
	if err := s.writable(); err != nil {
		return err
	}
	err := s.change(func(t transaction) error {
		t.again = true
		for _, a := range articles {
			if err := t.reread(a, at); err != nil {
				return fmt.Errorf("read %s again: %w", a.URL, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return nil
}

func (t transaction) reread(a Reread, at time.Time) error {
	key := hashOf(a.URL)
	article, said := revised{key: key, row: bytes.Clone(t.table(articlesBucket).Get(key))}, map[string]bool{}
	if a.Reading.Article != nil {
		if err := check(a.Reading); err != nil {
			return err
		}
		var err error
		if _, article, said, err = t.read(a.Reading); err != nil {
			return err
		}
	}
	for _, f := range a.Findings {
		if err := t.restate(f, at); err != nil {
			return err
		}
	}
	text := &wording{article: cmp.Or(a.Reading.Article, &ewgwatch.Article{})}
	_, err := t.withdraw(article, text, said, at)
	return err
}

// restate makes a known finding what other rules make of the same bytes.
func (t transaction) restate(f ewgwatch.Finding, at time.Time) error {
	id, err := idBytes(f.ID)
	if err != nil || t.table(findingIDsBucket).Get(id) == nil {
		return err
	}
	return t.amend(t.keyOf(id), at, func(known *ewgwatch.Finding) {
		if known.Capture != f.Capture {
			return // of other bytes, which the archive has lost since
		}
		known.QuoteStart, known.QuoteEnd, known.QuotePage = f.QuoteStart, f.QuoteEnd, f.QuotePage
		known.Title, known.Lang, known.Published = f.Title, f.Lang, f.Published
	})
}
