package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ewgwatch"
)

// journalType is the media type of an entry of the store's journal.
const journalType = "application/vnd.ewgwatch.journal"

// Append keeps an entry of the store's journal, as a metadata record (6.6)
// beside the captures that it speaks of. It is durable after the next
// [Archive.Sync]. An error is that of [Archive.Record].
func (a *Archive) Append(entry []byte) error {
	if len(entry) > MaxBlock {
		return fmt.Errorf("archive an entry of %d bytes: want at most %d", len(entry), MaxBlock)
	}
	a.mu.Lock()
	ids, err := a.newIDs(1)
	a.mu.Unlock()
	if err != nil {
		return err
	}
	e := a.encoders.Get().(*encoder)
	defer a.encoders.Put(e)
	e.members.Reset()
	e.add(ids[0], "metadata", journalType, []field{{"WARC-Date", date(a.options.Now())}}, entry)
	_, _, err = a.append(e.members.Bytes())
	return err
}

// Entries yields every entry of the journal in the archive in dir, file by file
// in the order of names. An error comes beside none and says what is damaged, and
// where; what follows it may be whole. One that is done ends it.
func Entries(ctx context.Context, dir string) iter.Seq2[ewgwatch.Entry, error] {
	return func(yield func(ewgwatch.Entry, error) bool) {
		names, err := Files(dir)
		if err != nil {
			yield(ewgwatch.Entry{}, err)
			return
		}
		for _, name := range names {
			if !entriesOf(ctx, dir, name, yield) {
				return
			}
		}
	}
}

// Files returns the base names of the WARC files in dir, in order. A folder that
// does not exist has none.
func Files(dir string) ([]string, error) {
	listed, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, entry := range listed {
		if strings.HasSuffix(entry.Name(), ".warc.gz") && entry.Type().IsRegular() {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

func entriesOf(ctx context.Context, dir, name string, yield func(ewgwatch.Entry, error) bool) (more bool) {
	f, err := openIn(dir, name)
	if err != nil {
		return yield(ewgwatch.Entry{}, err)
	}
	defer f.Close()
	for record, err := range Records(f) {
		switch {
		case ctx.Err() != nil:
			yield(ewgwatch.Entry{}, ctx.Err())
			return false
		case err != nil:
			err = fmt.Errorf("%s: %w", filepath.Join(dir, name), err)
			if !yield(ewgwatch.Entry{}, err) {
				return false
			}
		case isEntry(record):
			where := ewgwatch.Capture{SHA256: record.SHA256, File: name, Offset: record.Offset}
			if !yield(ewgwatch.Entry{Capture: where, Block: record.Payload}, nil) {
				return false
			}
		}
	}
	return true
}

func isEntry(r Record) bool {
	return r.Type == "metadata" && r.Fields.Get("Content-Type") == journalType
}

// Entry returns one entry again, checked against its SHA-256.
func Entry(dir string, where ewgwatch.Capture) ([]byte, error) {
	f, err := openIn(dir, where.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Seek(where.Offset, io.SeekStart); err != nil {
		return nil, err
	}
	record, err := newMembers(f, where.Offset).next()
	if err == nil && !isEntry(record) {
		err = fmt.Errorf("want an entry of the journal, have a %.40q record", record.Type)
	}
	if sum := sha256.Sum256(record.Payload); err == nil && hex.EncodeToString(sum[:]) != where.SHA256 {
		err = errors.New("it is another entry")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, where.File), err)
	}
	return record.Payload, nil
}
