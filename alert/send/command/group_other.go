//go:build !unix

package command

import "os/exec"

// apart does nothing where there are no process groups: what a program started
// outlives it.
func apart(*exec.Cmd) {}
