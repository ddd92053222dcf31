package store

import (
	"errors"
	"fmt"
	"time"

	"ewgwatch"
)

// check refuses what cannot be kept whole, before it can spoil the commit of
// others.
func check(r ewgwatch.Reading) error {
	switch {
	case r.Visit.URL == "":
		return errors.New("want the URL of the visit")
	case r.Article == nil && len(r.Findings) > 0:
		return errors.New("want the article of the findings")
	case r.Article == nil:
		return nil
	case r.Article.URL == "":
		return errors.New("want the URL of the article")
	}
	for _, f := range r.Findings {
		if _, err := idBytes(f.ID); err != nil {
			return err
		}
		if f.URL != r.Article.URL {
			return fmt.Errorf("finding %s: want the article's URL %s, have %s", f.ID, r.Article.URL, f.URL)
		}
	}
	return nil
}

// put keeps a reading. A finding given twice is kept as it stands first.
func (t transaction) put(r ewgwatch.Reading) (ewgwatch.Kept, error) {
	if err := t.visit(r.Visit); err != nil || r.Article == nil {
		return ewgwatch.Kept{}, err
	}
	kept, article, said, err := t.read(r)
	if err != nil || kept.Article != ewgwatch.ArticleRevision {
		return kept, err // the page says what it said: whatever is missing now, the page did not withdraw it
	}
	kept.Withdrawn, err = t.withdraw(article, &wording{article: r.Article}, said, r.Visit.At)
	return kept, err
}

// read keeps an article and what it says, and returns which findings those are.
func (t transaction) read(r ewgwatch.Reading) (kept ewgwatch.Kept, article revised, said map[string]bool, err error) {
	if err := t.source(r.Article.Source); err != nil {
		return kept, article, nil, err
	}
	if article, kept.Article, err = t.article(*r.Article, r.Visit.At); err != nil {
		return ewgwatch.Kept{}, article, nil, err
	}
	said = map[string]bool{}
	for _, f := range r.Findings {
		if said[f.ID] {
			continue
		}
		said[f.ID] = true
		isNew, err := t.finding(f, &article, r.Visit.At)
		if err != nil {
			return ewgwatch.Kept{}, article, nil, err
		}
		if isNew {
			kept.Findings++
		}
	}
	return kept, article, said, t.table(articlesBucket).putChanged(article.key, article.row)
}

func (t transaction) source(s ewgwatch.Source) error {
	if s.ID == "" {
		return nil
	}
	return t.table(sourcesBucket).putChanged([]byte(s.ID), encodeSource(s))
}

// event keeps what is known of an event. What was known before is kept beside, with
// the moment until which it was: the past stays what it was.
func (t transaction) event(e ewgwatch.Event, at time.Time) error {
	if last, ok := t.events[e.ID]; ok && last == e || e.ID == "" {
		return nil
	}
	t.events[e.ID] = e
	events := t.table(eventsBucket)
	old := events.Get([]byte(e.ID))
	if old == nil {
		return events.putChanged([]byte(e.ID), encodeEvent(e))
	}
	known, before, err := decodeDescribed(old)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.ID, err)
	}
	if e = fuller(known, e); e == known {
		return nil
	}
	if n := len(before); n > 0 && at.Before(before[n-1].until) {
		at = before[n-1].until
	}
	return events.putChanged([]byte(e.ID), encodeDescribed(e, append(before, described{at, known})))
}
