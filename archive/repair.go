package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Cut is a torn tail that was cut off a file.
type Cut struct {
	File   string // base name of the file, and
	Kept   string // of the one beside it that holds what was cut off
	Offset int64  // where the last whole record ends
	Bytes  int64  // cut off
}

// Repair cuts the torn tails off the files that earlier runs left when they were
// killed, and moves what it cuts, so that no byte is lost, to a file beside. It
// does not open those of which known says true, nor those of this archive. The
// caller sees to it that no other process writes to the folder. An error names
// the file and leaves it as it was.
func (a *Archive) Repair(known func(file string) bool) ([]Cut, error) {
	names, err := Files(a.dir)
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.dir, err)
	}
	var cuts []Cut
	for _, name := range names {
		if known(name) || a.Owns(name) {
			continue
		}
		cut, err := repair(a.dir, name)
		if err != nil {
			return cuts, fmt.Errorf("cut the torn tail of %s: %w", filepath.Join(a.dir, name), cause(err))
		}
		if cut.Bytes > 0 {
			cuts = append(cuts, cut)
		}
	}
	return cuts, nil
}

// Owns reports whether a file of the folder is one that this archive writes.
func (a *Archive) Owns(name string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, v := range append(a.retired[:len(a.retired):len(a.retired)], a.current) {
		if v != nil && v.name == name {
			return true
		}
	}
	return false
}

// repair cuts one file, once what it cuts off is kept durably.
func repair(dir, name string) (Cut, error) {
	f, err := openIn(dir, name)
	if err != nil {
		return Cut{}, err
	}
	defer f.Close()
	good, err := Tail(f)
	if !errors.Is(err, ErrTorn) {
		return Cut{}, nil // damage is told of by those who read
	}
	kept, bytes, err := keep(f, good, filepath.Join(dir, name))
	if err != nil {
		return Cut{}, err
	}
	if err := syncDir(dir); err != nil {
		return Cut{}, err
	}
	return Cut{File: name, Kept: filepath.Base(kept), Offset: good, Bytes: bytes}, truncate(filepath.Join(dir, name), good)
}

// keep copies what follows an offset to a new file.
func keep(f *os.File, from int64, path string) (kept string, bytes int64, err error) {
	into, err := newBeside(path + ".torn")
	if err != nil {
		return "", 0, err
	}
	if _, err = f.Seek(from, io.SeekStart); err == nil {
		bytes, err = io.Copy(into, f)
	}
	if err == nil {
		err = into.Sync()
	}
	if err = errors.Join(err, into.Close()); err != nil {
		return "", 0, errors.Join(err, os.Remove(into.Name()))
	}
	return into.Name(), bytes, nil
}

// newBeside makes a file of a name that is not taken: a run that was killed
// while it repaired may have left one.
func newBeside(path string) (*os.File, error) {
	for n := 1; ; n++ {
		name := path
		if n > 1 {
			name = fmt.Sprintf("%s-%d", path, n)
		}
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, os.ErrExist) {
			return f, err
		}
	}
}

// truncate cuts a file, or removes it where no record of it is whole.
func truncate(path string, size int64) error {
	if size == 0 {
		return os.Remove(path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = f.Truncate(size)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
