package store

import (
	"bytes"
	"fmt"

	"ewgwatch"
)

// Finding returns the finding of an ID; false where there is none, or the ID is
// none.
func (s *Store) Finding(id string) (f ewgwatch.Finding, known bool, err error) {
	raw, err := idBytes(id)
	if err != nil {
		return f, false, nil
	}
	err = s.look(func(l look) error {
		at := l.get(findingIDsBucket, raw)
		if at == nil {
			return nil
		}
		record := l.get(findingsBucket, append(bytes.Clone(at), raw...))
		if record == nil {
			return fmt.Errorf("%w: %s leads to no finding: %x", ErrDamaged, findingIDsBucket, raw)
		}
		known = true
		f, err = decodeFinding(record, &revisions{in: l})
		return err
	})
	if err == nil && known {
		c := completer{store: s, events: map[string]ewgwatch.Event{}, sources: map[string]ewgwatch.Source{}}
		err = c.complete(&f)
	}
	if err != nil {
		return ewgwatch.Finding{}, false, fmt.Errorf("read %s: finding %s: %w", s.path, id, err)
	}
	return f, known, nil
}
