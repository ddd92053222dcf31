package archive

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/textproto"
	"path/filepath"

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

// Bodies yields every body that was handed over, in the order of the files'
// names and in each in that of the records, which is that of time where no two
// crawls share a folder. A body that was not read because nothing had changed is
// not among them. An error comes beside none and says what is damaged, and where;
// what follows it may be whole. One that is done ends it.
func Bodies(ctx context.Context, dir string) iter.Seq2[Kept, error] {
	return func(yield func(Kept, error) bool) {
		names, err := Files(dir)
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
