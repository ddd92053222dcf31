package bundle

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// Page is one archived page and what was found in it.
type Page struct {
	Findings []ewgwatch.Finding // at least one, all of one capture
	Article  ewgwatch.Article   // as read again for the bundle
	Fetched  time.Time
	Records  []byte // the page's records, as they lie in the archive
	Received []byte // the payload as received: what Capture.SHA256 is of
	Decoded  []byte // without content coding, in the page's own charset
}

// About says who made a bundle.
type About struct {
	Program string // name and version
	Rules   string // by which the pages were read again
	Made    time.Time
	Beside  map[string][]byte // further files by name: the log of runs, time stamps
}

// Write makes the folder dir, which must not exist, whole or not at all.
func Write(dir string, pages []Page, about About) (err error) {
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("bundle %s: it exists already", dir)
	}
	temporary, err := os.MkdirTemp(filepath.Dir(dir), ".bundle-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary) // it is gone where all went well
	b := binder{dir: temporary}
	b.all(pages, about)
	if b.err != nil {
		return fmt.Errorf("bundle %s: %w", dir, b.err)
	}
	if err := os.Chmod(temporary, 0o755); err != nil { // it is made to be handed on
		return err
	}
	return os.Rename(temporary, dir)
}

// binder writes files and remembers their hashes, until something fails.
type binder struct {
	dir  string
	sums []string
	err  error
}

func (b *binder) all(pages []Page, about About) {
	guide := guide{About: about}
	for i, page := range pages {
		guide.Pages = append(guide.Pages, b.page(fmt.Sprintf("page-%d", i+1), page))
	}
	for name, data := range about.Beside {
		b.write(name, data)
		guide.Others = append(guide.Others, name)
	}
	slices.Sort(guide.Others)
	b.write("README.html", b.render("guide.html", guide))
	slices.SortFunc(b.sums, func(x, y string) int { return strings.Compare(x[sha256.Size*2:], y[sha256.Size*2:]) })
	b.write("SHA256SUMS", []byte(strings.Join(b.sums, "")))
}

func (b *binder) page(folder string, page Page) sheet {
	s := sheetOf(folder, page)
	b.write(folder+"/record.warc.gz", page.Records)
	b.write(folder+"/received.bin", page.Received)
	b.write(folder+"/decoded.txt", page.Decoded)
	b.write(folder+"/text.txt", []byte(page.Article.Title+"\n\n"+page.Article.Text+"\n"))
	b.write(folder+"/quotes.html", b.render("quotes.html", s))
	for _, f := range page.Findings {
		b.write(folder+"/"+f.ID+".json", b.json(f))
	}
	return s
}

// json is a finding for people and programs.
func (b *binder) json(f ewgwatch.Finding) []byte {
	text, err := json.MarshalIndent(factsOf(f), "", "  ")
	if err != nil {
		b.err = errors.Join(b.err, err)
	}
	return append(text, '\n')
}

func (b *binder) write(name string, data []byte) {
	if b.err != nil {
		return
	}
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if b.err = os.MkdirAll(filepath.Dir(path), 0o755); b.err != nil { // it is made to be handed on
		return
	}
	b.err = os.WriteFile(path, data, 0o644) // likewise
	b.sums = append(b.sums, fmt.Sprintf("%x  %s\n", sha256.Sum256(data), name))
}
