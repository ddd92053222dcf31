package archive

import (
	"bufio"
	"bytes"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
)

// blocks returns the blocks of the records of an uncompressed WARC file as a
// reader finds them that knows nothing but the standard: by Content-Length.
func blocks(t interface{ Fatalf(string, ...any) }, warc []byte) (heads, blocks []string) {
	for len(warc) > 0 {
		head, rest, ok := bytes.Cut(warc, []byte("\r\n\r\n"))
		if !ok || !bytes.HasPrefix(head, []byte("WARC/1.1\r\n")) {
			t.Fatalf("no record begins at %.60q", warc)
		}
		length := -1
		for line := range strings.SplitSeq(string(head), "\r\n") {
			if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				length = 0
				for _, digit := range value {
					length = length*10 + int(digit-'0')
				}
			}
		}
		if length < 0 || length+4 > len(rest) || string(rest[length:length+4]) != "\r\n\r\n" {
			t.Fatalf("Content-Length %d does not end at two line ends: %.200q", length, warc)
		}
		heads, blocks = append(heads, string(head)), append(blocks, string(rest[:length]))
		warc = rest[length+4:]
	}
	return heads, blocks
}

func TestHostileValuesForgeNothing(t *testing.T) {
	const forged = "x\r\nX-Forged: 1\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\nX-Forged: 2\rX-Forged: 3\x00"
	x := ewgwatch.Exchange{
		URL: "https://news.example/" + forged, At: night, RemoteIP: "192.0.2.1" + forged,
		Method: "GET" + forged, RequestURI: "/" + forged,
		RequestHead: http.Header{"Accept": {forged}, "A: b\r\nX-Forged": {"4"}, "": {"no name"}},
		Proto:       "HTTP/1.1" + forged, Status: "200 OK" + forged,
		Header: http.Header{"Server": {forged, "second"}, "B\nX-Forged:": {"5"}, "transfer-Encoding": {forged}, ": ": {"6"}},
		Body:   []byte("body"),
	}
	a := open(t, Options{Operator: forged, UserAgent: forged, Robots: forged})
	c := record(t, a, x)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	heads, blocks := blocks(t, gunzip(t, filepath.Join(a.dir, c.File)))
	if len(heads) != 3 {
		t.Fatalf("%d records, want 3", len(heads))
	}
	for _, text := range append(heads, blocks...) {
		for line := range strings.SplitSeq(text, "\r\n") {
			if strings.HasPrefix(line, "X-Forged") || strings.ContainsAny(line, "\r\n\x00") {
				t.Errorf("a line of its own: %q in %q", line, text)
			}
		}
	}
	r, err := Read(a.dir, c)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"B_x-Forged_", "Server", "X-Crawler-Transfer-Encoding", "__"}; !cmp.Equal(slices.Sorted(maps.Keys(r.Header)), want) {
		t.Errorf("header %v, want %v", r.Header, want)
	}
	if r.Fields.Get("WARC-IP-Address") != "" {
		t.Errorf("address %q, which is none", r.Fields.Get("WARC-IP-Address"))
	}
}

// What an exchange says comes back through net/http and through Records, and
// the file has exactly the records that were written, whatever the exchange says.
func TestAnyExchangeComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hostile := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00-\x7f]*`),
			rapid.SampledFrom([]string{"\r\n\r\n", "chunked", "WARC/1.1", "Content-Length: 3", "7", "gzip"}))
		header := rapid.MapOf(rapid.OneOf(hostile, rapid.SampledFrom([]string{"Content-Length", "transfer-encoding", "Trailer", "Content-Encoding"})),
			rapid.SliceOfN(hostile, 1, 2))
		x := ewgwatch.Exchange{
			URL: "https://news.example/" + hostile.Draw(t, "url"), At: night, RemoteIP: hostile.Draw(t, "ip"),
			Method: "GET", RequestURI: "/" + strings.ReplaceAll(hostile.Draw(t, "target"), "%", ""), RequestHead: header.Draw(t, "request"),
			Proto:  rapid.SampledFrom([]string{"HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "\r\n"}).Draw(t, "proto"),
			Status: rapid.SampledFrom([]string{"200 OK", "200", "403 ", "500 \r\n\r\nx"}).Draw(t, "status"),
			Header: header.Draw(t, "response"), Body: []byte(hostile.Draw(t, "body")),
		}
		e := newEncoder("5e5510")
		p, err := e.encode(x, nil, [3]id{{1}, {2}, {3}})
		if err != nil {
			t.Fatal(err)
		}
		var records []Record
		for r, err := range Records(bytes.NewReader(p.members)) {
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, r)
		}
		if len(records) != 2 || records[1].Offset != p.response || records[1].URL != escapeURL(x.URL) {
			t.Fatalf("records %+v", records)
		}
		if !bytes.Equal(records[1].Payload, x.Body) || len(records[0].Payload) != 0 {
			t.Fatalf("payloads %q and %q", records[0].Payload, records[1].Payload)
		}
		throughNetHTTP(t, x, p.members)
	})
}

func throughNetHTTP(t *rapid.T, x ewgwatch.Exchange, members []byte) {
	_, blocks := blocks(t, inflated(t, members))
	if _, err := http.ReadRequest(bufio.NewReader(strings.NewReader(blocks[0]))); err != nil && !strings.Contains(err.Error(), "Host") {
		t.Fatalf("request: %v in %q", err, blocks[0])
	}
	response, err := http.ReadResponse(bufio.NewReader(strings.NewReader(blocks[1])), nil)
	if err != nil {
		t.Fatalf("response: %v in %q", err, blocks[1])
	}
	defer response.Body.Close()
	body := new(bytes.Buffer)
	if _, err := body.ReadFrom(response.Body); err != nil || !bytes.Equal(body.Bytes(), x.Body) {
		t.Fatalf("payload %q, %v, want %q", body, err, x.Body)
	}
}

func TestLengthsThatDoNotHoldAreMasked(t *testing.T) {
	for _, c := range []struct {
		method, status string
		lengths        []string
		body           string
		kept           bool
	}{
		{"GET", "200 OK", []string{"4"}, "body", true},
		{"GET", "200 OK", []string{"5"}, "body", false},
		{"GET", "200 OK", []string{"4", "4"}, "body", false},
		{"GET", "200 OK", []string{"+4"}, "body", false},
		{"GET", "200 OK", []string{""}, "", false},
		{"GET", "200 OK", []string{"7"}, "", false},
		{"HEAD", "200 OK", []string{"7"}, "", true},
		{"GET", "304 Not Modified", []string{"7"}, "", true},
		{"GET", "304 Not Modified", []string{"7"}, "body", false},
	} {
		a := open(t, Options{})
		x := page(c.body)
		x.Method, x.Status, x.Header = c.method, c.status, http.Header{"Content-Length": c.lengths}
		r, err := Read(a.dir, record(t, a, x))
		if err != nil {
			t.Fatal(err)
		}
		want := http.Header{"X-Crawler-Content-Length": c.lengths}
		if c.kept {
			want = http.Header{"Content-Length": c.lengths}
		}
		if diff := cmp.Diff(want, r.Header); diff != "" {
			t.Errorf("%+v: -want +have:\n%s", c, diff)
		}
	}
}

func TestOrdinaryURLsKeepTheirSpelling(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?a=b&c=%20|d^{e}[f]~'": "https://a.example/x?a=b&c=%20|d^{e}[f]~'",
		"https://a.example/ก b\t<c>\"":             "https://a.example/%E0%B8%81%20b%09%3Cc%3E%22",
		"https://a.example/\xff\x7f":               "https://a.example/%FF%7F",
	} {
		if have := escapeURL(in); have != want {
			t.Errorf("%q: have %q, want %q", in, have, want)
		}
	}
}
