//go:build unix

package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

const (
	childRole = "EWGWATCH_STORE_ROLE"
	childPath = "EWGWATCH_STORE_PATH"
	childFrom = "EWGWATCH_STORE_FROM"
)

// TestMain lets the test binary be another process that uses the same file.
func TestMain(m *testing.M) {
	roles := map[string]func(path string) error{"hold": hold, "crawl": crawl, "fill": fill, "deliver": deliver}
	role, ok := roles[os.Getenv(childRole)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := role(os.Getenv(childPath)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child starts this binary in a role; its standard output comes as lines.
func child(t *testing.T, role, path string, from int) (*exec.Cmd, *bufio.Scanner, io.Closer) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childRole+"="+role, childPath+"="+path, fmt.Sprint(childFrom, "=", from))
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out), in
}

// hold keeps the file open until its standard input ends.
func hold(path string) error {
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return err
	}
	fmt.Println("held")
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, s.Close())
}

func TestAnotherProcessThatHoldsTheFileIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	c, lines, stdin := child(t, "hold", path, 0)
	if !lines.Scan() {
		t.Fatal("the child said nothing")
	}
	_, err := store.Open(t.Context(), path, store.Options{Wait: 10 * time.Millisecond})
	want := fmt.Sprintf("open %s: another ewgwatch (pid %d) holds it; waited 10ms", path, c.Process.Pid)
	if !errors.Is(err, store.ErrHeld) || err.Error() != want {
		t.Errorf("have %v\nwant %s", err, want)
	}
	// One that waits gets the file when it is let go.
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path, store.Options{Wait: time.Minute})
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
}

// story is what the i-th visit of a crawl yields. Every third reads an earlier
// article again, which says something else by then.
func story(i int) ewgwatch.Reading {
	about, text := i, "text"
	if i%3 == 2 {
		about, text = i-2, "another text"
	}
	japan, thai := said(ewgwatch.Japan, ewgwatch.Absent, fmt.Sprint("Japan did not, ", about)), said(ewgwatch.Thailand, ewgwatch.Host, fmt.Sprint("Thailand hosts, ", i))
	r := reading(fmt.Sprint("https://tribune.test/", about), text, lao(), thai)
	if text == "text" {
		r = reading(r.Visit.URL, text, lao(), japan, thai)
	}
	for j := range r.Findings {
		r.Findings[j].FoundAt = noon.Add(time.Duration(i) * time.Second)
	}
	r.Visit.At = noon.Add(time.Duration(i) * time.Second)
	return r
}

// crawl puts stories for ever, two callers at a time, and says before each
// commit that it comes and after it what is kept.
func crawl(path string) error {
	s, err := store.Open(context.Background(), path, store.Options{BeforeCommit: func() error { _, err := fmt.Println("commit"); return err }})
	if err != nil {
		return err
	}
	from := 0
	if _, err := fmt.Sscan(os.Getenv(childFrom), &from); err != nil {
		return err
	}
	for ; ; from += 6 {
		var callers sync.WaitGroup
		for half := range 2 {
			callers.Go(func() {
				for i := from + 3*half; i < from+3*half+3; i++ {
					if _, err := s.Put(context.Background(), story(i)); err != nil {
						fmt.Fprintln(os.Stderr, err)
						os.Exit(1)
					}
					fmt.Println("kept", i)
				}
			})
		}
		callers.Wait()
	}
}

func TestAKilledWriterLosesNothingAndKeepsNothingByHalves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	next := 0
	for round := range 8 {
		kept := killedAfter(t, path, next, 1+5*round)
		s := openAt(t, path, store.Options{})
		sound(t, s)
		for i := range next {
			kept[i] = true // of earlier rounds, or put again after them
		}
		compareStories(t, s, kept)
		next = settle(t, s, kept)
		closed(t, s)
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	undisturbed := open(t, store.Options{})
	for i := range next {
		put(t, undisturbed, story(i))
	}
	s := openAt(t, path, store.Options{})
	if diff := cmp.Diff(all(t, undisturbed, store.Query{}), all(t, s, store.Query{}), asRead); diff != "" {
		t.Errorf("a crawl without kills and one with them differ:\n%s", diff)
	}
	sound(t, s)
}

// killedAfter runs a crawl and kills it while it is in its n-th commit. It
// returns the stories it said were kept.
func killedAfter(t *testing.T, path string, from, commits int) map[int]bool {
	t.Helper()
	c, lines, _ := child(t, "crawl", path, from)
	kept := map[int]bool{}
	for lines.Scan() {
		var i int
		if _, err := fmt.Sscanf(lines.Text(), "kept %d", &i); err == nil {
			kept[i] = true
			continue
		}
		if commits--; commits == 0 {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = c.Wait() // it was killed; that is its exit status
	if commits > 0 {
		t.Fatalf("the crawl ended %d commits early", commits)
	}
	return kept
}

// compareStories holds every visit that was promised against what is there:
// the visit and each of its findings, and of none only a part.
func compareStories(t *testing.T, s *store.Store, promised map[int]bool) {
	t.Helper()
	have := map[string]bool{}
	for _, f := range all(t, s, store.Query{}) {
		have[f.ID] = true
	}
	for i := range begun(promised) {
		r := story(i)
		there := 0
		for _, f := range r.Findings {
			if have[f.ID] {
				there++
			}
		}
		last := have[r.Findings[len(r.Findings)-1].ID] // of no other story
		if promised[i] && !last || last && there != len(r.Findings) {
			t.Errorf("story %d, promised %v: %d of %d findings are there", i, promised[i], there, len(r.Findings))
		}
		if visit, known, err := s.Visit(r.Visit.URL); err != nil || last && (!known || visit.At.Before(r.Visit.At)) {
			t.Errorf("story %d: visit %+v, %v, %v", i, visit, known, err)
		}
	}
}

// begun returns the number of the first story that a crawl cannot have begun:
// behind the six it was at when it last said something come six more, which may
// have been committed without a word.
func begun(promised map[int]bool) int {
	next := 0
	for i := range promised {
		next = max(next, i+1)
	}
	return (next+5)/6*6 + 6
}

// settle puts every story that may have been begun again, as the next night
// would, and returns the number of the first that was not.
func settle(t *testing.T, s *store.Store, promised map[int]bool) (next int) {
	t.Helper()
	next = begun(promised)
	for i := range next {
		if kept := put(t, s, story(i)); promised[i] && kept.Findings > 0 {
			t.Errorf("story %d was promised, and %d of its findings were missing", i, kept.Findings)
		}
	}
	return next
}
