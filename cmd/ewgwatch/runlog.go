package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/runlog"
)

func (f folder) runLog() string { return filepath.Join(string(f), "runs.log") }

func (f folder) stamps() string { return filepath.Join(string(f), "stamps") }

// stampFile is where the time stamp of a line of the log is kept.
func (f folder) stampFile(line runlog.Line) string {
	return filepath.Join(f.stamps(), fmt.Sprintf("%06d-%s.tsr", line.Seq, line.Sum[:12]))
}

// chronicle writes a night into the log of runs. The database is held meanwhile.
type chronicle struct {
	app    *app
	folder folder
	now    func() time.Time
	log    runlog.Log
}

// openChronicle reads the log, cuts what killed runs left of torn records, and logs
// the files that no entry names yet: those of such runs, and of other commands. It
// runs before the night writes its first record.
func (n *night) openChronicle(evidence *archive.Archive) (*chronicle, error) {
	log, err := runlog.Read(n.folder.runLog())
	if err != nil {
		return nil, err
	}
	if len(log.Faults) > 0 {
		n.app.log.Warn("the log of runs was changed; ewgwatch verify --log says more", "file", log.Path, "fault", log.Faults[0].Error(), "faults", len(log.Faults))
	}
	c := &chronicle{app: n.app, folder: n.folder, now: n.now, log: log}
	cuts, err := evidence.Repair(log.Named())
	for _, cut := range cuts {
		n.app.log.Warn("a killed run left a torn record, which was cut off", "file", cut.File, "offset", cut.Offset, "bytes", cut.Bytes, "kept_as", cut.Kept)
	}
	if err != nil {
		return nil, err
	}
	files, err := c.fresh(evidence.Owns)
	if err == nil && len(files) > 0 {
		err = c.log.Append(runlog.Entry{Kind: runlog.Recovered, Program: "ewgwatch/" + version(), Written: n.now().UTC(), Files: files})
	}
	return c, err
}

// fresh are the files of the archive that no entry names, but those left out.
func (c *chronicle) fresh(leftOut func(name string) bool) ([]runlog.File, error) {
	names, err := archive.Files(c.folder.archive())
	if err != nil {
		return nil, err
	}
	files, named := []runlog.File{}, c.log.Named()
	for _, name := range names {
		if named(name) || leftOut(name) {
			continue
		}
		file, err := runlog.Hash(c.folder.archive(), name)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// end logs the run, whose files are closed.
func (c *chronicle) end(run ewgwatch.Run) error {
	findings := 0
	for _, source := range run.Coverage {
		findings += source.Findings
	}
	files, err := c.fresh(func(string) bool { return false })
	if err != nil {
		return err
	}
	return c.log.Append(runlog.Entry{
		Kind: runlog.Run, Run: run.ID, Started: run.StartedAt, Ended: run.EndedAt, Complete: run.Complete, Findings: findings, Sources: len(run.Coverage),
		Program: "ewgwatch/" + version(), Rules: run.Rules, Written: c.now().UTC(), Files: files,
	})
}

const (
	maxStamps    = 20               // lines are stamped after one run, where more are not
	stampTimeout = 20 * time.Second // for one answer
	maxStamping  = time.Minute      // for all of them: the database is held meanwhile
)

// stamp has an authority stamp lines that are not, the last first: it says of all
// before it that they existed. That it cannot is no error: it is noted, and tried
// again after the next run.
func (c *chronicle) stamp(ctx context.Context, authority *timeAuthority) {
	if authority == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, maxStamping)
	defer cancel()
	left := maxStamps
	for _, line := range slices.Backward(c.log.Lines) {
		if _, err := os.Stat(c.folder.stampFile(line)); err == nil {
			continue
		}
		if left--; left < 0 {
			return
		}
		if err := c.stampLine(ctx, authority, line); err != nil {
			c.app.log.Warn("no time stamp was had; the next run tries again", "line", line.Seq, "error", err)
			return
		}
	}
}

func (c *chronicle) stampLine(ctx context.Context, authority *timeAuthority, line runlog.Line) error {
	reply, err := authority.get(ctx, line.Text)
	if err != nil {
		return err
	}
	path := c.folder.stampFile(line)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	_, err = writeWhole(path, 0o600, func(w io.Writer) error { _, err := w.Write(reply); return err })
	return err
}
