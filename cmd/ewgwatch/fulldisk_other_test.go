//go:build !unix

package main

// mainOnAFullDisk needs a limit on file sizes, which this system has not.
func mainOnAFullDisk() { main() }
