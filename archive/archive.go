package archive

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"ewgwatch"
)

// Archive appends captures to WARC files in one folder. Its methods are safe for
// concurrent use, and several archives, of several processes too, may share a
// folder: each writes files of its own.
type Archive struct {
	dir      string
	options  Options
	create   func(path string) (file, error)
	encoders sync.Pool

	syncing sync.Mutex // held through an fsync, so that those who wait share the next one; taken before mu
	mu      sync.Mutex // guards what follows
	current *volume    // being appended to; nil before the first Record and after a rotation
	retired []*volume  // no longer appended to, not yet fsynced and closed
	broken  error      // of the fsync that failed
	closed  bool
}

// Open returns an archive in dir, which is made (0700) where it does not exist.
// The first file is made by the first Record, so a run that captures nothing
// leaves nothing. What earlier runs left is not looked at.
func Open(dir string, options Options) (*Archive, error) {
	if err := makeDir(dir); err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	options = options.withDefaults()
	of, err := newSession(options.Random)
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	return &Archive{
		dir:      dir,
		options:  options,
		create:   createFile,
		encoders: sync.Pool{New: func() any { return newEncoder(of) }},
	}, nil
}

func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return os.MkdirAll(dir, 0o700) // says so where it is no directory
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// Record appends the exchange and says where its response is, or the resource
// that a rendered one is kept as, or what it revisits. The capture is
// durable only after the next [Archive.Sync]. An error names the file that could
// not be written, which then still ends with a whole record, or the URL of an
// exchange that lacks its time, its status or its URL, or is larger than
// [MaxBlock]; nothing was archived then. A context that is done archives nothing.
func (a *Archive) Record(ctx context.Context, x ewgwatch.Exchange) (ewgwatch.Capture, error) {
	if ctx.Err() != nil {
		return ewgwatch.Capture{}, context.Cause(ctx)
	}
	a.mu.Lock()
	ids, err := a.newIDs(3)
	a.mu.Unlock()
	if err != nil {
		return ewgwatch.Capture{}, err
	}
	original := a.original(x)
	e := a.encoders.Get().(*encoder)
	defer a.encoders.Put(e)
	set, err := e.encode(x, original, [3]id(ids))
	if err != nil {
		return ewgwatch.Capture{}, err
	}
	name, offset, err := a.append(set.members)
	switch {
	case err != nil:
		return ewgwatch.Capture{}, err
	case original != nil:
		return x.Revisits, nil
	}
	return ewgwatch.Capture{SHA256: hex.EncodeToString(set.sum[:]), File: name, Offset: offset + set.response}, nil
}

// original is the record that an exchange revisits; nil where there is none to
// rely on, so that what came is archived anew.
func (a *Archive) original(x ewgwatch.Exchange) *Record {
	if x.Revisits.File == "" {
		return nil
	}
	record, err := Read(a.dir, x.Revisits)
	if err != nil {
		return nil
	}
	return &record
}

// newIDs is called with mu held: Random need not be safe for concurrent use.
func (a *Archive) newIDs(n int) ([]id, error) {
	ids := make([]id, n)
	for i := range ids {
		var err error
		if ids[i], err = newID(a.options.Random); err != nil {
			return nil, fmt.Errorf("archive %s: %w", a.dir, err)
		}
	}
	return ids, nil
}

// append writes whole members to the current file, or to a new one, and returns
// the file's base name and where the first of them begins.
func (a *Archive) append(members []byte) (string, int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.writable(); err != nil {
		return "", 0, err
	}
	if a.current != nil && a.current.size+int64(len(members)) > a.options.MaxFileSize {
		a.retire()
	}
	if err := a.begin(); err != nil {
		return "", 0, err
	}
	v := a.current
	offset, err := v.append(members)
	if v.torn {
		a.retire()
	}
	return v.name, offset, err
}

func (a *Archive) writable() error {
	if a.closed {
		return fmt.Errorf("archive %s: %w", a.dir, os.ErrClosed)
	}
	return a.broken
}

func (a *Archive) retire() {
	if a.current != nil {
		a.retired = append(a.retired, a.current)
	}
	a.current = nil
}

// begin makes a file and its warcinfo record, unless there is a current one.
func (a *Archive) begin() error {
	if a.current != nil {
		return nil
	}
	ids, err := a.newIDs(2)
	if err != nil {
		return err
	}
	at := a.options.Now().UTC()
	name := fileName(at, ids[0])
	e := a.encoders.Get().(*encoder)
	defer a.encoders.Put(e)
	v, err := newVolume(a.create, filepath.Join(a.dir, name), e.warcinfo(name, at, ids[1], a.options))
	if err != nil {
		return err
	}
	a.current = v
	return nil
}

// Sync makes durable what was recorded before it was called. It must return nil
// before anything that cites those captures is committed. Goroutines that call
// it together share an fsync; when nothing was written since the last one, it
// does nothing. Its error names the file and is final.
func (a *Archive) Sync() error {
	a.syncing.Lock()
	defer a.syncing.Unlock()
	a.mu.Lock()
	retired, current, broken := a.retired, a.current, a.broken
	a.retired = nil
	var size int64
	if current != nil {
		size = current.size
	}
	a.mu.Unlock()

	err := a.settle(retired, current, size)
	if broken != nil {
		return broken
	}
	if err != nil {
		a.mu.Lock()
		a.broken = err
		a.mu.Unlock()
	}
	return err
}

// settle fsyncs what needs it, the folder where a file is new, and closes the
// retired files.
func (a *Archive) settle(retired []*volume, current *volume, size int64) error {
	var errs []error
	for _, v := range retired {
		errs = append(errs, v.sync(v.size), v.close())
	}
	fresh := retired
	if current != nil {
		errs = append(errs, current.sync(size))
		fresh = append(fresh, current)
	}
	return errors.Join(append(errs, a.enter(fresh))...)
}

// enter makes the directory entries of new files durable.
func (a *Archive) enter(volumes []*volume) error {
	unentered := false
	for _, v := range volumes {
		unentered = unentered || !v.entered
	}
	if !unentered {
		return nil
	}
	if err := syncDir(a.dir); err != nil {
		return err
	}
	for _, v := range volumes {
		v.entered = true
	}
	return nil
}

// Close makes durable what was recorded and closes the file. A Record after it
// fails with [os.ErrClosed]; a second Close does nothing.
func (a *Archive) Close() error {
	a.mu.Lock()
	a.closed = true
	a.retire()
	a.mu.Unlock()
	return a.Sync()
}
