package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The owner file stands beside the database while a process has it open for
// writing: its pid, since when, and the socket it answers readers on. It only informs: the lock is the file lock,
// and the owner file of a killed process is overwritten by the next.

const ownerSuffix = ".owner"

func (s *Store) ownerPath() string { return s.path + ownerSuffix }

func (s *Store) own() error {
	socket := ""
	if s.answers != nil {
		socket = s.answers.path
	}
	text := fmt.Sprintf("%d\n%s\n%s\n", os.Getpid(), s.options.Now().UTC().Format(time.RFC3339), socket)
	if err := os.WriteFile(s.ownerPath(), []byte(text), 0o600); err != nil {
		return fmt.Errorf("owner file: %w", err)
	}
	return nil
}

func (s *Store) disown() error {
	if err := os.Remove(s.ownerPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// heldError is ErrHeld in the words that the user reads.
type heldError struct {
	path, holder string
	waited       time.Duration
}

func (e heldError) Error() string {
	return fmt.Sprintf("open %s: %s holds it; waited %s", e.path, e.holder, e.waited)
}

func (e heldError) Is(target error) bool { return target == ErrHeld }

// Held returns ErrHeld where a process that lives is known to have the database
// at path open for writing. A process that only reads leaves no trace.
func Held(path string) error {
	s := &Store{path: path}
	if holder := s.holder(); holder != nobody {
		return heldError{path: path, holder: holder}
	}
	return nil
}

const nobody = "another process"

// holder says who has the file, as far as the owner file tells. Readers leave
// none, so that one of a process that is gone says nothing.
func (s *Store) holder() string {
	text, err := os.ReadFile(s.ownerPath())
	if err != nil {
		return nobody
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil || pid <= 0 || gone(pid) {
		return nobody
	}
	return fmt.Sprintf("another ewgwatch (pid %d)", pid)
}

// gone reports whether a process is known not to live. Signal 0 asks and does
// nothing; where the system has no such signal, nothing is known.
func gone(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	return errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
