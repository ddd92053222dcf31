package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// The owner file stands beside the database while a process has it open for
// writing. It only informs: the lock is the file lock, and the owner file of a
// killed process is overwritten by the next.

func (s *Store) ownerPath() string { return s.path + ".owner" }

func (s *Store) own() error {
	text := fmt.Sprintf("%d\n%s\n", os.Getpid(), s.options.Now().UTC().Format(time.RFC3339))
	if err := os.WriteFile(s.ownerPath(), []byte(text), 0o600); err != nil {
		return fmt.Errorf("open %s: %w", s.path, err)
	}
	return nil
}

func (s *Store) disown() error {
	if err := os.Remove(s.ownerPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// holder says who has the file, as far as the owner file tells.
func (s *Store) holder() string {
	text, err := os.ReadFile(s.ownerPath())
	if err != nil {
		return "another ewgwatch reads it"
	}
	pid, since, _ := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if _, err := strconv.Atoi(pid); err != nil {
		return "another process holds it"
	}
	if at, err := time.Parse(time.RFC3339, since); err == nil {
		return fmt.Sprintf("another ewgwatch (pid %s, since %s) holds it", pid, at.Format(time.RFC3339))
	}
	return fmt.Sprintf("another ewgwatch (pid %s) holds it", pid)
}
