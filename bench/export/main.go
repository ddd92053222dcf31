// Command export holds `ewgwatch export` against `sqlite3 -csv` on the same rows.
//
//	go run ./bench/million -dir DIR
//	go run ./bench/export -dir DIR [-rounds 5]
//
// SQLite gets the rows from an export, every column as text. Both write to
// /dev/null, in turn. It prints medians, ratios and the most memory of its own
// that each needed.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ewgwatch/export"
)

func main() {
	dir := flag.String("dir", "", "folder that bench/million filled")
	rounds := flag.Int("rounds", 5, "how often")
	flag.Parse()
	if err := run(context.Background(), *dir, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "export:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, rounds int) (err error) {
	if dir == "" {
		return errors.New("want -dir")
	}
	work, err := os.MkdirTemp(dir, "export-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	program, csv, lite := filepath.Join(work, "ewgwatch"), filepath.Join(work, "all.csv"), filepath.Join(work, "all.sqlite")
	if err := do(ctx, "go", "build", "-o", program, "./cmd/ewgwatch"); err != nil {
		return err
	}
	if err := do(ctx, program, "export", "--quiet", "--data", dir, "-o", csv); err != nil {
		return err
	}
	if err := do(ctx, "sqlite3", lite, ".import --csv "+csv+" findings"); err != nil {
		return err
	}
	count, err := exec.CommandContext(ctx, "sqlite3", lite, "SELECT COUNT(*) FROM findings").Output()
	if err != nil {
		return err
	}
	rows := 0
	if _, err := fmt.Sscan(string(count), &rows); err != nil {
		return err
	}
	return compare(ctx, rows, rounds, program, dir, lite)
}

// compare times three programs in turn. What the findings of a claim say together
// is no column of a database: ours writes all columns, and all but those two.
func compare(ctx context.Context, rows, rounds int, program, dir, lite string) error {
	kept := slices.DeleteFunc(export.Columns(), func(name string) bool { return name == "independent_sources" || name == "contradicted" })
	names := strings.Join(kept, ",")
	ours, whole, theirs := &contender{name: "ewgwatch export"}, &contender{name: "with standing"}, &contender{name: "sqlite3 -csv"}
	for range rounds {
		if err := errors.Join(
			ours.time(ctx, program, "export", "--data", dir, "--columns", names),
			theirs.time(ctx, "sqlite3", "-csv", "-header", lite, "SELECT "+names+" FROM findings"),
			whole.time(ctx, program, "export", "--data", dir)); err != nil {
			return err
		}
	}
	for _, c := range []*contender{ours, whole, theirs} {
		fmt.Fprintf(os.Stdout, "%-16s %8.0f rows/s  %4d MB at most  %.2f times sqlite3\n",
			c.name, float64(rows)/c.median().Seconds(), c.memory>>20, theirs.median().Seconds()/c.median().Seconds())
	}
	return nil
}

func do(ctx context.Context, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}

// contender is a program that is timed.
type contender struct {
	name   string
	took   []time.Duration
	memory int // bytes, the most of any round
}

func (c *contender) time(ctx context.Context, name string, args ...string) error {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	run := exec.CommandContext(ctx, name, args...)
	run.Stdout, run.Stderr = null, os.Stderr
	start := time.Now()
	if err := run.Start(); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	ended := make(chan struct{})
	go c.watch(run.Process.Pid, ended)
	err = run.Wait()
	c.took = append(c.took, time.Since(start))
	ended <- struct{}{}
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	return nil
}

// watch keeps how much memory of its own a process needs: pages of a file that it
// has mapped are the system's to take back.
func (c *contender) watch(pid int, ended <-chan struct{}) {
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-ended:
			return
		case <-tick.C:
		}
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		_, rest, _ := strings.Cut(string(status), "RssAnon:")
		var kilobytes int
		if _, err := fmt.Sscan(rest, &kilobytes); err == nil {
			c.memory = max(c.memory, kilobytes<<10)
		}
	}
}

func (c *contender) median() time.Duration {
	slices.SortFunc(c.took, cmp.Compare)
	return c.took[len(c.took)/2]
}
