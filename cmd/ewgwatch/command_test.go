package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"ewgwatch/internal/newsworld"
)

// command runs the program within the test.
func command(ctx context.Context, args ...string) (stdout, stderr string, code int) {
	var out, errOut bytes.Buffer
	a := &app{out: &out, errOut: &errOut}
	root := a.root()
	root.SetArgs(args)
	code = a.exit(root.ExecuteContext(ctx))
	return out.String(), errOut.String(), code
}

// mustRun is command where only one exit code will do.
func mustRun(t *testing.T, want int, args ...string) (stdout string) {
	t.Helper()
	stdout, stderr, code := command(t.Context(), args...)
	if code != want {
		t.Fatalf("%q: exit code %d, want %d\n%s%s", args, code, want, stdout, stderr)
	}
	return stdout
}

func startWorld(t *testing.T) *newsworld.World {
	t.Helper()
	world, err := newsworld.Start(quick)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { world.Close() })
	return world
}

// fetch returns what a server sends for a page, as a browser would save it.
func fetch(t *testing.T, url string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func write(t *testing.T, text string, path ...string) string {
	t.Helper()
	name := filepath.Join(path...)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
