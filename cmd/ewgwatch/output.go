package main

import (
	"io"
	"os"
)

// output is standard output that remembers the first error, so that a result
// cut off by a full disk does not pass for a whole one.
type output struct {
	file *os.File // not embedded: its other ways to write would pass by Write
	err  error
}

func (o *output) Write(text []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.file.Write(text)
	o.err = err
	return n, err
}

// fileOf returns the file behind a writer, where there is one.
func fileOf(w io.Writer) (*os.File, bool) {
	switch w := w.(type) {
	case *output:
		return w.file, true
	case *os.File:
		return w, true
	}
	return nil, false
}
