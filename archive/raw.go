package archive

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"ewgwatch"
)

// Raw returns the bytes of the archive file that a capture is in, as they lie
// there, of the records that tell of it: who wrote the file, the request, the
// answer and what is known beside. Together they are a WARC file of their own.
// The whole file may have to be read for that.
func Raw(dir string, capture ewgwatch.Capture) ([]byte, error) {
	if _, err := Read(dir, capture); err != nil {
		return nil, err
	}
	f, err := openIn(dir, capture.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var members bytes.Buffer
	for _, r := range around(f, capture.Offset) {
		if _, err := io.Copy(&members, io.NewSectionReader(f, r.Offset, r.Length)); err != nil {
			return nil, fmt.Errorf("%s: offset %d: %w", filepath.Join(dir, capture.File), r.Offset, err)
		}
	}
	return members.Bytes(), nil
}

// around returns the records that tell of the one at an offset, with it, in their
// order.
func around(f *os.File, offset int64) []Record {
	var all []Record
	var before, at Record
	for r, err := range Records(f) {
		switch {
		case err != nil:
			continue
		case r.Type == "warcinfo" && r.Offset == 0:
			all = append(all, r)
		case r.Offset == offset:
			at = r
			if before.Type == "request" && unbracket(before.Fields.Get("WARC-Concurrent-To")) == r.ID {
				all = append(all, before)
			}
			all = append(all, r)
		case r.Offset > offset:
			if r.Type == "metadata" && unbracket(r.Fields.Get("WARC-Concurrent-To")) == at.ID {
				all = append(all, r)
			}
			return all
		}
		before = r
	}
	return all
}
