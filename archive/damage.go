package archive

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
)

// Damage reads every record of the archive in dir and yields what is wrong with
// it: a file that cannot be opened, bytes that hold no record, a record that is
// not what it says. ctx ends it.
func Damage(ctx context.Context, dir string) iter.Seq[error] {
	return func(yield func(error) bool) {
		names, err := Files(dir)
		if err != nil {
			yield(err)
			return
		}
		for _, name := range names {
			if !damageOf(ctx, dir, name, yield) {
				return
			}
		}
	}
}

func damageOf(ctx context.Context, dir, name string, yield func(error) bool) (more bool) {
	f, err := openIn(dir, name)
	if err != nil {
		return yield(err)
	}
	defer f.Close()
	records := 0
	for _, err := range Records(f) {
		if ctx.Err() != nil {
			yield(ctx.Err())
			return false
		}
		if err != nil && !yield(fmt.Errorf("%s: %w", filepath.Join(dir, name), err)) {
			return false
		}
		records++
	}
	return records > 0 || yield(fmt.Errorf("%s: it is empty", filepath.Join(dir, name)))
}
