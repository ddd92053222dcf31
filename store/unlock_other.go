//go:build windows || plan9 || solaris || aix || android

package store

import "os"

// unlock lets go of a file that bbolt panicked over.
func unlock(file *os.File) error { return file.Close() }
