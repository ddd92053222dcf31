package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/bundle"
	"ewgwatch/extract"
	"ewgwatch/runlog"
)

func (a *app) bundleCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "bundle FINDING... -o DIR",
		Short: "Make a folder by which a stranger can check findings",
		Long: `bundle writes a folder with the evidence of findings: the archived records, the
pages as received and as text with the quotes marked, and a guide that leads
through checking them with sha256sum and a browser, without this program and
without a network.`,
		Example: `  ewgwatch bundle f_0123456789abcdef0123456789abcdef -o evidence`,
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.bundle(cmd.Context(), args, dir, time.Now()) },
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "folder to make; it must not exist")
	return cmd
}

func (a *app) bundle(ctx context.Context, ids []string, dir string, now time.Time) error {
	if dir == "" {
		return usage(errors.New("want the folder to make: -o DIR"))
	}
	data, err := a.data()
	if err != nil {
		return err
	}
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var findings []ewgwatch.Finding
	for _, id := range ids {
		f, err := findingOf(s, id)
		if err != nil {
			return err
		}
		findings = append(findings, f)
	}
	r, err := newRecapture(ctx, data, s)
	if err != nil {
		return err
	}
	pages, err := r.pages(ctx, findings)
	if err != nil {
		return err
	}
	beside, err := data.timeProofs(pages)
	if err != nil {
		return err
	}
	about := bundle.About{Program: "ewgwatch " + version(), Rules: extract.Rules(), Made: now, Beside: beside}
	if err := bundle.Write(dir, pages, about); err != nil {
		return err
	}
	if !a.quiet {
		fmt.Fprintf(a.out, "%s: %d findings in %d pages; open README.html in it\n", dir, len(findings), len(pages))
	}
	return nil
}

// pages are the pages of findings, each with all of them that it holds.
func (r *recapture) pages(ctx context.Context, findings []ewgwatch.Finding) ([]bundle.Page, error) {
	var order []ewgwatch.Capture
	by := map[ewgwatch.Capture][]ewgwatch.Finding{}
	for _, f := range findings {
		if f.Capture.File == "" {
			return nil, fmt.Errorf("finding %s: its site asks that no copy be offered, so none was kept: %w", f.ID, fs.ErrNotExist)
		}
		if by[f.Capture] == nil {
			order = append(order, f.Capture)
		}
		by[f.Capture] = append(by[f.Capture], f)
	}
	var pages []bundle.Page
	for _, capture := range order {
		page, err := r.bundled(ctx, capture, by[capture])
		if err != nil {
			return nil, fmt.Errorf("finding %s: %w", by[capture][0].ID, err)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

func (r *recapture) bundled(ctx context.Context, capture ewgwatch.Capture, findings []ewgwatch.Finding) (bundle.Page, error) {
	record, err := archive.Read(r.dir, capture)
	if err != nil {
		return bundle.Page{}, err
	}
	records, err := archive.Raw(r.dir, capture)
	if err != nil {
		return bundle.Page{}, err
	}
	again, err := r.read(ctx, record, capture, findings[0].Source)
	if err != nil {
		return bundle.Page{}, err
	}
	return bundle.Page{
		Findings: findings, Article: again.article, Fetched: again.page.FetchedAt, Records: records, Received: record.Payload, Decoded: again.page.Body,
	}, nil
}

// timeProofs are the log of runs and, for each archive file of the pages, the first
// time stamp of a line that follows from the one that names it, with that line.
func (f folder) timeProofs(pages []bundle.Page) (map[string][]byte, error) {
	text, err := os.ReadFile(f.runLog())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	log, failed := runlog.Read(f.runLog())
	if err := errors.Join(err, failed); err != nil {
		return nil, err
	}
	beside := map[string][]byte{"runs.log": text}
	for _, page := range pages {
		named := false
		for _, line := range log.Lines {
			named = named || slices.ContainsFunc(line.Files, func(of runlog.File) bool { return of.Name == page.Findings[0].Capture.File })
			reply, err := os.ReadFile(f.stampFile(line))
			if !named || err != nil {
				continue
			}
			beside[fmt.Sprintf("line-%d.tsr", line.Seq)] = reply
			beside[fmt.Sprintf("line-%d.json", line.Seq)] = line.Text
			break
		}
	}
	return beside, nil
}
