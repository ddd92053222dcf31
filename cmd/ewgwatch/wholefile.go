package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// wholeFile is a file that was written whole.
type wholeFile struct {
	SHA256 string // lower-case hex
	Bytes  int64
}

// writeWhole writes beside a file and renames, so that an old one is replaced by a
// whole new one or not at all, also when the power fails.
func writeWhole(name string, mode fs.FileMode, write func(w io.Writer) error) (wholeFile, error) {
	part, err := os.CreateTemp(filepath.Dir(name), ".ewgwatch-*")
	if err != nil {
		return wholeFile{}, err
	}
	defer os.Remove(part.Name()) // gone already where all went well
	sum := sha256.New()
	size := &byteCount{}
	if err := errors.Join(write(io.MultiWriter(part, sum, size)), part.Chmod(mode), part.Sync()); err != nil {
		return wholeFile{}, errors.Join(err, part.Close())
	}
	if err := errors.Join(part.Close(), os.Rename(part.Name(), name)); err != nil {
		return wholeFile{}, err
	}
	return wholeFile{SHA256: hex.EncodeToString(sum.Sum(nil)), Bytes: size.n}, syncFolder(filepath.Dir(name))
}

// syncFolder makes the names in a folder last, on file systems that can.
func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

type byteCount struct{ n int64 }

func (c *byteCount) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
