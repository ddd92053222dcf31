// Command beasts keeps the zoo of misbehaving servers up until its standard
// input ends, with the seeds file that names them on standard output, so that a
// crawler can be measured among them. It is no part of the program.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"ewgwatch/internal/zoo"
)

func main() {
	if err := keep(os.Stdout, os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func keep(seeds io.Writer, until io.Reader) error {
	z, err := zoo.Open(context.Background())
	if err != nil {
		return err
	}
	defer z.Close()
	if _, err := fmt.Fprint(seeds, z.Seeds(), "# ready\n"); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, until)
	return err
}
