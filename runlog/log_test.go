package runlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var night = time.Date(2026, 11, 24, 1, 2, 3, 4, time.UTC)

// written is a log of n runs, each with a file of the archive.
func written(t testing.TB, n int) (path, dir string) {
	t.Helper()
	dir = t.TempDir()
	path = filepath.Join(dir, "runs.log")
	for i := range n {
		name := fmt.Sprintf("night-%d.warc.gz", i)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("evidence ", i+1)), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := Hash(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		l, err := Read(path)
		if err != nil {
			t.Fatal(err)
		}
		e := Entry{Kind: Run, Run: fmt.Sprint("run-", i), Started: night, Ended: night.Add(time.Hour), Complete: true, Program: "ewgwatch/1.2", Written: night, Files: []File{file}}
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	return path, dir
}

func verified(t interface {
	Helper()
	Fatal(args ...any)
}, path, dir string) Verified {
	t.Helper()
	v, err := Verify(path, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAnUntouchedLogHolds(t *testing.T) {
	path, dir := written(t, 5)
	v, err := Verify(path, dir, []string{"night-1.warc.gz", "other.warc.gz"})
	if err != nil || len(v.Faults) > 0 || len(v.Lines) != 5 || v.Files != 5 || len(v.Unseen) != 1 || v.Unseen[0] != "other.warc.gz" {
		t.Errorf("%+v, %v", v, err)
	}
	if v.Lines[0].Prev != "" || v.Lines[4].Prev != v.Lines[3].Sum || v.Head() != v.Lines[4].Sum {
		t.Error("the chain is not one")
	}
	if empty := verified(t, filepath.Join(dir, "none.log"), dir); len(empty.Faults) > 0 || empty.Head() != "" {
		t.Errorf("of no log: %+v", empty)
	}
}

// Whatever is done to a log short of cutting its end off, it is found.
func TestAnyEditIsFound(t *testing.T) {
	path, dir := written(t, 4)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))[:4]
	rapid.Check(t, func(t *rapid.T) {
		edited := bytes.Clone(whole)
		at := rapid.IntRange(0, len(whole)-2).Draw(t, "at") // the last line feed is its end
		n := rapid.IntRange(0, 2).Draw(t, "line")           // of the last nobody can know
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			edited[at] ^= rapid.ByteRange(1, 255).Draw(t, "mask")
		case 1:
			edited = append(edited[:at:at], edited[at+1:]...)
		case 2:
			edited = append(append(bytes.Clone(whole[:at]), rapid.Byte().Draw(t, "byte")), whole[at:]...)
		case 3: // a line removed
			edited = bytes.Join(append(append([][]byte{}, lines[:n]...), lines[n+1:]...), nil)
		case 4: // two swapped
			swapped := append([][]byte{}, lines...)
			swapped[n], swapped[n+1] = swapped[n+1], swapped[n]
			edited = bytes.Join(swapped, nil)
		}
		if bytes.Equal(edited, whole) {
			return
		}
		name := path + ".edited"
		if err := os.WriteFile(name, edited, 0o600); err != nil {
			t.Fatal(err)
		}
		v := verified(t, name, dir)
		if len(v.Faults) == 0 && len(v.Torn) == 0 && v.Head() == sumOf(bytes.TrimSuffix(lines[3], []byte("\n"))) {
			t.Fatalf("not found: %q", edited)
		}
	})
}

// An entry forged with a right number and a right hash breaks the next one's.
func TestAForgedEntryIsFound(t *testing.T) {
	path, dir := written(t, 3)
	whole, _ := os.ReadFile(path)
	lines := bytes.Split(whole, []byte("\n"))
	var e Entry
	if err := json.Unmarshal(lines[1], &e); err != nil {
		t.Fatal(err)
	}
	e.Findings = 99
	lines[1], _ = json.Marshal(e)
	if err := os.WriteFile(path, bytes.Join(lines, []byte("\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := verified(t, path, dir); len(v.Faults) != 1 || v.Faults[0].Line != 3 {
		t.Errorf("%v", v.Faults)
	}
	l, err := Read(path)
	if err == nil {
		err = l.Append(Entry{Kind: Run, Program: "p", Written: night})
	}
	if v := verified(t, path, dir); err != nil || len(v.Lines) != 4 || len(v.Faults) != 1 {
		t.Errorf("after another run: %v, %v", v.Faults, err)
	}
}

func TestFilesAreHeldAgainstTheirEntries(t *testing.T) {
	path, dir := written(t, 3)
	if err := os.WriteFile(filepath.Join(dir, "night-1.warc.gz"), []byte("evidence evidencE "), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "night-2.warc.gz")); err != nil {
		t.Fatal(err)
	}
	v := verified(t, path, dir)
	if len(v.Faults) != 2 || v.Faults[0].Line != 2 || !strings.Contains(v.Faults[0].What, "night-1.warc.gz has 18 bytes") ||
		v.Faults[1].Line != 3 || !strings.Contains(v.Faults[1].What, "is missing") || v.Files != 1 {
		t.Errorf("%v", v.Faults)
	}
}

func TestATornEndIsPutAsideBeforeTheNextEntry(t *testing.T) {
	path, dir := written(t, 2)
	whole, _ := os.ReadFile(path)
	for range 2 { // the second finds the first one's file there
		if err := os.WriteFile(path, append(bytes.Clone(whole), `{"seq":3,"pr`...), 0o600); err != nil {
			t.Fatal(err)
		}
		if v := verified(t, path, dir); len(v.Faults) > 0 || string(v.Torn) != `{"seq":3,"pr` {
			t.Fatalf("%+v", v)
		}
		l, err := Read(path)
		if err == nil {
			err = l.Append(Entry{Kind: Recovered, Program: "p", Written: night})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if v := verified(t, path, dir); len(v.Faults) > 0 || len(v.Lines) != 3 || len(v.Torn) > 0 {
		t.Errorf("%+v", v)
	}
	for _, name := range []string{".torn-1", ".torn-2"} {
		if kept, err := os.ReadFile(path + name); err != nil || string(kept) != `{"seq":3,"pr` {
			t.Errorf("%s: %q, %v", name, kept, err)
		}
	}
}

func TestALineThatLacksOnlyItsLineFeedIsKept(t *testing.T) {
	path, dir := written(t, 2)
	whole, _ := os.ReadFile(path)
	if err := os.WriteFile(path, whole[:len(whole)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Read(path)
	if err == nil {
		err = l.Append(Entry{Kind: Recovered, Program: "p", Written: night})
	}
	if v := verified(t, path, dir); err != nil || len(v.Faults) > 0 || len(v.Lines) != 3 || v.Lines[1].Run != "run-1" {
		t.Errorf("%+v, %v", v, err)
	}
}

func FuzzParse(f *testing.F) {
	path, _ := written(f, 3)
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte("{}\n{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		l := parse("runs.log", text)
		var again []byte
		for _, line := range l.Lines {
			again = append(append(again, line.Text...), '\n')
		}
		if again = append(again, l.Torn...); !bytes.Equal(again, text) {
			t.Fatalf("%d bytes of %d were kept", len(again), len(text))
		}
		if len(l.Lines) > 0 && len(l.Faults) == 0 && l.Lines[0].Seq != 1 {
			t.Fatal("a log that begins nowhere has no fault")
		}
	})
}
