package archive

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ewgwatch"
)

const sent = "GET /a?b=c HTTP/1.1\r\nHost: news.example\r\nuser-agent: ewgwatch/1.2\r\n\r\n"

// heard is a page with the heads that went over the wire.
func heard(head, body string) ewgwatch.Exchange {
	x := page(body)
	x.SentHead, x.ReceivedHead = []byte(sent), []byte(head)
	return x
}

// blockOf returns the block of the record a capture names, as it lies in the file.
func blockOf(t *testing.T, dir string, c ewgwatch.Capture) string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(dir, c.File))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(inflated(t, file[c.Offset:c.Offset+r.Length])), "\r\n\r\n")
	return strings.TrimSuffix(block, "\r\n\r\n")
}

func TestHeadsAreArchivedAsReceived(t *testing.T) {
	for _, c := range []struct{ name, head, body, block string }{
		{"spelling, order and doubles", "HTTP/1.1 200 OK\r\nset-cookie: b=2\r\nX-A:1\r\nSet-Cookie: a=1\r\ncontent-LENGTH: 4\r\n\r\n", "body", "body"},
		{"bare line feeds and folds", "HTTP/1.1 200 OK\nX-A: one\n two\nContent-Length: 4\n\n", "body", "body"},
		{"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "a body", "6\r\na body\r\n0\r\n\r\n"},
		{"chunks of nothing", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", "", "0\r\n\r\n"},
		{"chunks before there were any", "HTTP/1.0 200 OK\r\nTransfer-Encoding: x\r\n\r\n", "body", ""},
		{"no length", "HTTP/1.0 200 OK\r\n\r\n", "body", "body"},
	} {
		a := open(t, Options{})
		capture := record(t, a, heard(c.head, c.body))
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		block := blockOf(t, a.dir, capture)
		if c.block == "" && c.body != "" { // not to be believed
			if strings.HasPrefix(block, c.head) {
				t.Errorf("%s: a head was kept that is not true of the payload", c.name)
			}
			continue
		}
		if block != c.head+c.block {
			t.Errorf("%s: have %q, want %q", c.name, block, c.head+c.block)
		}
		r, err := Read(a.dir, capture)
		if err != nil || string(r.Payload) != c.body {
			t.Errorf("%s: payload %q, %v", c.name, r.Payload, err)
		}
		response, err := http.ReadResponse(bufio.NewReader(strings.NewReader(block)), nil)
		if err != nil {
			t.Errorf("%s: net/http: %v", c.name, err)
			continue
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || string(body) != c.body {
			t.Errorf("%s: net/http reads %q, %v", c.name, body, err)
		}
	}
}

// Whatever a server sends as a head, the payload comes back as it was.
func TestAnyHeadLeavesThePayloadAlone(t *testing.T) {
	piece := rapid.SampledFrom([]string{"HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n", "Content-Length: 4\r\n", "Content-Length: 9\r\n", "content-length:4\r\n",
		"Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "X: \x00\xff\r\n", "\r\n", "\n", "WARC/1.1\r\n", " folded\r\n", "4\r\nbody\r\n0\r\n\r\n"})
	rapid.Check(t, func(t *rapid.T) {
		head := strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "head"), "")
		e := newEncoder("5e5510")
		set, err := e.encode(heard(head, "body"), nil, [3]id{{1}, {2}, {3}})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for r, err := range Records(bytes.NewReader(set.members)) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Type == "response" && string(r.Payload) != "body" {
				t.Fatalf("payload %q", r.Payload)
			}
			n++
		}
		if n != 2 {
			t.Fatalf("%d records", n)
		}
	})
}

func TestUnchangedAnswerRevisitsTheFirst(t *testing.T) {
	a := open(t, fixed())
	first := record(t, a, heard("HTTP/1.1 200 OK\r\n\r\n", "the page"))
	same := heard("HTTP/1.1 200 OK\r\nX-Night: 2\r\n\r\n", "the page")
	same.Revisits = first
	not := heard("HTTP/1.1 304 Not Modified\r\n\r\n", "")
	not.Status, not.Revisits = "304 Not Modified", first
	for _, x := range []ewgwatch.Exchange{same, not} {
		if have := record(t, a, x); have != first {
			t.Errorf("%s: capture %+v, want that of the first", x.Status, have)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	original, err := Read(a.dir, first)
	if err != nil {
		t.Fatal(err)
	}
	var revisits []Record
	for r, err := range recordsOf(t, filepath.Join(a.dir, first.File)) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Type == "revisit" {
			revisits = append(revisits, r)
		}
	}
	if len(revisits) != 2 {
		t.Fatalf("%d revisit records, want 2", len(revisits))
	}
	for i, profile := range []string{"identical-payload-digest", "server-not-modified"} {
		f := revisits[i].Fields
		if f.Get("WARC-Profile") != "http://netpreserve.org/warc/1.1/revisit/"+profile || f.Get("WARC-Refers-To") != "<"+original.ID+">" ||
			f.Get("WARC-Refers-To-Target-URI") != original.URL || f.Get("WARC-Refers-To-Date") != date(original.At) || f.Get("WARC-Payload-Digest") != "sha256:"+first.SHA256 {
			t.Errorf("%s: fields %v", profile, f)
		}
	}
	if revisits[0].Header.Get("X-Night") != "2" || len(revisits[0].Payload) != 0 {
		t.Errorf("have %+v", revisits[0])
	}
}

// A visit that brings the same again does not lean on evidence that is gone.
func TestUnchangedAnswerIsArchivedAnewWhereTheFirstIsDamaged(t *testing.T) {
	a := open(t, Options{})
	first := record(t, a, page("the page"))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(a.dir, first.File)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[first.Offset+40] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	next := reopen(t, a.dir)
	again := page("the page")
	again.Revisits = first
	second := record(t, next, again)
	if err := next.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := Read(a.dir, second); second == first || err != nil || string(r.Payload) != "the page" {
		t.Errorf("%+v, payload %q, %v", second, r.Payload, err)
	}
}

func recordsOf(t *testing.T, path string) func(func(Record, error) bool) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return Records(bytes.NewReader(b))
}
