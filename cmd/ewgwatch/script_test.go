package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"ewgwatch/internal/newsworld"
)

// TestMain lets the test binary stand in for the program, so that scripts and
// signals meet a process of its own.
func TestMain(m *testing.M) {
	if err := os.Setenv("GORACE", strings.TrimSpace(os.Getenv("GORACE")+" "+hurry)); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"ewgwatch": main, "ewgwatch-on-a-full-disk": mainOnAFullDisk})
}

// hurry keeps the race detector from waiting a second at the end of every
// process, for goroutines that might still tell of a race.
const hurry = "atexit_sleep_ms=0"

// TestScripts runs what needs no sites.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": scriptExits, "gzip": scriptGzip},
	})
}

// TestNightScripts gives every script invented sites of its own, and the
// seeds.txt that names them.
func TestNightScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/night", RequireExplicitExec: true, RequireUniqueNames: true, Setup: serveWorld,
		Condition: func(name string) (bool, error) { return name == "root" && os.Geteuid() == 0, nil },
		Cmds:      map[string]func(*testscript.TestScript, bool, []string){"exits": scriptExits, "edit": scriptEdit, "unasked": scriptUnasked, "flip": scriptFlip},
	})
}

type worldKey struct{}

func serveWorld(env *testscript.Env) error {
	world, err := newsworld.Start(quick)
	if err != nil {
		return err
	}
	env.Defer(func() { world.Close() })
	env.Values[worldKey{}] = world
	return os.WriteFile(filepath.Join(env.WorkDir, "seeds.txt"), []byte(world.Seeds()), 0o600)
}

// quick lets the slow sites answer as fast as they can.
var quick = newsworld.Options{AnyPort: true, Latency: time.Millisecond}

// scriptEdit turns the sites to their second night.
func scriptEdit(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(worldOf(ts).Edit())
}

// scriptUnasked holds where no site had a single request.
func scriptUnasked(ts *testscript.TestScript, neg bool, _ []string) {
	requests := 0
	for _, traffic := range worldOf(ts).Requests() {
		requests += traffic.Requests
	}
	if neg == (requests == 0) {
		ts.Fatalf("the sites had %d requests", requests)
	}
}

func worldOf(ts *testscript.TestScript) *newsworld.World {
	world, is := ts.Value(worldKey{}).(*newsworld.World)
	if !is {
		ts.Fatalf("no sites are served to this script")
	}
	return world
}

// scriptExits runs a program and wants one exit code of it:
//
//	exits 78 ewgwatch sources
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	have := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		have = ended.ExitCode()
	}
	if have != want {
		ts.Fatalf("exit code %d, want %d", have, want)
	}
}

// scriptGzip packs a file, or the first half of what that gives:
//
//	gzip [-torn] FROM TO
func scriptGzip(ts *testscript.TestScript, _ bool, args []string) {
	torn := len(args) == 3 && args[0] == "-torn"
	if torn {
		args = args[1:]
	}
	if len(args) != 2 {
		ts.Fatalf("usage: gzip [-torn] FROM TO")
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := io.WriteString(zip, ts.ReadFile(args[0]))
	ts.Check(errors.Join(err, zip.Close()))
	if torn {
		packed.Truncate(packed.Len() / 2)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), packed.Bytes(), 0o600))
}

// scriptFlip changes nineteen bytes, far from each other, of the one file of a
// pattern:
//
//	flip PATTERN
func scriptFlip(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: flip PATTERN")
	}
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s: %d files, want 1", args[0], len(found))
	}
	ts.Check(flipped(found[0]))
}

// flipped changes nineteen bytes of a file, far from each other.
func flipped(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for i := 1; i < 20; i++ {
		data[i*len(data)/20] ^= 1
	}
	return os.WriteFile(path, data, 0o600)
}
