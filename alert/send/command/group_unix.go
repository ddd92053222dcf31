//go:build unix

package command

import (
	"os/exec"
	"syscall"
)

// apart gives a program a process group of its own, which is killed as one.
func apart(run *exec.Cmd) {
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	run.Cancel = func() error { return syscall.Kill(-run.Process.Pid, syscall.SIGKILL) }
}
