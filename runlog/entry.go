package runlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Entry is one line of the log.
type Entry struct {
	Seq  int    `json:"seq"`  // from 1
	Prev string `json:"prev"` // SHA-256 of the line before, without its line feed, lower-case hex; "" on the first
	Kind Kind   `json:"kind"`

	Run      string    `json:"run,omitempty"` // Run.ID
	Started  time.Time `json:"started,omitzero"`
	Ended    time.Time `json:"ended,omitzero"`
	Complete bool      `json:"complete"`
	Findings int       `json:"findings"` // that the run added
	Sources  int       `json:"sources"`  // that it set out to read

	Program string    `json:"program"`
	Rules   string    `json:"rules,omitempty"`
	Written time.Time `json:"written"`
	Files   []File    `json:"files"` // of the archive, new since the entry before
}

// Kind says what an entry is of.
type Kind string

// The kinds.
const (
	Run       Kind = "run"
	Recovered Kind = "recovered" // files that a run left when it was killed, or that another command wrote
)

// File is a file of the archive as it was when its entry was written.
type File struct {
	Name   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Line is an entry as it stands in the log.
type Line struct {
	Entry
	Text []byte // without the line feed
	Sum  string // SHA-256 of Text, lower-case hex
}

// parseLine reads one line, without its line feed. Only what this package writes is
// taken: nothing may hide in a line that its reader does not see.
func parseLine(text []byte) (Line, error) {
	var e Entry
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&e); err != nil {
		return Line{}, err
	}
	if again, err := json.Marshal(e); err != nil || !bytes.Equal(again, text) {
		return Line{}, errors.New("it is not written as the program writes it")
	}
	return Line{Entry: e, Text: text, Sum: sumOf(text)}, nil
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Hash returns what an entry says of a file.
func Hash(dir, name string) (File, error) {
	if !filepath.IsLocal(name) || filepath.Base(name) != name {
		return File{}, fmt.Errorf("want the base name of a file, have %q", name)
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return File{Name: name, Bytes: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}
