package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ewgwatch"
)

// Read returns the response or resource record that a capture names, from the archive in
// dir, after checking that its payload has the capture's SHA-256. The error says
// what is wrong: the file is missing ([os.ErrNotExist]) or not one an archive
// writes, no record begins at the offset, the record there is torn ([ErrTorn]),
// damaged or of another type, or a digest differs. The name of the file is foreign
// input: one outside dir is refused, and so is a link out of it.
func Read(dir string, capture ewgwatch.Capture) (Record, error) {
	if capture.IsZero() {
		return Record{}, errors.New("nothing was archived: the capture is empty")
	}
	if capture.File == "" {
		return Record{}, errors.New("nothing was archived: the site asks that no copy be offered; its hash is kept")
	}
	f, err := openIn(dir, capture.File)
	if err != nil {
		return Record{}, err
	}
	defer f.Close()
	record, err := readAt(f, capture)
	if err != nil {
		return Record{}, fmt.Errorf("%s: %w", filepath.Join(dir, capture.File), err)
	}
	return record, nil
}

func openIn(dir, name string) (*os.File, error) {
	if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\\x00") || !filepath.IsLocal(name) {
		return nil, fmt.Errorf("archive %s: want the base name of a file, have %q", dir, name)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, name), cause(err))
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return nil, fmt.Errorf("%s: want a regular file", filepath.Join(dir, name))
	}
	return root.Open(name)
}

// cause is an error without the name of the file, which the caller gives in full.
func cause(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func readAt(f *os.File, capture ewgwatch.Capture) (Record, error) {
	info, err := f.Stat()
	if err != nil {
		return Record{}, err
	}
	if capture.Offset < 0 || capture.Offset >= info.Size() {
		return Record{}, fmt.Errorf("offset %d: no record, the file has %d bytes", capture.Offset, info.Size())
	}
	if _, err := f.Seek(capture.Offset, io.SeekStart); err != nil {
		return Record{}, err
	}
	record, err := newMembers(f, capture.Offset).next()
	switch {
	case err != nil:
		return Record{}, err
	case record.Type != "response" && record.Type != "resource":
		return Record{}, fmt.Errorf("offset %d: want a response or resource record, have %.40q", capture.Offset, record.Type)
	case record.SHA256 != capture.SHA256:
		return Record{}, fmt.Errorf("offset %d: the SHA-256 of the payload is %s, the capture says %.100q",
			capture.Offset, record.SHA256, capture.SHA256)
	}
	return record, nil
}
