package archive

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ewgwatch"
)

// foreignRecord is one as warcio.js reads it.
type foreignRecord struct {
	Type, URL, Status, Profile, RefersTo, SHA256, Text string
	Offset                                             int64
	Headers                                            [][2]string
}

// readByWarcio reads a file with Webrecorder's reader for Node.js.
func readByWarcio(t *testing.T, path string) []foreignRecord {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("needs Node.js, which .ci/run installs")
	}
	if _, err := os.Stat("testdata/warcio/node_modules/warcio"); err != nil {
		t.Skip("needs warcio.js: run npm ci in archive/testdata/warcio, as .ci/run does")
	}
	cmd := exec.CommandContext(t.Context(), node, "read.mjs", path)
	cmd.Dir = "testdata/warcio"
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("warcio.js: %v: %s", err, complaints.String())
	}
	var records []foreignRecord
	for lines := json.NewDecoder(bytes.NewReader(out)); lines.More(); {
		var r foreignRecord
		if err := lines.Decode(&r); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return records
}

func TestAnotherProgramReadsWhatIsWritten(t *testing.T) {
	a := open(t, fixed())
	chunked := heard("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nTransfer-Encoding: chunked\r\nX-Two: b\r\nX-Two: a\r\n\r\n", "<p>การฝึกต่อต้านการก่อการร้าย")
	chunked.URL, chunked.Source, chunked.Role, chunked.Robots = "https://news.example/ข่าว", "news-example", ewgwatch.RoleArticle, "allowed: Allow /"
	rendered := ewgwatch.Exchange{URL: chunked.URL, At: night, Rendered: true, Header: map[string][]string{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte("<p>made")}
	first := record(t, a, page("plain page"))
	record(t, a, chunked)
	record(t, a, rendered)
	again := heard("HTTP/1.1 304 Not Modified\r\n\r\n", "")
	again.Status, again.Revisits = "304 Not Modified", first
	record(t, a, again)
	if err := a.Append([]byte("an entry")); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(a.dir, first.File)
	theirs := readByWarcio(t, path)
	i := 0
	for ours, err := range recordsOf(t, path) {
		if err != nil || i == len(theirs) {
			t.Fatalf("record %d of %d: %v", i, len(theirs), err)
		}
		their := theirs[i]
		if their.Type != ours.Type || their.URL != ours.URL || their.SHA256 != ours.SHA256 || their.Offset != ours.Offset || their.Status != ours.StartLine {
			t.Errorf("warcio.js reads %+v, we read %+v", their, ours)
		}
		i++
	}
	if i != len(theirs) || i != 10 {
		t.Fatalf("%d records, warcio.js reads %d, want 10", i, len(theirs))
	}
	if meta := theirs[5]; !strings.Contains(meta.Text, "robots: allowed: Allow /\r\n") {
		t.Errorf("metadata %+v", meta)
	}
	if last := theirs[8]; last.Type != "revisit" || last.RefersTo != "https://news.example/a?b=c" || !strings.HasSuffix(last.Profile, "/server-not-modified") {
		t.Errorf("revisit %+v", last)
	}
}
