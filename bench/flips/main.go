// Command flips damages databases and archives of the demo's night, one byte or
// one cut at a time, and looks whether the damage is found and named, and whether
// a rebuild gives every finding back.
//
//	go run ./bench/flips [-cases 500] [-seed N]
//
// A case that changes nothing that is kept, a byte of a free page or of the time
// in a gzip header, is called harmless where everything reads as before.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	cases := flag.Int("cases", 500, "how many to make, half of them of each kind of file")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the damage")
	flag.Parse()
	fmt.Fprintf(os.Stdout, "seed %d\n", *seed)
	if err := run(context.Background(), *cases, rand.New(rand.NewPCG(*seed, 0))); err != nil {
		fmt.Fprintln(os.Stderr, "flips:", err)
		os.Exit(1)
	}
}

// ground is where files are damaged.
type ground struct {
	dir    string // with the program and a night that is whole
	want   string // its export
	random *rand.Rand
	ended  map[string]int
}

func run(ctx context.Context, cases int, random *rand.Rand) (err error) {
	g := &ground{random: random, ended: map[string]int{}}
	if g.dir, err = os.MkdirTemp("", "ewgwatch-flips-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(g.dir)) }()
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", g.dir, "./cmd/ewgwatch").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if out, code := g.program(ctx, "demo", "--quiet", "--keep", g.path("whole")); code != 0 {
		return fmt.Errorf("demo: exit code %d: %s", code, out)
	}
	if g.want, err = g.export(ctx, "whole"); err != nil {
		return err
	}
	for i := range cases {
		how, err := g.damage(ctx, []string{"findings.db", "archive"}[i%2])
		if err != nil {
			return fmt.Errorf("case %d: %w", i+1, err)
		}
		g.ended[how]++
		fmt.Fprintf(os.Stdout, "\r%d of %d", i+1, cases)
	}
	fmt.Fprintln(os.Stdout)
	for how, n := range g.ended {
		fmt.Fprintf(os.Stdout, "%5d  %s\n", n, how)
	}
	return nil
}

func (g *ground) path(name string) string { return filepath.Join(g.dir, name) }

// program runs the program and returns what it said and its exit code.
func (g *ground) program(ctx context.Context, args ...string) (said string, code int) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, g.path("ewgwatch"), args...).CombinedOutput()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return string(out), exit.ExitCode()
	case err != nil:
		return err.Error(), -1
	}
	return string(out), 0
}

func (g *ground) export(ctx context.Context, data string) (string, error) {
	out, code := g.program(ctx, "export", "--quiet", "--data", g.path(data))
	if code != 0 {
		return "", fmt.Errorf("export: exit code %d: %s", code, out)
	}
	return out, nil
}

// damage makes one case of a kind and says how it went.
func (g *ground) damage(ctx context.Context, kind string) (string, error) {
	if err := errors.Join(os.RemoveAll(g.path("hurt")), os.CopyFS(g.path("hurt"), os.DirFS(g.path("whole")))); err != nil {
		return "", err
	}
	path, err := g.victim(kind)
	if err != nil {
		return "", err
	}
	what, err := g.hurt(path)
	if err != nil {
		return "", err
	}
	look := []string{"check", "--quiet", "--data", g.path("hurt")}
	if kind == "archive" {
		look[0] = "verify"
	}
	said, code := g.program(ctx, look...)
	found := code == 1 && strings.Contains(said, filepath.Base(path))
	if code != 0 && !found {
		return "", fmt.Errorf("%s: %s: exit code %d: %s", what, look[0], code, said)
	}
	if code == 0 {
		have, err := g.export(ctx, "hurt")
		if err != nil || have != g.want {
			return "", fmt.Errorf("%s: not found, and not harmless: %w", what, err)
		}
	}
	if said, code := g.program(ctx, "rebuild", "--quiet", "--data", g.path("hurt")); code != 0 && code != 3 {
		return "", fmt.Errorf("%s: rebuild: exit code %d: %s", what, code, said)
	}
	have, err := g.export(ctx, "hurt")
	if err != nil || have != g.want {
		return "", fmt.Errorf("%s: the rebuilt database has other findings: %w", what, err)
	}
	where := filepath.Base(kind) + ", " + strings.Fields(what)[0]
	if found {
		return where + ": found and named, all findings rebuilt", nil
	}
	return where + ": harmless, all findings rebuilt", nil
}

// victim is the file to be hurt.
func (g *ground) victim(kind string) (path string, err error) {
	if kind == "findings.db" {
		return g.path("hurt/findings.db"), nil
	}
	err = filepath.WalkDir(g.path("hurt/archive"), func(p string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(p, ".warc.gz") {
			path = p
		}
		return err
	})
	return path, err
}

// hurt flips a bit, changes a run of bytes or cuts the file.
func (g *ground) hurt(path string) (what string, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	at := g.random.IntN(len(bytes.TrimRight(data, "\x00"))) // the database keeps room behind what it uses
	switch g.random.IntN(4) {
	case 0:
		data, what = data[:at], fmt.Sprintf("cut at %d of %d", at, len(data))
	case 1:
		n := min(1+g.random.IntN(4096), len(data)-at)
		for i := range n {
			data[at+i] = byte(g.random.Uint32())
		}
		what = fmt.Sprintf("noise of %d bytes at %d", n, at)
	default:
		data[at] ^= 1 << g.random.IntN(8)
		what = fmt.Sprintf("bit of byte %d", at)
	}
	return what, os.WriteFile(path, data, 0o600)
}
