package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"ewgwatch"
)

// revision is what is kept of an article: enough to see that it changed and to
// find its bytes, not its text.
type revision struct {
	URL        string
	Number     int // from 1
	Title      string
	TextSHA256 string
	Lang       string
	Published  ewgwatch.Published
	Source     string // Source.ID
	Capture    ewgwatch.Capture
	FirstSeen  time.Time
	Wire       string
	Sketch     ewgwatch.Sketch
}

func revisionOf(a ewgwatch.Article, seen time.Time) revision {
	sum := sha256.Sum256([]byte(a.Text))
	a.Published.At = a.Published.At.UTC()
	return revision{
		URL: a.URL, Number: 1, Title: a.Title, TextSHA256: hex.EncodeToString(sum[:]), Lang: a.Lang, Published: a.Published,
		Source: a.Source.ID, Capture: a.Capture, FirstSeen: seen, Wire: a.Wire, Sketch: a.Sketch,
	}
}

// says reports whether both say the same to a reader. A date is compared by
// what it means, as a page may print "2 hours ago" today and the day tomorrow.
func (r revision) says(other revision) bool {
	return r.Title == other.Title && r.TextSHA256 == other.TextSHA256 && r.Published.String() == other.Published.String()
}

// article keeps a revision where title, text or date differ from the latest
// one's. It returns the revision that now holds; the article's row is for the
// caller to keep.
func (t transaction) article(a ewgwatch.Article, seen time.Time) (revised, ewgwatch.ArticleChange, error) {
	key := hashOf(a.URL)
	next, change := revisionOf(a, seen), ewgwatch.ArticleNew
	row := articleRow(bytes.Clone(t.table(articlesBucket).Get(key)))
	if row != nil {
		before, err := decodeRevision(t.table(revisionsBucket).Get(revisionKey(key, row.number())))
		if err != nil {
			return revised{}, "", fmt.Errorf("article %s: %w", a.URL, err)
		}
		if before.says(next) {
			return revised{key, row, before}, ewgwatch.ArticleSame, nil
		}
		next.Number, change = before.Number+1, ewgwatch.ArticleRevision
	}
	return revised{key, row.numbered(next.Number), next}, change, t.table(revisionsBucket).Put(revisionKey(key, next.Number), encodeRevision(next))
}

func encodeRevision(r revision) []byte {
	w := newRecord()
	w.text(1, r.URL)
	w.number(2, int64(r.Number))
	w.text(3, r.Title)
	w.sum(10, 4, r.TextSHA256)
	w.text(5, r.Lang)
	w.published(6, r.Published)
	w.text(7, r.Source)
	w.capture(8, r.Capture)
	w.time(9, r.FirstSeen)
	w.text(11, r.Wire)
	w.sketch(12, r.Sketch)
	return w.buf
}

func decodeRevision(data []byte) (r revision, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			r.URL = f.value
		case 2:
			r.Number = int(f.number())
		case 3:
			r.Title = f.value
		case 4:
			r.TextSHA256 = f.value
		case 5:
			r.Lang = f.value
		case 6:
			r.Published = f.published()
		case 7:
			r.Source = f.value
		case 8:
			r.Capture = f.capture()
		case 9:
			r.FirstSeen = f.time()
		case 10:
			r.TextSHA256 = f.sum()
		case 11:
			r.Wire = f.value
		case 12:
			r.Sketch = f.sketch()
		}
	}
	return r, f.err
}
