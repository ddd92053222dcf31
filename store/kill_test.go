package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ewgwatch"
	"ewgwatch/store"
)

const childPath = "EWGWATCH_STORE_CHILD"

// TestMain lets the test binary be the process that is killed: it puts
// readings for ever and says after each commit how many there are.
func TestMain(m *testing.M) {
	path := os.Getenv(childPath)
	if path == "" {
		os.Exit(m.Run())
	}
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for i := 0; ; i++ {
		r := reading(fmt.Sprint("https://tribune.test/", os.Getpid(), "/", i), "text", said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part."))
		if _, err := s.Put(context.Background(), r); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(i + 1)
	}
}

func TestAKilledWriterLosesNothingItSaidWasKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	promised := 0
	for round := range 5 {
		promised += killAfter(t, path, 3+7*round)
	}
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	// A commit whose message had not yet been read may be there as well.
	if found := all(t, s, store.Query{}); len(found) < promised {
		t.Errorf("have %d findings, %d were promised", len(found), promised)
	}
}

// killAfter runs a writer until it has said that so many readings are kept,
// kills it, and returns how many it said.
func killAfter(t *testing.T, path string, readings int) int {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	kept := 0
	for kept < readings && lines.Scan() {
		kept++
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		kept++
	}
	_ = child.Wait() // it was killed; that is its exit status
	if kept < readings {
		t.Fatalf("the writer stopped after %d readings", kept)
	}
	return kept
}
