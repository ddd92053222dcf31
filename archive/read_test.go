package archive

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"ewgwatch"
)

func TestReadBringsBackWhatWasRecorded(t *testing.T) {
	a := open(t, Options{})
	record(t, a, page("before"))
	x := page("<p>ไทย</p>\r\n\r\nWARC/1.1\r\n")
	c := record(t, a, x)
	record(t, a, page("after"))
	r, err := Read(a.dir, c)
	if err != nil {
		t.Fatal(err)
	}
	if r.URL != x.URL || !r.At.Equal(x.At) || r.StartLine != "HTTP/1.1 200 OK" || r.Header.Get("Content-Type") != "text/html" ||
		!bytes.Equal(r.Payload, x.Body) || r.SHA256 != c.SHA256 || c.SHA256 != sumOf(string(x.Body)) || r.Offset != c.Offset {
		t.Errorf("have %+v", r)
	}
}

func TestReadSaysExactlyWhatIsWrong(t *testing.T) {
	a := open(t, Options{})
	good := record(t, a, page("<p>x</p>"))
	other := record(t, a, page("<p>another</p>"))
	inside, outside := filepath.Join(a.dir, "pipe"), filepath.Join(filepath.Dir(a.dir), "outside")
	if err := errors.Join(syscall.Mkfifo(inside, 0o600), os.WriteFile(outside, nil, 0o600),
		os.Symlink("../outside", filepath.Join(a.dir, "link")), os.Mkdir(filepath.Join(a.dir, "folder"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*ewgwatch.Capture)
		want   string
	}{
		"nothing archived": {func(c *ewgwatch.Capture) { *c = ewgwatch.Capture{} }, "nothing was archived"},
		"no file":          {func(c *ewgwatch.Capture) { c.File = "ewgwatch-x.warc.gz" }, "ewgwatch-x.warc.gz: no such file"},
		"no name":          {func(c *ewgwatch.Capture) { c.File = "" }, "no copy be offered"},
		"a path":           {func(c *ewgwatch.Capture) { c.File = "../outside" }, "want the base name"},
		"the parent":       {func(c *ewgwatch.Capture) { c.File = ".." }, "want the base name"},
		"an absolute path": {func(c *ewgwatch.Capture) { c.File = outside }, "want the base name"},
		"a backslash":      {func(c *ewgwatch.Capture) { c.File = `..\outside` }, "want the base name"},
		"a zero byte":      {func(c *ewgwatch.Capture) { c.File += "\x00" }, "want the base name"},
		"a link outside":   {func(c *ewgwatch.Capture) { c.File = "link" }, "link: path escapes"},
		"a pipe":           {func(c *ewgwatch.Capture) { c.File = "pipe" }, "pipe: want a regular file"},
		"a folder":         {func(c *ewgwatch.Capture) { c.File = "folder" }, "folder: want a regular file"},
		"before the file":  {func(c *ewgwatch.Capture) { c.Offset = -1 }, "offset -1: no record"},
		"behind the file":  {func(c *ewgwatch.Capture) { c.Offset = 1 << 40 }, "no record, the file has"},
		"inside a record":  {func(c *ewgwatch.Capture) { c.Offset += 3 }, "no gzip member begins here"},
		"the warcinfo":     {func(c *ewgwatch.Capture) { c.Offset = 0 }, `want a response or resource record, have "warcinfo"`},
		"another response": {func(c *ewgwatch.Capture) { c.Offset = other.Offset }, "the SHA-256 of the payload is " + other.SHA256 + ", the capture says \"" + good.SHA256},
	} {
		capture := good
		c.change(&capture)
		if r, err := Read(a.dir, capture); err == nil || !strings.Contains(err.Error(), c.want) || r.Payload != nil {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := Read(filepath.Join(a.dir, "none"), good); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestReadDetectsEveryFlippedByte(t *testing.T) {
	a := open(t, Options{})
	c := record(t, a, page("<p>Six took part.</p>"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	want, err := Read(a.dir, c)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(a.dir, c.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	padding := 0                                         // bytes with bits that mean nothing, where deflate fills up to a byte
	for i := c.Offset + 10; i < int64(len(whole)); i++ { // after the gzip header, which holds nothing of the record
		whole[i] ^= 0x10
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		whole[i] ^= 0x10
		r, err := Read(a.dir, c)
		if err == nil && reflect.DeepEqual(r, want) {
			padding++
			continue
		}
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Fatalf("byte %d of %d: %v, want an error that names the file", i, len(whole), err)
		}
	}
	if padding > 2 {
		t.Errorf("%d bytes were flipped unnoticed", padding)
	}
}

// Whoever changes bytes and makes the checksums of gzip right again is found by
// the digests.
func TestReadDetectsAForgedMember(t *testing.T) {
	a := open(t, Options{})
	c := record(t, a, page("<p>Six took part.</p>"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(a.dir, c.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(inflated(t, whole[c.Offset:]))
	for _, forged := range []string{
		strings.Replace(text, "Six", "Ten", 1),                         // the payload
		strings.Replace(text, "text/html", "text/xhtm", 1),             // the HTTP head
		strings.Replace(text, c.SHA256, sumOf("<p>Ten took part."), 1), // a digest
	} {
		if forged == text {
			t.Fatal("nothing forged")
		}
		if err := os.WriteFile(path, append(whole[:c.Offset:c.Offset], member(forged)...), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(a.dir, c); err == nil || !strings.Contains(err.Error(), "SHA-256") {
			t.Errorf("error %v, want one about the SHA-256", err)
		}
	}
}
