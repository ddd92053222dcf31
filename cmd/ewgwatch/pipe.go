package main

import (
	"io"
	"os"
)

// isPipe reports whether a file is there that is none of bytes, as a pipe or a
// terminal: it is written to as it is, and not replaced.
func isPipe(file string) bool {
	at, err := os.Stat(file)
	return err == nil && !at.Mode().IsRegular() && !at.IsDir()
}

func writePipe(file string, write func(w io.Writer) error) error {
	pipe, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := write(pipe); err != nil {
		pipe.Close()
		return err
	}
	return pipe.Close()
}
