//go:build unix

package store_test

import (
	"context"
	"fmt"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ewgwatch/store"
)

// fill puts stories into a file that may not grow until that fails, then lets
// it grow again and goes on.
func fill(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	full := limit
	full.Cur = 1 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
		return err
	}
	kept := 0
	for ; err == nil && kept < 10_000; kept++ {
		_, err = s.Put(context.Background(), story(3*kept))
	}
	fmt.Println(kept-1, err)
	count := 0
	for _, err := range s.Findings(context.Background(), store.Query{}) {
		if err != nil {
			return err
		}
		count++
	}
	fmt.Println(count, s.Check())
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	_, err = s.Put(context.Background(), story(3*kept))
	fmt.Println(err, s.Check())
	return s.Close()
}

func TestAFullDiskIsNamedAndLeavesTheFileSound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	c, lines, _ := child(t, "fill", path, 0)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err, said)
	}
	kept, found := 0, 0
	if _, err := fmt.Sscan(said[0], &kept); err != nil || !strings.Contains(said[0], "write "+path) || !strings.Contains(said[0], "file too large") {
		t.Errorf("the error is %q", said[0])
	}
	if _, err := fmt.Sscan(said[1], &found); err != nil || found != 3*kept || kept == 0 || !strings.HasSuffix(said[1], "<nil>") {
		t.Errorf("after %d readings were kept: %q", kept, said[1])
	}
	if said[2] != "<nil> <nil>" {
		t.Errorf("with room again: %q", said[2])
	}
	sound(t, openAt(t, path, store.Options{}))
}
