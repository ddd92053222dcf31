package store_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

// answering is an open database that answers readers, with some of everything.
func answering(t *testing.T, path string) *store.Store {
	t.Helper()
	s := openAt(t, path, store.Options{Answer: true})
	many(t, s, 600)
	put(t, s, reading(page, "text", lao()))
	put(t, s, reading(page, "other text")) // withdrawn
	put(t, s, reading(page+"/elsewhere", "text", said(ewgwatch.Japan, ewgwatch.Declined, "Japan would not come.")))
	run := ewgwatch.Run{ID: "r", StartedAt: noon}
	err := errors.Join(s.BeginRun(run), s.EndRun(run, ewgwatch.Health{Source: tribune.ID, State: ewgwatch.HealthOK}),
		s.PutFurniture([]ewgwatch.Furniture{{Host: "h", Learnt: []ewgwatch.Learnt{{Run: "r", Blocks: []uint64{7}}}}}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// everything is what a reader can ask.
func everything(t *testing.T, s *store.Store) map[string]any {
	t.Helper()
	answers := map[string]any{}
	for name, q := range map[string]store.Query{
		"all": {}, "state": {State: ewgwatch.Japan}, "none": {State: ewgwatch.Brunei}, "since": {Since: noon.Add(3 * time.Second)}, "status": {Status: ewgwatch.Withdrawn},
		"month": {State: ewgwatch.Laos, Published: [2]ewgwatch.Date{{Year: 2023, Month: 8}, {Year: 2023, Month: 8}}}, "as of": {AsOf: noon},
	} {
		answers[name] = found(t, s, q)
	}
	visits, err := s.Visits(tribune.ID)
	if err != nil {
		t.Fatal(err)
	}
	answers["visits"] = len(visits)
	for run, err := range s.Runs(t.Context()) {
		answers["run "+run.ID] = run
		if err != nil {
			t.Fatal(err)
		}
	}
	health, err := s.Health(tribune.ID)
	furniture, second := s.Furniture("h")
	stats, third := s.Stats()
	if err := errors.Join(err, second, third); err != nil {
		t.Fatal(err)
	}
	answers["health"], answers["furniture"], answers["stats"] = health, furniture.Learnt, stats
	return answers
}

func TestAReaderIsAnsweredByTheProcessThatHoldsTheDatabase(t *testing.T) {
	for _, dir := range []string{"short", strings.Repeat("long/", 30)} {
		path := filepath.Join(t.TempDir(), dir, "findings.db")
		s := answering(t, path)
		asked := openAt(t, path, store.Options{ReadOnly: true})
		through := everything(t, asked)
		if err := asked.Check(); !errors.Is(err, store.ErrHeld) {
			t.Errorf("a check of what is being written: %v", err)
		}
		if err := errors.Join(asked.Close(), s.Close()); err != nil {
			t.Fatal(err)
		}
		direct := everything(t, openAt(t, path, store.Options{ReadOnly: true}))
		if diff := cmp.Diff(direct, through, sameTime); diff != "" {
			t.Error(diff)
		}
		if len(through["all"].([]ewgwatch.Finding)) != 602 || len(through["status"].([]ewgwatch.Finding)) != 1 {
			t.Errorf("%d findings, %v", len(through["all"].([]ewgwatch.Finding)), through["status"])
		}
		if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestNobodyElseMayAsk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	answering(t, path)
	for _, name := range []string{path, path + ".sock", path + ".owner"} {
		at, err := os.Stat(name)
		if err != nil || at.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, at.Mode(), err)
		}
	}
}

func TestAReaderSeesWhatIsCommittedMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := answering(t, path)
	asked := openAt(t, path, store.Options{ReadOnly: true})
	before := len(all(t, asked, store.Query{}))
	put(t, s, reading(page+"/later", "text", lao()))
	if now := len(all(t, asked, store.Query{})); now != before+1 {
		t.Errorf("%d findings, then %d", before, now)
	}
}

func TestAnAnswerThatIsCutShortIsNoAnswer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := openAt(t, path, store.Options{Answer: true})
	many(t, s, 6000)
	asked := openAt(t, path, store.Options{ReadOnly: true})
	seen, last := 0, error(nil)
	for _, err := range asked.Findings(t.Context(), store.Query{}) {
		if seen++; seen == 1 {
			go func() { _ = s.Close() }()
		}
		last = err
	}
	if last != nil && !errors.Is(last, store.ErrHeld) || last == nil && seen != 6000 {
		t.Errorf("%d findings, %v", seen, last)
	}
}

// deaf leaves what a process leaves that was stopped: a lock, an owner file and a
// socket on which nobody answers.
func deaf(t *testing.T, path string) {
	t.Helper()
	openAt(t, path, store.Options{})
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", path+".sock")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	if err := os.WriteFile(path+".owner", fmt.Appendf(nil, "%d\nthen\n%s\n", os.Getpid(), path+".sock"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheNewestBackupIsReadWhereTheHolderIsDeaf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	deaf(t, path)
	if _, err := store.Open(t.Context(), path, store.Options{ReadOnly: true, Wait: time.Millisecond}); !errors.Is(err, store.ErrHeld) {
		t.Fatalf("without a backup: %v", err)
	}
	taken := time.Date(2026, time.November, 23, 3, 4, 5, 0, time.UTC)
	for i, name := range []string{"findings-20250101T000000Z.db", "findings-20261123T030405Z.db", "findings-zzzz.db"} {
		copied := openAt(t, filepath.Join(filepath.Dir(path), "backups", name), store.Options{})
		many(t, copied, 2*(i+1))
		if err := copied.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s := openAt(t, path, store.Options{ReadOnly: true, Wait: time.Millisecond})
	if at, is := s.Snapshot(); !is || !at.Equal(taken) || len(all(t, s, store.Query{})) != 4 {
		t.Errorf("read as of %v with %d findings", at, len(all(t, s, store.Query{})))
	}
	if path, err := s.Backup(t.Context(), 1); !errors.Is(err, store.ErrHeld) || !strings.Contains(err.Error(), "2026-11-23T03:04:05Z") {
		t.Errorf("a backup of a backup is %q, %v; want none, as it would be named by a time of which it knows nothing", path, err)
	}
}

func TestASocketThatAKilledProcessLeftIsNoHindrance(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", path+".sock")
	if err != nil {
		t.Fatal(err)
	}
	listener.(*net.UnixListener).SetUnlinkOnClose(false)
	owner := fmt.Appendf(nil, "1\nthen\n%s\n", path+".sock")
	if err := errors.Join(listener.Close(), os.WriteFile(path+".owner", owner, 0o600)); err != nil {
		t.Fatal(err)
	}
	s := answering(t, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".owner", owner, 0o600); err != nil {
		t.Fatal(err)
	}
	if n := len(all(t, openAt(t, path, store.Options{ReadOnly: true}), store.Query{})); n != 602 {
		t.Errorf("%d findings", n)
	}
}

func FuzzQuestions(f *testing.F) {
	path := filepath.Join(f.TempDir(), "findings.db")
	s, err := store.Open(f.Context(), path, store.Options{Answer: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	f.Add("GET /v1/get?bucket=meta&key=736368656d61 HTTP/1.1\r\nHost: x\r\n\r\n")
	f.Add("POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
	f.Add("GET /v1/rows?bucket=nosuch&from=zz HTTP/1.1\r\nHost: x\r\n\r\n")
	f.Fuzz(func(t *testing.T, question string) {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "unix", path+".sock")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, question)
		_ = conn.(*net.UnixConn).CloseWrite()
		_, _ = io.Copy(io.Discard, conn)
		if err := s.PutRun(ewgwatch.Run{ID: "r"}); err != nil {
			t.Fatal("the owner was harmed: ", err)
		}
	})
}
