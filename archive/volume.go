package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// file is what a volume needs of an *os.File, so that a test can fill the disk.
type file interface {
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Close() error
}

func createFile(path string) (file, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// fileName is that of a file begun at this time: sortable, and unlike that of
// any process beside this one.
func fileName(at time.Time, unique id) string {
	return fmt.Sprintf("ewgwatch-%s-%x.warc.gz", at.Format("20060102T150405Z"), unique[:4])
}

// volume is one WARC file being written.
type volume struct {
	name string // base name
	path string
	file file
	size int64 // up to the end of the last whole record; guarded by Archive.mu
	torn bool  // something after size could not be cut off; guarded by Archive.mu

	synced  int64 // what of size is durable; guarded by Archive.syncing
	entered bool  // its directory entry is durable; guarded by Archive.syncing
}

// newVolume makes a file that begins with the member warcinfo. Where it cannot
// be written, no file is left.
func newVolume(create func(string) (file, error), path string, warcinfo []byte) (*volume, error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	v := &volume{name: filepath.Base(path), path: path, file: f}
	if _, err := v.append(warcinfo); err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path))
	}
	return v, nil
}

// append writes whole members and returns where they begin. Where it fails, the
// file is cut back to what it was; where that fails too, v is torn and must not
// be appended to.
func (v *volume) append(members []byte) (int64, error) {
	_, err := v.file.WriteAt(members, v.size)
	if err == nil {
		offset := v.size
		v.size += int64(len(members))
		return offset, nil
	}
	err = v.named("write", err)
	if cut := v.file.Truncate(v.size); cut != nil {
		v.torn = true
		return 0, fmt.Errorf("%w; %w", err, v.named("cut back", cut))
	}
	return 0, err
}

func (v *volume) sync(size int64) error {
	if size == v.synced {
		return nil
	}
	if err := v.file.Sync(); err != nil {
		return v.named("fsync", err)
	}
	v.synced = size
	return nil
}

func (v *volume) close() error {
	if err := v.file.Close(); err != nil {
		return v.named("close", err)
	}
	return nil
}

// named says which file an error is about, in place of the name that the
// operating system's error may bring.
func (v *volume) named(action string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%s %s: %w", action, v.path, err)
}

// syncDir makes the entries of a directory durable. Some file systems cannot
// and say EINVAL; they promise nothing either way.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
