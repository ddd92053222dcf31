//go:build !windows && !plan9 && !solaris && !aix && !android

package store

import (
	"errors"
	"os"
	"syscall"
)

// unlock lets go of a file that bbolt panicked over. Closing it is not enough:
// the memory map that bbolt left behind keeps the file, and with it its flock.
func unlock(file *os.File) error {
	return errors.Join(syscall.Flock(int(file.Fd()), syscall.LOCK_UN), file.Close())
}
