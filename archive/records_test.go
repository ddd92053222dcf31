package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func inflated(t interface{ Fatalf(string, ...any) }, members []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(members))
	if err != nil {
		t.Fatalf("gzip: %v", err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("gzip: %v", err)
	}
	return b
}

// small is a whole file of two exchanges.
func small(t testing.TB) []byte {
	t.Helper()
	a, err := Open(t.TempDir(), fixed())
	if err != nil {
		t.Fatal(err)
	}
	var name string
	for _, body := range []string{"first", "second, somewhat longer"} {
		c, err := a.Record(t.Context(), page(body))
		if err != nil {
			t.Fatal(err)
		}
		name = c.File
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read collects what Records yields, up to and without its first error.
func read(b []byte) (records []Record, flaw error) {
	for r, err := range Records(bytes.NewReader(b)) {
		if err != nil {
			return records, err
		}
		records = append(records, r)
	}
	return records, nil
}

func TestTornFileYieldsItsWholeRecordsAndThenSaysSo(t *testing.T) {
	whole := small(t)
	want, err := read(whole)
	if err != nil || len(want) != 5 {
		t.Fatalf("%d records, %v", len(want), err)
	}
	ends := map[int64]int{0: 0}
	for i, r := range want {
		ends[r.Offset+r.Length] = i + 1
	}
	good := 0
	for cut := range len(whole) + 1 {
		n, clean := ends[int64(cut)]
		if clean {
			good = n
		}
		for kind, torn := range map[string][]byte{
			"cut":             whole[:cut],
			"zeros after cut": append(whole[:cut:cut], make([]byte, 40)...),
		} {
			have, err := read(torn)
			if kind == "cut" && !same(want[:good], have) {
				t.Fatalf("%s at %d: -want +have:\n%s", kind, cut, cmp.Diff(want[:good], have))
			}
			if len(have) < good || len(have) > len(want) || !same(want[:len(have)], have) {
				t.Fatalf("%s at %d: not a prefix", kind, cut)
			}
			if kind == "cut" && errors.Is(err, ErrTorn) == clean || kind != "cut" && err == nil {
				t.Fatalf("%s at %d: error %v", kind, cut, err)
			}
			tail, err := Tail(bytes.NewReader(torn))
			if kind == "cut" && (tail != endOf(want[:good]) || errors.Is(err, ErrTorn) == clean) || tail != endOf(have) {
				t.Fatalf("%s at %d: tail %d, %v", kind, cut, tail, err)
			}
		}
	}
}

// same is cmp.Diff for a test that asks ten thousand times.
func same(a, b []Record) bool {
	return slices.EqualFunc(a, b, func(a, b Record) bool { return reflect.DeepEqual(a, b) })
}

func endOf(records []Record) int64 {
	if len(records) == 0 {
		return 0
	}
	last := records[len(records)-1]
	return last.Offset + last.Length
}

func TestZerosAfterTheLastRecordAreATornTail(t *testing.T) {
	whole := small(t)
	for _, n := range []int{1, 9, 10, 100_000} {
		if good, err := Tail(bytes.NewReader(append(whole[:len(whole):len(whole)], make([]byte, n)...))); !errors.Is(err, ErrTorn) || good != int64(len(whole)) {
			t.Errorf("%d zeros: %d, %v, want %d and ErrTorn", n, good, err, len(whole))
		}
	}
}

func TestFlippedByteNeverYieldsAWrongRecord(t *testing.T) {
	whole := small(t)
	want, _ := read(whole)
	for i := range whole {
		for _, mask := range []byte{0x01, 0x80, 0xff} {
			flipped := bytes.Clone(whole)
			flipped[i] ^= mask
			have, err := read(flipped)
			if err == nil && len(have) == len(want) { // a gzip header's time, system or level: no content
				if !same(want, have) {
					t.Fatalf("byte %d: a wrong record: %s", i, cmp.Diff(want, have))
				}
				continue
			}
			if err == nil || !same(want[:len(have)], have) {
				t.Fatalf("byte %d: %d records, %v", i, len(have), err)
			}
		}
	}
}

// member is a gzip member around any text.
func member(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.Bytes()
}

func TestWrongRecordIsNamedAndTheNextOneRead(t *testing.T) {
	good := member("WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 2\r\n\r\nok\r\n\r\n")
	const response = "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
	for _, c := range []struct{ name, record, want string }{
		{"another version", "WARC/2.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "want WARC/1.x"},
		{"no field", "WARC/1.1\r\nnonsense\r\n\r\n\r\n\r\n", "record head"},
		{"nothing", "", "record head"},
		{"no length", "WARC/1.1\r\nWARC-Type: metadata\r\n\r\n\r\n\r\n", "Content-Length"},
		{"negative", "WARC/1.1\r\nContent-Length: -1\r\n\r\n\r\n\r\n", "Content-Length"},
		{"huge", "WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n\r\n\r\n", "Content-Length"},
		{"too long", "WARC/1.1\r\nContent-Length: 9\r\n\r\nok\r\n\r\n", "the block has 6 bytes"},
		{"too short", "WARC/1.1\r\nContent-Length: 1\r\n\r\nok\r\n\r\n", "two line ends"},
		{"more after it", "WARC/1.1\r\nContent-Length: 2\r\n\r\nok\r\n\r\nWARC/1.1\r\n", "two line ends"},
		{"block digest", "WARC/1.1\r\nWARC-Block-Digest: sha256:00\r\nContent-Length: 2\r\n\r\nok\r\n\r\n", "SHA-256 of the block"},
		{"payload digest", response + "WARC-Payload-Digest: sha256:00\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok\r\n\r\n", "SHA-256 of the payload"},
		{"no HTTP head", response + "Content-Length: 2\r\n\r\nok\r\n\r\n", "HTTP head"},
	} {
		file := append(member(c.record), good...)
		var errs []error
		var records []Record
		for r, err := range Records(bytes.NewReader(file)) {
			if err != nil {
				errs = append(errs, err)
				continue
			}
			records = append(records, r)
		}
		if len(errs) != 1 || !strings.Contains(errs[0].Error(), c.want) || !strings.HasPrefix(errs[0].Error(), "offset 0: ") {
			t.Errorf("%s: errors %v, want one with offset 0 and %q", c.name, errs, c.want)
		}
		if len(records) != 1 || string(records[0].Payload) != "ok" || records[0].Offset != int64(len(file)-len(good)) {
			t.Errorf("%s: records %+v, want the good one", c.name, records)
		}
		if tail, err := Tail(bytes.NewReader(file)); err != nil || tail != int64(len(file)) {
			t.Errorf("%s: tail %d, %v", c.name, tail, err)
		}
	}
}

func TestForeignSpellingsAreRead(t *testing.T) {
	const block = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
	file := member(fmt.Sprintf("WARC/1.0\r\nWARC-Type:response\r\nwarc-target-uri: <http://a.example/>\r\nWARC-Date: 2016\r\n"+
		"WARC-Payload-Digest: sha256:0000\r\nWARC-Block-Digest: sha1:AAAA\r\nWARC-Record-ID: urn:uuid:1\r\n"+
		"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block))
	records, err := read(file)
	if err != nil || len(records) != 1 {
		t.Fatal(records, err)
	}
	r := records[0]
	if r.URL != "http://a.example/" || r.ID != "urn:uuid:1" || !r.At.IsZero() || r.StartLine != "HTTP/1.1 200 OK" || string(r.Payload) != "ok" {
		t.Errorf("have %+v", r)
	}
}

// The digests of the word "ok", by sha256sum and by coreutils' base32.
func TestDigestsAreReadInBase16AndBase32(t *testing.T) {
	const hexed = "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df"
	for label, valid := range map[string]bool{
		"sha256:" + hexed: true, "SHA-256:" + strings.ToUpper(hexed): true, "sha1:no": true, "": true,
		"sha256:E2ETM6ZALQLM4MXNIIAJIK4LRMPCMLP4ODM3ZH54O7CJNGNE6HPQ====": true,
		"sha256:e2etm6zalqlm4mxniiajik4lrmpcmlp4odm3zh54o7cjngne6hpq":     true,
		"sha256:":                   false,
		"sha256:" + "0" + hexed[1:]: false,
	} {
		_, err := read(member("WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Block-Digest: " + label + "\r\nContent-Length: 2\r\n\r\nok\r\n\r\n"))
		if (err == nil) != valid {
			t.Errorf("%q: %v", label, err)
		}
	}
}

func TestBombIsLeftEarly(t *testing.T) {
	bomb := member("WARC/1.1\r\nContent-Length: 2\r\n\r\n" + strings.Repeat("\x00", maxHead+9000))
	m := newMembers(bytes.NewReader(bomb), 0)
	m.max = 1000
	if _, err := m.next(); err == nil || !strings.Contains(err.Error(), "holds more than 1000 bytes") || !m.lost {
		t.Errorf("error %v, lost %v", err, m.lost)
	}
}

func TestFailingDiskIsNotATornTail(t *testing.T) {
	whole, broken := small(t), errors.New("input/output error")
	for _, at := range []int{0, 5, 100, len(whole)} {
		_, err := Tail(io.MultiReader(bytes.NewReader(whole[:at]), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) || errors.Is(err, ErrTorn) {
			t.Errorf("at %d: %v", at, err)
		}
	}
}

func TestPlainTextIsNoArchive(t *testing.T) {
	if _, err := read([]byte("seeds of another kind")); err == nil || errors.Is(err, ErrTorn) {
		t.Errorf("error %v, want one that says no gzip member begins here", err)
	}
}

func FuzzRecords(f *testing.F) {
	whole := small(f)
	f.Add(whole)
	f.Add(whole[:len(whole)-3])
	f.Add(member("WARC/1.1\r\nContent-Length: 2\r\n\r\nok\r\n\r\n"))
	f.Add([]byte("\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		end, last := int64(0), error(nil)
		for r, err := range Records(bytes.NewReader(b)) {
			if last = err; err == nil {
				if r.Offset != end || r.Length <= 0 || len(r.Payload) > MaxBlock {
					t.Fatalf("record at %d of %d bytes after one that ends at %d", r.Offset, r.Length, end)
				}
			}
			end = r.Offset + r.Length
		}
		good, err := Tail(bytes.NewReader(b))
		if good > int64(len(b)) || err == nil && good != int64(len(b)) {
			t.Fatalf("tail %d of %d, %v", good, len(b), err)
		}
		if errors.Is(last, ErrTorn) != errors.Is(err, ErrTorn) {
			t.Fatalf("Records ends with %v, Tail with %v", last, err)
		}
	})
}

// The text in a member is what is parsed; compressed noise seldom gets that far.
func FuzzRecordText(f *testing.F) {
	f.Add("WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok\r\n\r\n")
	f.Add("WARC/1.0\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		records, err := read(member(text))
		if err == nil && (len(records) != 1 || !strings.HasSuffix(text, string(records[0].Payload)+"\r\n\r\n")) {
			t.Fatalf("%d records, %v", len(records), records)
		}
	})
}
