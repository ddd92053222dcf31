package store

import (
	"fmt"

	"ewgwatch"
)

// revisions are the revisions of articles as a look finds them. What was found
// is remembered: the findings of an article come together, and a revision never
// changes.
type revisions struct {
	in    look
	known map[string]revision
}

// maxKnown is how many revisions are remembered.
const maxKnown = 2048

func (r *revisions) at(key []byte) (revision, error) {
	if known, ok := r.known[string(key)]; ok {
		return known, nil
	}
	record := r.in.get(revisionsBucket, key)
	if record == nil {
		return revision{}, fmt.Errorf("%w: revision %x of an article is not kept", ErrDamaged, key)
	}
	found, err := decodeRevision(record)
	if err != nil {
		return revision{}, fmt.Errorf("revision %x: %w", key, err)
	}
	if r.known == nil || len(r.known) >= maxKnown {
		r.known = make(map[string]revision, maxKnown)
	}
	r.known[string(key)] = found
	return found, nil
}

// prove fills in what a finding shares with the first revision that says it.
func (r *revisions) prove(f *ewgwatch.Finding, article string) error {
	if r == nil || len(article) != hashSize {
		return fmt.Errorf("%w: it refers to article %x", errRecord, article)
	}
	said, err := r.at(revisionKey([]byte(article), f.FirstRevision))
	if err != nil {
		return err
	}
	f.URL, f.Title, f.Lang, f.Published, f.Source.ID, f.Capture = said.URL, said.Title, said.Lang, said.Published, said.Source, said.Capture
	f.Wire, f.Sketch = said.Wire, said.Sketch
	return nil
}
