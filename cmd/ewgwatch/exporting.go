package main

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"ewgwatch/export"
)

// exporting is one export: what is written, how and where to.
type exporting struct {
	file, format string
	options      export.Options
}

// write writes a corpus.
func (e exporting) write(ctx context.Context, w io.Writer, c *corpus) (err error) {
	if e.format == "xlsx" {
		return e.workbook(ctx, w, c)
	}
	e.options.Believed = c.belief.finding
	if e.options.NeedStanding() {
		if e.options.Standing, err = c.standing(ctx); err != nil {
			return err
		}
	}
	if e.format == "jsonl" {
		_, err = export.JSONL(w, c.findings(ctx), e.options)
		return err
	}
	_, err = export.CSV(w, c.findings(ctx), e.options)
	return err
}

func (e exporting) workbook(ctx context.Context, w io.Writer, c *corpus) error {
	tables, err := c.tables(ctx, e.options)
	if err != nil {
		return err
	}
	_, err = export.XLSX(w, e.options, append(tables, export.Dictionary(tables...))...)
	return err
}

// manifestEnd is what the name of a manifest ends with, behind that of its file.
const manifestEnd = ".manifest.json"

// writeFile writes a file and the manifest beside it. What is no file, as a pipe, is
// written to as it is and has none.
func (e exporting) writeFile(ctx context.Context, c *corpus, now time.Time) error {
	if isPipe(e.file) {
		return writePipe(e.file, func(w io.Writer) error { return e.write(ctx, w, c) })
	}
	written, err := writeWhole(e.file, 0o644, func(w io.Writer) error { return e.write(ctx, w, c) })
	if err != nil {
		return err
	}
	m := c.manifest(filepath.Base(e.file), e.options.Columns, now)
	m.Format, m.SHA256, m.Bytes = e.format, written.SHA256, written.Bytes
	if e.format == "csv" && !e.options.Raw {
		m.Escaping = apostrophe
	}
	_, err = writeWhole(e.file+manifestEnd, 0o644, m.write)
	return err
}
