package archive

import (
	"compress/gzip"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestRecordsAreWrittenAsTheStandardSays(t *testing.T) {
	a := open(t, fixed())
	record(t, a, page("<p>Six took part, é."))
	chunked := page("gzip bytes, as received")
	chunked.URL, chunked.RequestURI = "http://[2001:db8::1]:8080/", ""
	chunked.RemoteIP, chunked.Proto, chunked.Status = "2001:db8::1", "HTTP/2.0", "404"
	chunked.At = night.In(time.FixedZone("", 8*3600))
	chunked.Header = http.Header{"transfer-encoding": {"chunked"}, "Content-Encoding": {"gzip"}, "Content-Length": {"9999"}}
	record(t, a, chunked)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	name := "ewgwatch-20231123T101500Z-[0-9a-f]*.warc.gz"
	found, err := filepath.Glob(filepath.Join(a.dir, name))
	if err != nil || len(found) != 1 {
		t.Fatalf("have %v, want one %s", found, name)
	}
	compareGolden(t, "testdata/two-exchanges.warc", gunzip(t, found[0]))
}

func gunzip(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f) // of all members, as zcat does it
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compareGolden(t *testing.T, path string, have []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, have, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(have)); diff != "" {
		t.Errorf("-want +have:\n%s", diff)
	}
}
