package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"ewgwatch"
)

var night = time.Date(2023, 11, 23, 10, 15, 0, 0, time.UTC)

// fixed is an archive whose clock stands still and whose ids are known.
func fixed() Options {
	return Options{
		Software: "ewgwatch/1.2", Operator: "Example Lab", Contact: "crawl@example.org",
		UserAgent: "ewgwatch/1.2 (+https://example.org/bot)", Robots: "classic",
		Now:    func() time.Time { return night },
		Random: rand.NewChaCha8([32]byte{1}),
	}
}

func open(t *testing.T, o Options) *Archive {
	t.Helper()
	a, err := Open(filepath.Join(t.TempDir(), "archive"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func record(t *testing.T, a *Archive, x ewgwatch.Exchange) ewgwatch.Capture {
	t.Helper()
	c, err := a.Record(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func page(body string) ewgwatch.Exchange {
	return ewgwatch.Exchange{
		URL: "https://news.example/a?b=c", At: night.Add(1234567 * time.Microsecond), RemoteIP: "192.0.2.7",
		Method: "GET", RequestURI: "/a?b=c", RequestHead: http.Header{"User-Agent": {"ewgwatch/1.2"}, "Accept": {"text/html"}},
		Proto: "HTTP/1.1", Status: "200 OK",
		Header: http.Header{"Content-Type": {"text/html"}, "Set-Cookie": {"b=2", "a=1"}, "Content-Length": {fmt.Sprint(len(body))}},
		Body:   []byte(body),
	}
}

func sumOf(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// all reads every record of the archive's files, which must have no flaw.
func all(t *testing.T, dir string) map[string][]Record {
	t.Helper()
	files := map[string][]Record{}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files[filepath.Base(name)] = []Record{}
		for r, err := range Records(f) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			files[filepath.Base(name)] = append(files[filepath.Base(name)], r)
		}
	}
	return files
}

func TestFolderAndFileAreForTheOwnerOnly(t *testing.T) {
	a := open(t, Options{})
	c := record(t, a, page("x"))
	for path, want := range map[string]fs.FileMode{a.dir: 0o700 | fs.ModeDir, filepath.Join(a.dir, c.File): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode() != want {
			t.Errorf("%s: mode %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
	if !regexp.MustCompile(`^ewgwatch-\d{8}T\d{6}Z-[0-9a-f]{8}\.warc\.gz$`).MatchString(c.File) {
		t.Errorf("file name %s", c.File)
	}
}

func TestRunThatCapturesNothingLeavesNoFile(t *testing.T) {
	a := open(t, Options{})
	if err := errors.Join(a.Sync(), a.Close(), a.Close()); err != nil {
		t.Fatal(err)
	}
	if files := all(t, a.dir); len(files) != 0 {
		t.Errorf("have %v", files)
	}
}

func TestOpenNamesWhatIsNoFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v, want one that names %s", err, path)
	}
}

func TestEachFileBeginsWithAWarcinfoAndRequestsGoBeforeTheirResponses(t *testing.T) {
	a := open(t, Options{MaxFileSize: 3000})
	for i := range 20 {
		record(t, a, page(fmt.Sprintf("page %d", i)))
	}
	files := all(t, a.dir)
	if len(files) < 3 {
		t.Fatalf("%d files, want a new one every 3,000 bytes", len(files))
	}
	pages := 0
	for name, records := range files {
		if info, _ := os.Stat(filepath.Join(a.dir, name)); info.Size() > 3000 {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
		if records[0].Type != "warcinfo" || len(records)%2 != 1 {
			t.Errorf("%s: begins with a %s, has %d records", name, records[0].Type, len(records))
		}
		for i := 1; i+1 < len(records); i += 2 {
			request, response := records[i], records[i+1]
			if request.Type != "request" || response.Type != "response" ||
				request.Fields.Get("WARC-Concurrent-To") != "<"+response.ID+">" ||
				response.Fields.Get("WARC-Concurrent-To") != "<"+request.ID+">" || !request.At.Equal(response.At) {
				t.Errorf("%s: %v does not go with %v", name, request.Fields, response.Fields)
			}
			pages++
		}
	}
	if pages != 20 {
		t.Errorf("%d pages, want 20", pages)
	}
}

func TestExchangeLargerThanAFileHasOneOfItsOwn(t *testing.T) {
	a := open(t, Options{MaxFileSize: 10})
	first, second := record(t, a, page("x")), record(t, a, page("y"))
	if first.File == second.File {
		t.Errorf("both in %s", first.File)
	}
	for _, c := range []ewgwatch.Capture{first, second} {
		if _, err := Read(a.dir, c); err != nil {
			t.Error(err)
		}
	}
}

func TestManyGoroutinesRecordAndSync(t *testing.T) {
	a := open(t, Options{MaxFileSize: 20000})
	var captures sync.Map
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 25 {
				body := fmt.Sprintf("page %d of %d", i, worker)
				c, err := a.Record(t.Context(), page(body))
				if err != nil {
					t.Error(err)
				}
				captures.Store(c, body)
				if err := a.Sync(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	n := 0
	captures.Range(func(c, body any) bool {
		n++
		r, err := Read(a.dir, c.(ewgwatch.Capture))
		if err != nil || string(r.Payload) != body {
			t.Errorf("%v: %q, %v, want %q", c, r.Payload, err, body)
		}
		return true
	})
	if n != 200 {
		t.Errorf("%d distinct captures, want 200", n)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func TestRecordRefusesWhatCannotBeEvidence(t *testing.T) {
	a := open(t, Options{})
	done, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("night is over"))
	for name, change := range map[string]func(*ewgwatch.Exchange, *context.Context){
		"no time":                  func(x *ewgwatch.Exchange, _ *context.Context) { x.At = time.Time{} },
		"no status":                func(x *ewgwatch.Exchange, _ *context.Context) { x.Status = "" },
		"no URL":                   func(x *ewgwatch.Exchange, _ *context.Context) { x.URL = "" },
		"a relative URL":           func(x *ewgwatch.Exchange, _ *context.Context) { x.URL = "/a" },
		"more than may be read":    func(x *ewgwatch.Exchange, _ *context.Context) { x.Body = make([]byte, MaxBlock) },
		"after the run's deadline": func(_ *ewgwatch.Exchange, ctx *context.Context) { *ctx = done },
	} {
		x, ctx := page("x"), t.Context()
		change(&x, &ctx)
		if c, err := a.Record(ctx, x); err == nil || !c.IsZero() {
			t.Errorf("%s: %v, %v, want an error", name, c, err)
		}
	}
	if files := all(t, a.dir); len(files) != 0 {
		t.Errorf("something was written: %v", files)
	}
}

func TestRecordAfterCloseFails(t *testing.T) {
	a := open(t, Options{})
	record(t, a, page("x"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Record(t.Context(), page("y")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v, want os.ErrClosed", err)
	}
}

func TestLaterRunWritesAFileOfItsOwn(t *testing.T) {
	a := open(t, Options{})
	first := record(t, a, page("x"))
	path := filepath.Join(a.dir, first.File)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()-5); err != nil { // killed
		t.Fatal(err)
	}
	later, err := Open(a.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer later.Close()
	second := record(t, later, page("y"))
	if second.File == first.File {
		t.Fatal("appended to the file of another run")
	}
	if _, err := Read(a.dir, second); err != nil {
		t.Error(err)
	}
	if _, err := Read(a.dir, first); !errors.Is(err, ErrTorn) {
		t.Errorf("error %v, want ErrTorn", err)
	}
}
