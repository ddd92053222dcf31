package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ewgwatch/internal/plain"
)

// frozen is a release that is read. Of its rows only the places are kept in memory.
type frozen struct {
	name    string
	columns []string
	file    *os.File
	order   []string // finding IDs
	rows    map[string]frozenRow
}

// frozenRow is where a row stands in the file, and what its bytes are.
type frozenRow struct {
	offset int64
	length int
	sum    [sha256.Size]byte
}

// openRelease reads through a release, and refuses one that is not what its
// manifest says.
func openRelease(in folder, name string) (*frozen, error) {
	m, err := readManifest(in, name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(in.release(name), releaseRows))
	if err != nil {
		return nil, fmt.Errorf("release %s: %w", name, err)
	}
	r := &frozen{name: name, columns: m.Columns, file: file, rows: map[string]frozenRow{}}
	sum, err := r.scan()
	if err == nil && !slices.ContainsFunc(m.Files, func(f releaseFile) bool { return f.Name == releaseRows && f.SHA256 == sum }) {
		err = errors.New("it is not what it was when the release was made: its hash differs from the manifest's")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("release %s: read %s: %w", name, file.Name(), err), file.Close())
	}
	return r, nil
}

func (r *frozen) close() { r.file.Close() }

func (r *frozen) scan() (sum string, err error) {
	whole := sha256.New()
	in := bufio.NewReaderSize(io.TeeReader(r.file, whole), 64<<10)
	for offset := int64(0); ; {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return hex.EncodeToString(whole.Sum(nil)), nil
		}
		if err != nil {
			return "", fmt.Errorf("line %d: %w", len(r.order)+1, err)
		}
		var key struct {
			ID string `json:"finding_id"`
		}
		if err := json.Unmarshal(line, &key); err != nil {
			return "", fmt.Errorf("line %d: %w", len(r.order)+1, err)
		}
		r.order = append(r.order, key.ID)
		r.rows[key.ID] = frozenRow{offset: offset, length: len(line), sum: sha256.Sum256(line)}
		offset += int64(len(line))
	}
}

// fields returns the values of a row, each as JSON has it.
func (r *frozen) fields(id string) (values map[string]json.RawMessage, err error) {
	at := r.rows[id]
	line := make([]byte, at.length)
	if _, err := r.file.ReadAt(line, at.offset); err != nil {
		return nil, fmt.Errorf("release %s: finding %s: %w", r.name, id, err)
	}
	return values, json.Unmarshal(line, &values)
}

// compare writes what changed from one release to another. What they say is
// foreign: it is made safe to print.
func compare(to io.Writer, before, after *frozen) error {
	w := bufio.NewWriter(to)
	added, gone, changed := 0, 0, 0
	for _, id := range before.order {
		if _, is := after.rows[id]; is {
			continue
		}
		gone++
		if err := before.tell(w, '-', id); err != nil {
			return err
		}
	}
	for _, id := range after.order {
		switch old, was := before.rows[id]; {
		case !was:
			added++
			if err := after.tell(w, '+', id); err != nil {
				return err
			}
		case old.sum != after.rows[id].sum:
			n, err := tellChange(w, before, after, id)
			if err != nil {
				return err
			}
			changed += n
		}
	}
	tellColumns(w, before, after)
	fmt.Fprintf(w, "%d added, %d gone, %d changed from %s to %s\n", added, gone, changed, before.name, after.name)
	return w.Flush()
}

// tell writes one finding in a line.
func (r *frozen) tell(w io.Writer, mark byte, id string) error {
	values, err := r.fields(id)
	if err != nil {
		return err
	}
	var words []string
	for _, name := range []string{"state", "stance", "event_id", "quote", "url"} {
		if word := shown(values[name]); word != "" && word != "null" {
			words = append(words, word)
		}
	}
	_, err = fmt.Fprintf(w, "%c %s %s\n", mark, plain.Line(id), strings.Join(words, "  "))
	return err
}

// tellChange writes the fields of a finding that differ, of those that both
// releases have; it returns 0 where none does.
func tellChange(w io.Writer, before, after *frozen, id string) (changed int, err error) {
	old, err := before.fields(id)
	if err != nil {
		return 0, err
	}
	fresh, err := after.fields(id)
	if err != nil {
		return 0, err
	}
	for _, name := range after.columns {
		if was, is := old[name]; !is || string(was) == string(fresh[name]) {
			continue
		}
		if changed == 0 {
			fmt.Fprintf(w, "~ %s\n", plain.Line(id))
		}
		changed = 1
		fmt.Fprintf(w, "    %s: %s -> %s\n", plain.Line(name), shown(old[name]), shown(fresh[name]))
	}
	return changed, nil
}

func tellColumns(w io.Writer, before, after *frozen) {
	for _, pair := range [][2]*frozen{{before, after}, {after, before}} {
		var alone []string
		for _, name := range pair[0].columns {
			if !slices.Contains(pair[1].columns, name) {
				alone = append(alone, plain.Line(name))
			}
		}
		if len(alone) > 0 {
			fmt.Fprintf(w, "Only %s has %s\n", pair[0].name, strings.Join(alone, ", "))
		}
	}
}

// shown is a value on one line.
func shown(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil && text != "" {
		return strings.TrimSpace(plain.Line(text))
	}
	return plain.Line(string(value))
}
