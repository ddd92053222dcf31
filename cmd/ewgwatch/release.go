package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
)

// The files of a release that are read again.
const (
	releaseRows     = "findings.jsonl"
	releaseManifest = "manifest.json"
)

func (f folder) releases() string           { return filepath.Join(string(f), "releases") }
func (f folder) release(name string) string { return filepath.Join(f.releases(), name) }

// releaseName keeps the name of a release one part of a path, on every system, and
// out of the way of the hidden ones that are under way.
var releaseName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$`)

func checkReleaseName(name string) error {
	if !releaseName.MatchString(name) {
		return usage(fmt.Errorf("release: want a name of letters, digits, . _ and - (at most 100, no . in front), have %q", name))
	}
	return nil
}

// errMoved is returned where the findings changed between two files of a release.
var errMoved = coded{errors.New("findings changed while the release was made; nothing was kept of it: try again when the crawl has ended"), exitTemporary}

// release is one that is being made in a folder of its own.
type release struct {
	dir   string
	files []releaseFile
}

// freeze makes a release: whole under its name, or not at all.
func (c *corpus) freeze(ctx context.Context, in folder, name string, now time.Time) (m manifest, err error) {
	if _, err := os.Lstat(in.release(name)); err == nil {
		return m, fmt.Errorf("release %s: there is one of this name; releases never change", name)
	}
	if taken, is := c.store.Snapshot(); is && c.filter.query.AsOf.After(taken) {
		return m, fmt.Errorf("release %s: all that can be read is a backup of %s, which knows nothing of later: name that time or an earlier one with --as-of", name, taken.UTC().Format(time.RFC3339))
	}
	dir, err := partOf(in, now)
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(dir) // gone already where all went well
	r := &release{dir: dir}
	if m, err = r.fill(ctx, c, name, now); err != nil {
		return m, fmt.Errorf("release %s: %w", name, err)
	}
	if err := errors.Join(syncFolder(dir), os.Rename(dir, in.release(name))); err != nil {
		return m, fmt.Errorf("release %s: %w", name, err)
	}
	return m, errors.Join(syncFolder(in.releases()), syncFolder(string(in)))
}

// partOf makes the folder of a release under way, and takes those away that killed
// processes left a day ago.
func partOf(in folder, now time.Time) (string, error) {
	const part = ".part-"
	if err := os.MkdirAll(in.releases(), 0o700); err != nil {
		return "", err
	}
	left, err := os.ReadDir(in.releases())
	if err != nil {
		return "", err
	}
	for _, entry := range left {
		if at, err := entry.Info(); err != nil || !strings.HasPrefix(entry.Name(), part) || now.Sub(at.ModTime()) < 24*time.Hour {
			continue
		}
		if err := os.RemoveAll(in.release(entry.Name())); err != nil {
			return "", err
		}
	}
	return os.MkdirTemp(in.releases(), part)
}

func (r *release) fill(ctx context.Context, c *corpus, name string, now time.Time) (manifest, error) {
	matrix, err := c.ledger(ctx)
	if err != nil {
		return manifest{}, err
	}
	options := export.Options{Standing: matrix.Standing, Believed: c.belief.finding}
	if err := r.findings(ctx, c, options); err != nil {
		return manifest{}, err
	}
	if err := r.tables(ctx, c, matrix, options); err != nil {
		return manifest{}, err
	}
	m := c.manifest(name, nil, now)
	m.Escaping, m.Files = apostrophe, slices.Clone(r.files)
	cite := func(w io.Writer) (int, error) { _, err := io.WriteString(w, m.citation()); return 0, err }
	tell := func(w io.Writer) (int, error) { return 0, m.write(w) }
	return m, errors.Join(r.put(releaseManifest, tell), r.put("CITATION.txt", cite), r.sums())
}

// findings writes them twice, and makes sure that both files have the same, on
// which the ledger rests too: a crawl may go on meanwhile.
func (r *release) findings(ctx context.Context, c *corpus, options export.Options) error {
	for _, f := range []struct {
		name  string
		write func(io.Writer, iter.Seq2[ewgwatch.Finding, error], export.Options) (int, error)
	}{{"findings.csv", export.CSV}, {releaseRows, export.JSONL}} {
		if err := r.put(f.name, func(w io.Writer) (int, error) { return f.write(w, c.findings(ctx), options) }); err != nil {
			return err
		}
		if c.pass.sum() != c.sum {
			return errMoved
		}
	}
	return nil
}

// tables writes what goes beside the findings.
func (r *release) tables(ctx context.Context, c *corpus, matrix *ledger.Ledger, options export.Options) error {
	findings, err := export.Findings(nil, options)
	if err != nil {
		return err
	}
	sources, err := c.sourceTable(ctx)
	if err != nil {
		return err
	}
	tables := []export.Table{c.ledgerTable(matrix), sources, c.runTable()}
	tables = append(tables, export.Dictionary(append([]export.Table{findings}, tables...)...))
	for _, t := range tables {
		if err := r.put(t.Name+".csv", func(w io.Writer) (int, error) { return t.CSV(w, export.Options{}) }); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file of the release.
func (r *release) put(name string, write func(w io.Writer) (rows int, err error)) error {
	var rows int
	written, err := writeWhole(filepath.Join(r.dir, name), 0o600, func(w io.Writer) (err error) {
		rows, err = write(w)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	r.files = append(r.files, releaseFile{Name: name, Rows: rows, Bytes: written.Bytes, SHA256: written.SHA256})
	return nil
}

// sums writes the hashes as sha256sum -c reads them.
func (r *release) sums() error {
	var text strings.Builder
	for _, f := range r.files {
		fmt.Fprintf(&text, "%s  %s\n", f.SHA256, f.Name)
	}
	_, err := writeWhole(filepath.Join(r.dir, "SHA256SUMS"), 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, text.String())
		return err
	})
	return err
}

// citation suggests how to cite a release.
func (m manifest) citation() string {
	asOf := m.WrittenAt
	if m.AsOf != nil {
		asOf = *m.AsOf
	}
	var hash string
	for _, f := range m.Files {
		if f.Name == releaseRows {
			hash = f.SHA256
		}
	}
	cited := fmt.Sprintf("ewgwatch (version %s). Findings on the activities of the ADMM-Plus Experts' Working Group on Counter-Terrorism, release %s, as believed on %s. %d findings, %d nights of reading; schema %s. SHA-256 of %s: %s.",
		m.Program, m.Name, asOf.Format("2 January 2006, 15:04:05 UTC"), m.Rows, len(m.Coverage), m.Schema, releaseRows, hash)
	return strings.Join(plain.Wrap(cited, 78), "\n") + "\n"
}

// listReleases returns the manifests of the releases there are, the oldest first,
// and what keeps others from being read.
func listReleases(in folder) (all []manifest, err error) {
	var errs []error
	entries, err := os.ReadDir(in.releases())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, entry := range entries {
		if !entry.IsDir() || !releaseName.MatchString(entry.Name()) {
			continue
		}
		m, err := readManifest(in, entry.Name())
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b manifest) int { return a.WrittenAt.Compare(b.WrittenAt) })
	return all, errors.Join(errs...)
}

func readManifest(in folder, name string) (m manifest, err error) {
	if err := checkReleaseName(name); err != nil {
		return m, err
	}
	path := filepath.Join(in.release(name), releaseManifest)
	text, err := os.ReadFile(path)
	if err != nil {
		return m, fmt.Errorf("release %s: %w", name, err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("release %s: read %s: %w", name, path, err)
	}
	return m, nil
}
