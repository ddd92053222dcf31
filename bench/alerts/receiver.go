package main

import (
	"bufio"
	"context"
	_ "embed" // the mail server
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

//go:embed mailbox.py
var server string

// The roles in which this program starts itself.
const (
	roleName    = "EWGWATCH_BENCH_ROLE"
	hookRole    = "hook"
	courierRole = "courier"
)

// role plays the role that this process was started in; is is false for none.
func role() (is bool, err error) {
	switch os.Getenv(roleName) {
	case hookRole:
		return true, serveHook(os.Args[1])
	case courierRole:
		return true, deliver(context.Background(), os.Args[1], os.Args[2])
	}
	return false, nil
}

// self is this program in a role.
func self(ctx context.Context, role string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = append(os.Environ(), roleName+"="+role)
	return c
}

// receiver is a process that notes what it takes.
type receiver struct {
	*exec.Cmd
	at    string // where it listens, as it said
	stdin io.Closer
	log   string
	read  int64 // of the log
}

// python returns a python3 that has aiosmtpd: Debian's, or another.
func python(ctx context.Context) (string, error) {
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.CommandContext(ctx, name, "-c", "import aiosmtpd").Run() == nil {
			return name, nil
		}
	}
	return "", errNoServer
}

var errNoServer = errors.New("python3-aiosmtpd is not installed")

func startPost(ctx context.Context, log string) (*receiver, error) {
	name, err := python(ctx)
	if err != nil {
		return nil, err
	}
	return start(exec.CommandContext(ctx, name, "-c", server, log), log)
}

func startHook(ctx context.Context, log string) (*receiver, error) {
	return start(self(ctx, hookRole, log), log)
}

// start starts a receiver, which says in its first line where it listens.
func start(c *exec.Cmd, log string) (*receiver, error) {
	r := &receiver{Cmd: c, log: log}
	r.Stderr = os.Stderr
	var err error
	if r.stdin, err = r.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := r.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return nil, errors.Join(fmt.Errorf("%s does not start", c.Path), r.stop())
	}
	r.at = lines.Text()
	return r, nil
}

func (r *receiver) stop() error {
	if r == nil {
		return nil
	}
	return errors.Join(r.stdin.Close(), r.Wait())
}

// entry is what a receiver noted of one delivery.
type entry struct{ id, key, to string }

// entries returns what was taken since it was last asked.
func (r *receiver) entries() (all []entry, err error) {
	file, err := os.Open(r.log)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Seek(r.read, io.SeekStart); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(file)
	r.read += int64(len(text))
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("%s: want three fields, have %q", r.log, line)
		}
		all = append(all, entry{fields[0], fields[1], fields[2]})
	}
	return all, err
}
