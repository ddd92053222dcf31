//go:build unix

package main

import (
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// mainOnAFullDisk is main where no file can grow over the number of bytes that
// comes before the command: the writes that would do so fail half-way, as on a
// full disk.
func mainOnAFullDisk() {
	size, err := strconv.ParseUint(os.Args[1], 10, 64)
	if err != nil {
		panic(err)
	}
	os.Args = slices.Delete(os.Args, 1, 2)
	signal.Ignore(syscall.SIGXFSZ) // so that the write gets an error instead
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: size}); err != nil {
		panic(err)
	}
	main()
}

func TestAFullDiskIsAnErrorAndLeavesTheDatabaseSound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		size  int
		after bool   // a first night that still had room, so that the database is made
		file  string // that is named, where only one can be to blame
	}{
		{0, false, "findings.db"}, {20_000, false, "findings.db"},
		{60_000, true, ""}, {300_000, true, ""},
	} {
		t.Run(fmt.Sprintf("%d after %t", c.size, c.after), func(t *testing.T) {
			t.Parallel()
			world, g, dir := startWorld(t), startGate(t), t.TempDir()
			small, large := write(t, g.url+"\n", dir, "small.txt"), write(t, world.Seeds(), dir, "large.txt")
			if c.after {
				mustRun(t, 0, crawlArgs(small, dir)...)
			}
			p := startProcess(t, "ewgwatch-on-a-full-disk", append([]string{strconv.Itoa(c.size)}, crawlArgs(large, dir)...)...)
			<-p.ended
			t.Log(p.stderr.String())
			if code := p.ProcessState.ExitCode(); code != exitFailed {
				t.Errorf("exit code %d, want %d\n%s", code, exitFailed, p.stdout.String())
			}
			if said := p.stderr.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, c.file) || !strings.Contains(said, "file too large") {
				t.Errorf("says %q, want one line with the file %s and the cause", said, c.file)
			}
			if !c.after {
				mustRun(t, 0, crawlArgs(small, dir)...)
				return
			}
			checkSound(t, dir)
			checkCaptures(t, dir)
			mustRun(t, exitPartial, crawlArgs(large, dir)...)
			checkSound(t, dir)
			checkCaptures(t, dir)
		})
	}
}
