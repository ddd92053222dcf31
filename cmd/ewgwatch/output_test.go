package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestResultsThatCannotBeWrittenAreAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no file that is always full: ", err)
	}
	defer full.Close()
	seeds := write(t, "https://example.org/\n", t.TempDir(), "seeds.txt")
	for _, args := range [][]string{
		{"sources", "--seeds", seeds}, {"read", "testdata/page/opens.html"}, {"read", "--json", "testdata/page/opens.html"},
		{"explain", "testdata/page/opens.html"}, {"--help"}, {"completion", "bash"},
	} {
		var said strings.Builder
		run := exec.CommandContext(t.Context(), "ewgwatch", args...)
		run.Stdout, run.Stderr = full, &said
		_ = run.Run() // ProcessState keeps how it ended
		if code := run.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(said.String(), "no space left on device") {
			t.Errorf("%q: exit code %d, says %q", args, code, said.String())
		}
	}
}
