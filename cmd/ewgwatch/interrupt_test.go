package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ewgwatch/store"
)

// crawlArgs are the arguments of a crawl of sites on this machine.
func crawlArgs(seeds, data string) []string {
	return []string{"crawl", "--seeds", seeds, "--data", data, "--delay", "0", "--allow-address", "127.0.0.0/8"}
}

func TestCtrlCKeepsWhatWasCommittedAndEndsAtOnce(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		g, dir := startGate(t), t.TempDir()
		seeds := write(t, g.url+"\n", dir, "seeds.txt")
		hangs := g.shut(2)
		p := startProcess(t, "ewgwatch", crawlArgs(seeds, dir)...)
		p.until(t, hangs)
		if took := p.stop(t, signal); took > 2*time.Second {
			t.Errorf("%s: it went on for %s", signal, took)
		}
		if code := p.ProcessState.ExitCode(); code != exitPartial {
			t.Errorf("%s: exit code %d, want %d\n%s%s", signal, code, exitPartial, p.stdout.String(), p.stderr.String())
		}
		if out := p.stdout.String(); !strings.Contains(out, "Stopped before the end. What is counted here is kept") {
			t.Errorf("%s: the summary does not say so:\n%s", signal, out)
		}
		checkSound(t, dir)
		if out := mustRun(t, exitPartial, "sources", "health", "--data", dir); !strings.Contains(out, "tonight does not count: stopped before its end") || !strings.Contains(out, ": 1 unknown\n") {
			t.Errorf("%s: the night counts:\n%s", signal, out)
		}
		if kept := rows(t, mustRun(t, 0, "export", "--data", dir)); len(kept) == 0 || kept[0]["url"] != g.url+"2023/08/02/article-1.html" {
			t.Errorf("%s: the export holds %v, want what the first article says", signal, kept)
		}
		g.shut(0)
		if out := mustRun(t, 0, crawlArgs(seeds, dir)...); !strings.Contains(out, fmt.Sprintf("%d new, 0 changed, 1 unchanged, 1 resting", articles-1)) {
			t.Errorf("%s: the next night does not go on from it:\n%s", signal, out)
		}
	}
}

// A listing that was read by a night cut short must not be taken for read: its
// new links were left, and a 304 would hide them for good.
func TestWhatANightCutShortLeftUnreadIsReadByTheNext(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{os.Interrupt, os.Kill} {
		g, dir := startGate(t), t.TempDir()
		seeds := write(t, g.url+"\n", dir, "seeds.txt")
		g.list(3)
		mustRun(t, 0, crawlArgs(seeds, dir)...)
		g.list(articles)
		hangs := g.shut(4)
		p := startProcess(t, "ewgwatch", crawlArgs(seeds, dir)...)
		p.until(t, hangs)
		p.stop(t, signal)
		if n := g.answered(); n == articles {
			t.Fatal("the night left nothing unread")
		}
		g.shut(0)
		out := mustRun(t, 0, crawlArgs(seeds, dir)...)
		if n := g.answered(); n < articles {
			t.Errorf("after %s the next night left %d articles unread for good:\n%s", signal, articles-n, out)
		}
	}
}

func TestASecondProcessIsToldWhoHoldsTheFolder(t *testing.T) {
	t.Parallel()
	g, dir := startGate(t), t.TempDir()
	seeds := write(t, g.url+"\n", dir, "seeds.txt")
	hangs := g.shut(2)
	first := startProcess(t, "ewgwatch", crawlArgs(seeds, dir)...)
	first.until(t, hangs)
	second := startProcess(t, "ewgwatch", crawlArgs(seeds, dir)...)
	<-second.ended
	if code := second.ProcessState.ExitCode(); code != exitTemporary {
		t.Errorf("exit code %d, want %d", code, exitTemporary)
	}
	if want := fmt.Sprintf("another ewgwatch (pid %d) holds it", first.Process.Pid); !strings.Contains(second.stderr.String(), want) {
		t.Errorf("says %q, want %q in it", second.stderr.String(), want)
	}
	if second.stdout.Len() > 0 {
		t.Errorf("printed %q", second.stdout.String())
	}
	first.stop(t, os.Interrupt)
	if code := first.ProcessState.ExitCode(); code != exitPartial {
		t.Errorf("the first one was disturbed: exit code %d\n%s", code, first.stderr.String())
	}
	checkSound(t, dir)
}

// TestReadersSeeWhatARunningCrawlCommitted asks while the crawl hangs on its
// second article.
func TestReadersSeeWhatARunningCrawlCommitted(t *testing.T) {
	t.Parallel()
	g, dir := startGate(t), t.TempDir()
	hangs := g.shut(2)
	p := startProcess(t, "ewgwatch", crawlArgs(write(t, g.url+"\n", dir, "seeds.txt"), dir)...)
	p.until(t, hangs)
	if found := rows(t, mustRun(t, 0, "export", "--data", dir)); len(found) != 4 {
		t.Errorf("%d findings of the first article were exported, want 4", len(found))
	}
	if out := mustRun(t, 0, "ledger", "--data", dir); !strings.Contains(out, "Laos") {
		t.Errorf("the ledger knows nothing:\n%s", out)
	}
	mustRun(t, exitPartial, "sources", "health", "--data", dir) // no crawl has come to its end
	p.stop(t, os.Interrupt)
	if code := p.ProcessState.ExitCode(); code != exitPartial {
		t.Errorf("the crawl was disturbed: exit code %d\n%s", code, p.stderr.String())
	}
}

// checkSound reads the whole database of a data folder.
func checkSound(t *testing.T, dir string) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(dir, "findings.db"), store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}
