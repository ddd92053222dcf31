package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/store"
)

// releaseOf writes by hand what diff reads of a release.
func releaseOf(t *testing.T, in folder, name string, columns []string, rows ...string) {
	t.Helper()
	text := strings.Join(rows, "\n") + "\n"
	sum := sha256.Sum256([]byte(text))
	if err := os.MkdirAll(in.release(name), 0o700); err != nil {
		t.Fatal(err)
	}
	m := manifest{Name: name, Columns: columns, Files: []releaseFile{{Name: releaseRows, SHA256: hex.EncodeToString(sum[:])}}}
	_, err := writeWhole(filepath.Join(in.release(name), releaseManifest), 0o600, m.write)
	_, err2 := writeWhole(filepath.Join(in.release(name), releaseRows), 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
}

func TestADiffOfReleasesIsToldFieldByField(t *testing.T) {
	in := folder(t.TempDir())
	releaseOf(t, in, "a", []string{"finding_id", "state", "status", "old"},
		`{"finding_id":"f_1","state":"SG","status":"current","old":1}`,
		`{"finding_id":"f_2","state":"LA","status":"current","old":null}`,
		`{"finding_id":"f_3","state":"TH","status":"current","old":null}`)
	releaseOf(t, in, "b", []string{"finding_id", "state", "status", "review_why"},
		`{"finding_id":"f_2","state":"LA","status":"withdrawn","review_why":"\u001b[31m\u202ered"}`,
		`{"finding_id":"f_3","state":"TH","status":"current","review_why":null}`,
		`{"finding_id":"f_4","state":"VN","status":"current","review_why":null,"quote":"\u001b[2Jgone","url":"https://a.test/"}`)
	var out strings.Builder
	a := &app{out: &out, dataDir: string(in)}
	if err := a.diffReleases("a", "b"); err != nil {
		t.Fatal(err)
	}
	const want = `- f_1 SG
~ f_2
    status: current -> withdrawn
+ f_4 VN  [2Jgone  https://a.test/
Only a has old
Only b has review_why
1 added, 1 gone, 1 changed from a to b
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestAReleaseWhoseFindingsMovedIsNotKept(t *testing.T) {
	in := folder(t.TempDir())
	for _, options := range []store.Options{{}, {ReadOnly: true}} {
		s, err := store.Open(t.Context(), in.database(), options)
		if err != nil {
			t.Fatal(err)
		}
		if options.ReadOnly {
			moved(t, in, s)
		} else if _, err := s.Put(t.Context(), oneFinding()); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func oneFinding() ewgwatch.Reading {
	source := ewgwatch.Source{ID: "a.test", URL: "https://a.test/", Name: "A"}
	f := ewgwatch.Finding{URL: "https://a.test/1", State: ewgwatch.Laos, Stance: ewgwatch.Attended, Quote: "Laos came.", FoundAt: today, Status: ewgwatch.Current, Source: source}
	return ewgwatch.Reading{
		Article: &ewgwatch.Article{URL: f.URL, Text: f.Quote, Source: source}, Findings: []ewgwatch.Finding{f.Identify()},
		Visit: ewgwatch.Visit{URL: f.URL, Source: source.ID, At: today, Outcome: ewgwatch.New},
	}
}

func moved(t *testing.T, in folder, s *store.Store) {
	t.Helper()
	c := &corpus{store: s, sum: "of other findings"}
	r := &release{dir: t.TempDir()}
	if err := r.findings(t.Context(), c, export.Options{}); !errors.Is(err, errMoved) || codeOf(err) != exitTemporary {
		t.Errorf("error is %v, exit code %d", err, codeOf(err))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.freeze(ctx, in, "stopped", today); err != nil {
		left, _ := filepath.Glob(filepath.Join(in.releases(), "*"))
		hidden, _ := filepath.Glob(filepath.Join(in.releases(), ".*"))
		if len(left)+len(hidden) > 0 {
			t.Errorf("left %q %q", left, hidden)
		}
	} else {
		t.Error("a release was made of a database that is not read any more")
	}
}

func TestABackupIsNotFrozenAsTodaysKnowledge(t *testing.T) {
	in := folder(t.TempDir())
	holder, err := store.Open(t.Context(), in.database(), store.Options{Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	_, err = holder.Put(t.Context(), oneFinding())
	_, err2 := holder.Backup(t.Context(), 1)
	s, err3 := store.Open(t.Context(), in.database(), store.Options{ReadOnly: true, Wait: time.Millisecond})
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for asOf, want := range map[time.Time]bool{today: true, today.Add(time.Second): false} {
		c, err := newCorpus(t.Context(), s, filter{query: store.Query{AsOf: asOf}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.freeze(t.Context(), in, "r", asOf)
		if (err == nil) != want || err != nil && !strings.Contains(err.Error(), "a backup of 2026-11-24T12:00:00Z") {
			t.Errorf("as of %s: %v", asOf, err)
		}
		if err := os.RemoveAll(in.releases()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatAKilledReleaseLeftIsTakenAwayInADay(t *testing.T) {
	in := folder(t.TempDir())
	old, fresh := in.release(".part-old"), in.release(".part-fresh")
	for dir, age := range map[string]time.Duration{old: 25 * time.Hour, fresh: time.Hour} {
		if err := errors.Join(os.MkdirAll(filepath.Join(dir, "x"), 0o700), os.Chtimes(dir, today.Add(-age), today.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	made, err := partOf(in, today)
	if err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]bool{old: false, fresh: true, made: true} {
		if _, err := os.Stat(dir); (err == nil) != want {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestNamesOfReleasesStayInTheirFolder(t *testing.T) {
	for name, want := range map[string]bool{
		"2026-q2": true, "v1.2_final": true, "A": true, strings.Repeat("a", 100): true,
		"": false, ".": false, "..": false, ".part-1": false, "a/b": false, "../a": false, `a\b`: false, "a b": false, "é": false, "a\n": false, "a\x00": false, strings.Repeat("a", 101): false,
	} {
		if err := checkReleaseName(name); (err == nil) != want || err != nil && codeOf(err) != exitUsage {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f.csv")
	full := errors.New("no space left on device")
	for _, c := range []struct {
		text string
		err  error
		want string
	}{{"old", nil, "old"}, {"half", full, "old"}, {"new", nil, "new"}} {
		written, err := writeWhole(name, 0o640, func(w io.Writer) error {
			_, err := io.WriteString(w, c.text)
			return errors.Join(err, c.err)
		})
		if !errors.Is(err, c.err) || err == nil && written.Bytes != int64(len(c.text)) {
			t.Errorf("%q: %+v, error %v", c.text, written, err)
		}
		text, err := os.ReadFile(name)
		at, err2 := os.Stat(name)
		left, err3 := os.ReadDir(filepath.Dir(name))
		if err := errors.Join(err, err2, err3); err != nil || string(text) != c.want || at.Mode() != 0o640 || len(left) != 1 {
			t.Errorf("%q: there is %q with mode %v among %d files, error %v", c.text, text, at.Mode(), len(left), err)
		}
	}
}
