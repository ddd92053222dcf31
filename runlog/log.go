package runlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Log is a log of runs that was read.
type Log struct {
	Path  string
	Lines []Line
	Torn  []byte // what follows the last line feed: its writer was killed; nil for nothing

	Faults []Fault // what shows that lines were changed, removed, moved or added
}

// Read reads a log and holds its lines against each other. One that does not exist is
// empty. One that has faults can be appended to: they stay to be seen.
func Read(path string) (Log, error) {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Log{}, err
	}
	return parse(path, text), nil
}

// Fault is what is wrong with a log. Line counts from 1; 0 where it is of none.
type Fault struct {
	Line int
	What string
}

func (f Fault) Error() string {
	if f.Line == 0 {
		return f.What
	}
	return fmt.Sprintf("line %d: %s", f.Line, f.What)
}

// parse reads lines and holds them against each other.
func parse(path string, text []byte) Log {
	l := Log{Path: path}
	prev := ""
	for n := 1; len(text) > 0; n++ {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			l.Torn = text
			break
		}
		line, err := parseLine(text[:end])
		prevs := line.Prev
		switch {
		case err != nil:
			l.Faults = append(l.Faults, Fault{n, err.Error()})
			line, prevs = Line{Text: text[:end], Sum: sumOf(text[:end])}, prev
		case line.Seq != n:
			l.Faults = append(l.Faults, Fault{n, fmt.Sprintf("its number is %d: lines are missing, moved or doubled", line.Seq)})
		}
		if prevs != prev {
			l.Faults = append(l.Faults, Fault{n, fmt.Sprintf("the line before it has the hash %.16s…, and should have %.16s…: one of them was changed", prev, prevs)})
		}
		l.Lines, prev, text = append(l.Lines, line), line.Sum, text[end+1:]
	}
	return l
}

// Head is the hash of the last line; "" where there is none.
func (l Log) Head() string {
	if len(l.Lines) == 0 {
		return ""
	}
	return l.Lines[len(l.Lines)-1].Sum
}

// Named returns a function that reports whether an entry names a file of the archive.
func (l Log) Named() func(file string) bool {
	named := map[string]bool{}
	for _, line := range l.Lines {
		for _, f := range line.Files {
			named[f.Name] = true
		}
	}
	return func(file string) bool { return named[file] }
}

// Append adds an entry, whose Seq and Prev it sets, durably. Of a torn end, a line
// that lacks nothing but its line feed gets that first; anything else is put aside,
// in a file beside the log. After an error the log must be read anew.
func (l *Log) Append(e Entry) error {
	if err := l.mend(); err != nil {
		return fmt.Errorf("mend the torn end of %s: %w", l.Path, err)
	}
	e.Seq, e.Prev = len(l.Lines)+1, l.Head()
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	line, err := parseLine(text)
	if err != nil {
		return fmt.Errorf("append to %s: %w", l.Path, err)
	}
	if err := appendTo(l.Path, append(bytes.Clone(text), '\n')); err != nil {
		return err
	}
	l.Lines = append(l.Lines, line)
	return nil
}

// appendTo writes with one call, so that a kill can leave a torn line but no gap.
func appendTo(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) { // some file systems cannot
		return err
	}
	return nil
}

// mend makes the log end with a whole line.
func (l *Log) mend() error {
	if len(l.Torn) == 0 {
		return nil
	}
	line, err := parseLine(l.Torn)
	if err != nil || line.Seq != len(l.Lines)+1 || line.Prev != l.Head() {
		return l.putAside()
	}
	l.Lines, l.Torn = append(l.Lines, line), nil
	return appendTo(l.Path, []byte("\n"))
}

func (l *Log) putAside() error {
	info, err := os.Stat(l.Path)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.torn-%d", l.Path, n)
		f, err := os.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = f.Write(l.Torn)
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			return err
		}
		break
	}
	if err := os.Truncate(l.Path, info.Size()-int64(len(l.Torn))); err != nil {
		return err
	}
	l.Torn = nil
	return nil
}
