package feed_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ewgwatch/alert/send"
)

// nights are what is sent in three of them: on the second an alert comes once more
// with an edited text, as after a kill, and a correction as an alert of its own; on
// the third all come again.
func nights() [][]send.Delivery {
	return [][]send.Delivery{
		{delivery(1, "one"), delivery(2, "two")},
		{delivery(2, "two, edited"), delivery(3, "correction of one"), delivery(4, "<b>four</b> &amp; ]]>")},
		{delivery(1, "one"), delivery(2, "two"), delivery(3, "three"), delivery(4, "four"), delivery(5, "five")},
	}
}

// seen prints the ids of the entries of each feed that was not there before.
const seen = `
import sys, feedparser
known = set()
for name in sys.argv[1:]:
    d = feedparser.parse(name)
    if d.bozo: sys.exit(repr(d.bozo_exception))
    fresh = sorted(e.id.split(':')[-1] for e in d.entries if e.id not in known)
    known.update(e.id for e in d.entries)
    print(' '.join(fresh))
`

func TestFeedparserSeesEachItemOnceOverThreeNights(t *testing.T) {
	python := pythonWith(t, "feedparser")
	folder, arguments := t.TempDir(), []string{"-c", seen}
	for _, night := range nights() {
		add(t, folder, "kh", night...)
		name := filepath.Join(t.TempDir(), "kh.atom")
		if err := os.WriteFile(name, read(t, folder, "kh.atom"), 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, name)
	}
	output, err := exec.CommandContext(t.Context(), python, arguments...).CombinedOutput()
	if want := "a_0001 a_0002\na_0003 a_0004\na_0005\n"; err != nil || string(output) != want {
		t.Errorf("feedparser sees\n%s(%v), want\n%s", output, err, want)
	}
}

func TestNewsboatShowsEachItemOnceOverThreeNights(t *testing.T) {
	newsboat, err := exec.LookPath("newsboat")
	if err != nil {
		t.Skip("newsboat is not installed")
	}
	folder := t.TempDir()
	urls, config := filepath.Join(folder, "urls"), filepath.Join(folder, "config")
	if err := os.WriteFile(urls, []byte("file://"+filepath.Join(folder, "kh.atom")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var counts []string
	for _, night := range nights() {
		add(t, folder, "kh", night...)
		for _, do := range []string{"reload", "print-unread"} {
			run := exec.CommandContext(t.Context(), newsboat, "-u", urls, "-c", filepath.Join(folder, "cache.db"), "-C", config, "-x", do)
			run.Env = append(os.Environ(), "HOME="+folder)
			output, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("newsboat -x %s: %v\n%s", do, err, output)
			}
			if do == "print-unread" {
				counts = append(counts, strings.Fields(string(output))[0])
			}
		}
	}
	if got := strings.Join(counts, " "); got != "2 4 5" {
		t.Errorf("newsboat holds %s unread items after each night, want 2 4 5", got)
	}
}

// pythonWith returns a python3 that has a module: Debian's, or another.
func pythonWith(t *testing.T, module string) string {
	t.Helper()
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	t.Skipf("python3-%s is not installed", module)
	return ""
}
