package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ewgwatch/archive"
	"ewgwatch/internal/plain"
	"ewgwatch/runlog"
	"ewgwatch/runlog/stamp"
	"ewgwatch/store"
)

// verifyLog holds the log of runs against itself, the archive, the time stamps and,
// where it is given, the hash that its last line had.
func (a *app) verifyLog(ctx context.Context, head string) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	wishes, err := data.settings(ctx)
	if err != nil {
		return err
	}
	roots, err := data.stampRoots(wishes)
	if err != nil {
		return err
	}
	files, err := archive.Files(data.archive())
	if err != nil {
		return err
	}
	v, err := runlog.Verify(data.runLog(), data.archive(), files)
	if err != nil {
		return err
	}
	if len(v.Lines) == 0 && len(v.Torn) == 0 {
		return fmt.Errorf("%s: %w; a crawl begins it", data.runLog(), fs.ErrNotExist)
	}
	stamps := a.verifyStamps(data, &v, roots)
	v.Faults = append(v.Faults, headFaults(v.Log, head)...)
	a.tellLog(v, stamps)
	switch {
	case len(v.Faults) > 0:
		return fmt.Errorf("%w: %d faults in %s", errUnproved, len(v.Faults), data.runLog())
	case (len(v.Unseen) > 0 || len(v.Torn) > 0) && store.Held(data.database()) == nil:
		return errPartial
	}
	return nil
}

// headFaults holds a log against the hash of a line that somebody kept elsewhere.
func headFaults(l runlog.Log, head string) []runlog.Fault {
	head = strings.ToLower(strings.TrimSpace(head))
	if head == "" {
		return nil
	}
	for _, line := range l.Lines {
		if line.Sum == head {
			return nil
		}
	}
	return []runlog.Fault{{What: fmt.Sprintf("no line has the hash %.64q: it was changed, or cut off the end", head)}}
}

// stamped says how the lines stand with time stamps.
type stamped struct {
	count int
	last  runlog.Line
	stamp stamp.Stamp // of last
}

func (a *app) verifyStamps(data folder, v *runlog.Verified, roots *x509.CertPool) (all stamped) {
	for i, line := range v.Lines {
		reply, err := os.ReadFile(data.stampFile(line))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var s stamp.Stamp
		if err == nil {
			s, err = stamp.Check(reply, line.Text, roots)
		}
		if err != nil {
			v.Faults = append(v.Faults, runlog.Fault{Line: i + 1, What: fmt.Sprintf("%s: %v", data.stampFile(line), err)})
			continue
		}
		all.count, all.last, all.stamp = all.count+1, line, s
	}
	v.Faults = append(v.Faults, orphans(data, v.Log)...)
	return all
}

// orphans finds stamps of lines that are gone: a stamp outlives what it is of.
func orphans(data folder, l runlog.Log) (faults []runlog.Fault) {
	kept, err := os.ReadDir(data.stamps())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return []runlog.Fault{{What: err.Error()}}
	}
	of := map[string]bool{}
	for _, line := range l.Lines {
		of[filepath.Base(data.stampFile(line))] = true
	}
	for _, entry := range kept {
		if name := entry.Name(); strings.HasSuffix(name, ".tsr") && !of[name] {
			faults = append(faults, runlog.Fault{What: fmt.Sprintf("the time stamp %q is of a line that is gone: it was changed, or cut off the end", name)})
		}
	}
	return faults
}

func (a *app) tellLog(v runlog.Verified, stamps stamped) {
	for _, fault := range v.Faults {
		fmt.Fprintf(a.out, "%s: %s\n", v.Path, plain.Line(fault.Error()))
	}
	if a.quiet {
		return
	}
	fmt.Fprintf(a.out, "%s\n  lines                               %d\n  archive files that are what it says %d\n", v.Path, len(v.Lines), v.Files)
	if len(v.Torn) > 0 {
		fmt.Fprint(a.out, "  The last line is torn: its writer was killed. The next crawl puts it aside.\n")
	}
	if len(v.Unseen) > 0 {
		fmt.Fprintf(a.out, "  archive files in no line yet        %d: a crawl is running or was killed, or another command wrote them. The next crawl logs them.\n", len(v.Unseen))
	}
	if stamps.count > 0 {
		fmt.Fprintf(a.out, "  lines with a time stamp             %d, the last of them line %d: %s, by %s\n", stamps.count, stamps.last.Seq, stamps.stamp.At.Format(time.RFC3339), plain.Line(stamps.stamp.By))
	}
	if n := len(v.Lines); n > 0 {
		fmt.Fprintf(a.out, "  head                                line %d, sha256 %s\n", n, v.Head())
		fmt.Fprint(a.out, "That no line was cut off the end, only a time stamp can show, or this hash where it is\nkept elsewhere: ewgwatch verify --head HASH.\n")
	}
}
