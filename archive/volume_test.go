package archive

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"ewgwatch"
)

// disk is a small one: its files are real, but share this many bytes.
type disk struct {
	free     atomic.Int64
	uncut    atomic.Bool // truncating fails
	unsynced atomic.Bool // fsync fails
	syncs    atomic.Int64
}

type diskFile struct {
	*os.File
	disk *disk
}

func (d *disk) create(path string) (file, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return &diskFile{f, d}, err
}

func (f *diskFile) WriteAt(b []byte, offset int64) (int, error) {
	fits := min(int64(len(b)), f.disk.free.Load())
	n, err := f.File.WriteAt(b[:fits], offset)
	f.disk.free.Add(-int64(n))
	if err == nil && n < len(b) {
		err = &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	return n, err
}

func (f *diskFile) Truncate(size int64) error {
	if f.disk.uncut.Load() {
		return syscall.EIO
	}
	return f.File.Truncate(size)
}

func (f *diskFile) Sync() error {
	f.disk.syncs.Add(1)
	if f.disk.unsynced.Load() {
		return syscall.EIO
	}
	return f.File.Sync()
}

func onDisk(t *testing.T, o Options, free int64) (*Archive, *disk) {
	t.Helper()
	d := &disk{}
	d.free.Store(free)
	a := open(t, o)
	a.create = d.create
	return a, d
}

// The disk fills up at many places of the file, then has room again.
func TestFullDiskLeavesWholeRecordsAndLaterOnesAreKept(t *testing.T) {
	whole := len(small(t))
	for _, uncut := range []bool{false, true} {
		for free := 0; free <= whole; free += 31 {
			a, d := onDisk(t, fixed(), int64(free))
			d.uncut.Store(uncut)
			kept := map[ewgwatch.Capture]string{}
			for i := range 4 {
				if i == 2 {
					d.free.Store(1 << 20)
				}
				body := fmt.Sprint("page ", i)
				c, err := a.Record(t.Context(), page(body))
				if err == nil {
					kept[c] = body
					continue
				}
				if i >= 2 || !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), a.dir) {
					t.Fatalf("%d bytes, page %d: %v", free, i, err)
				}
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			checkAll(t, a.dir, kept, uncut)
		}
	}
}

// What a failed write leaves is longer than the record written next.
func TestShortRecordAfterALongOneThatFailedLeavesNoRest(t *testing.T) {
	long := page("")
	long.Body = make([]byte, 1<<16)
	if _, err := rand.NewChaCha8([32]byte{}).Read(long.Body); err != nil {
		t.Fatal(err)
	}
	for _, uncut := range []bool{false, true} {
		a, d := onDisk(t, Options{}, 1<<20)
		d.uncut.Store(uncut)
		kept := map[ewgwatch.Capture]string{record(t, a, page("before")): "before"}
		d.free.Store(1 << 15)
		if _, err := a.Record(t.Context(), long); !errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EIO) != uncut {
			t.Fatalf("error %v, want ENOSPC", err)
		}
		checkAll(t, a.dir, kept, uncut)
		d.free.Store(1 << 20)
		kept[record(t, a, page("after"))] = "after"
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		checkAll(t, a.dir, kept, uncut)
	}
}

// checkAll checks that the archive has exactly these captures.
func checkAll(t *testing.T, dir string, kept map[ewgwatch.Capture]string, tornAllowed bool) {
	t.Helper()
	for c, body := range kept {
		if r, err := Read(dir, c); err != nil || string(r.Payload) != body {
			t.Fatalf("%v: %q, %v, want %q", c, r.Payload, err, body)
		}
	}
	responses := 0
	names, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		records, err := read(b)
		if err != nil && !(tornAllowed && errors.Is(err, ErrTorn)) {
			t.Fatalf("%s: %v", name, err)
		}
		for _, r := range records {
			if r.Type == "response" {
				responses++
			}
		}
	}
	// A record that could not be cut off may be whole by the last byte written.
	if responses != len(kept) && !(tornAllowed && responses == len(kept)+1) {
		t.Fatalf("%d responses, want %d", responses, len(kept))
	}
}

func TestFileThatCouldNotBeBegunIsNotLeft(t *testing.T) {
	a, _ := onDisk(t, Options{}, 20)
	if _, err := a.Record(t.Context(), page("x")); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v, want ENOSPC", err)
	}
	if files := all(t, a.dir); len(files) != 0 {
		t.Errorf("left %v", files)
	}
}

func TestUnwritableFolderIsNamed(t *testing.T) {
	a := open(t, Options{})
	if err := os.Remove(a.dir); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Record(t.Context(), page("x")); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), a.dir) {
		t.Errorf("error %v, want one that names %s", err, a.dir)
	}
}

func TestSyncCostsNothingWhenNothingIsNew(t *testing.T) {
	a, d := onDisk(t, Options{}, 1<<20)
	for _, step := range []struct {
		records int
		syncs   int64
	}{{0, 0}, {5, 1}, {0, 1}, {1, 2}, {0, 2}} {
		for range step.records {
			record(t, a, page("x"))
		}
		if err := a.Sync(); err != nil {
			t.Fatal(err)
		}
		if have := d.syncs.Load(); have != step.syncs {
			t.Errorf("after %+v: %d fsyncs", step, have)
		}
	}
}

func TestSyncCoversTheFilesOfARotation(t *testing.T) {
	a, d := onDisk(t, Options{MaxFileSize: 1}, 1<<20)
	for range 3 {
		record(t, a, page("x"))
	}
	if err := a.Sync(); err != nil || d.syncs.Load() != 3 || len(a.retired) != 0 {
		t.Errorf("%v, %d fsyncs of 3 files, %d retired ones left", err, d.syncs.Load(), len(a.retired))
	}
}

// After a failed fsync the kernel may drop what it could not write and report
// success the next time, so the archive must not believe it.
func TestFailedSyncIsFinal(t *testing.T) {
	a, d := onDisk(t, Options{}, 1<<20)
	c := record(t, a, page("x"))
	d.unsynced.Store(true)
	err := a.Sync()
	if !errors.Is(err, syscall.EIO) || !strings.Contains(err.Error(), c.File) {
		t.Fatalf("error %v, want EIO of %s", err, c.File)
	}
	d.unsynced.Store(false)
	if _, err := a.Record(t.Context(), page("y")); !errors.Is(err, syscall.EIO) {
		t.Errorf("Record: %v, want EIO", err)
	}
	if err := a.Sync(); !errors.Is(err, syscall.EIO) {
		t.Errorf("Sync: %v, want EIO", err)
	}
	if err := a.Close(); !errors.Is(err, syscall.EIO) {
		t.Errorf("Close: %v, want EIO", err)
	}
}

func TestNameTakenIsNotOverwritten(t *testing.T) {
	a := open(t, fixed())
	c := record(t, a, page("x"))
	before, err := os.ReadFile(filepath.Join(a.dir, c.File))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(a.dir, fixed()) // the same clock and the same ids
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Record(t.Context(), page("y")); !errors.Is(err, os.ErrExist) {
		t.Errorf("error %v, want os.ErrExist", err)
	}
	if after, err := os.ReadFile(filepath.Join(a.dir, c.File)); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the first file changed, %v", err)
	}
}
