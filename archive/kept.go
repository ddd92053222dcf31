package archive

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/textproto"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// Kept is an archived body that was handed over by a crawl: what a page was, as
// far as the archive tells.
type Kept struct {
	Capture ewgwatch.Capture
	Record  Record
	Source  string // Source.ID
	Role    ewgwatch.Role
	Outcome ewgwatch.Outcome
}

// Bodies yields every body that was handed over, in the order in which the files
// were begun and in each in that of the records, which is that of time where no two
// crawls share a folder. A body that was not read because nothing had changed is
// not among them. An error comes beside none and says what is damaged, and where;
// what follows it may be whole. One that is done ends it.
func Bodies(ctx context.Context, dir string) iter.Seq2[Kept, error] {
	return func(yield func(Kept, error) bool) {
		names, err := begun(dir)
		if err != nil {
			yield(Kept{}, err)
			return
		}
		for _, name := range names {
			if !bodiesOf(ctx, dir, name, yield) {
				return
			}
		}
	}
}

// begun returns the names of the files in the order in which they were begun. Two of
// one second have names in no order, but dates to the microsecond within.
func begun(dir string) ([]string, error) {
	names, err := Files(dir)
	if err != nil {
		return nil, err
	}
	since := map[string]time.Time{}
	for _, name := range names {
		since[name] = begunAt(dir, name)
	}
	slices.SortStableFunc(names, func(x, y string) int { return since[x].Compare(since[y]) })
	return names, nil
}

// begunAt is when a file was begun, as its first record says; as its name says
// where that is damaged.
func begunAt(dir, name string) time.Time {
	stamp, _, _ := strings.Cut(strings.TrimPrefix(name, "ewgwatch-"), "-")
	at, _ := time.Parse("20060102T150405Z", stamp) // zero for a name of another kind
	f, err := openIn(dir, name)
	if err != nil {
		return at
	}
	defer f.Close()
	if first, err := newMembers(f, 0).next(); err == nil && !first.At.IsZero() {
		return first.At
	}
	return at
}

func bodiesOf(ctx context.Context, dir, name string, yield func(Kept, error) bool) (more bool) {
	f, err := openIn(dir, name)
	if err != nil {
		return yield(Kept{}, err)
	}
	defer f.Close()
	var last Record // a response or resource whose metadata may follow
	for record, err := range Records(f) {
		switch {
		case ctx.Err() != nil:
			yield(Kept{}, ctx.Err())
			return false
		case err != nil:
			if !yield(Kept{}, fmt.Errorf("%s: %w", filepath.Join(dir, name), err)) {
				return false
			}
		case record.Type == "response" || record.Type == "resource":
			last = record
		case last.ID != "" && unbracket(record.Fields.Get("WARC-Concurrent-To")) == last.ID && record.Type == "metadata":
			kept := keptOf(last, record.Payload)
			kept.Capture = ewgwatch.Capture{SHA256: last.SHA256, File: name, Offset: last.Offset}
			if kept.Role != "" && !yield(kept, nil) {
				return false
			}
		}
	}
	return true
}

// keptOf reads the metadata of a record.
func keptOf(record Record, metadata []byte) Kept {
	fields, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(metadata, "\r\n"...)))).ReadMIMEHeader()
	if err != nil {
		return Kept{}
	}
	return Kept{
		Record: record, Source: fields.Get("source"), Role: ewgwatch.Role(fields.Get("role")), Outcome: ewgwatch.Outcome(fields.Get("outcome")),
	}
}
