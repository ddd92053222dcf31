package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"ewgwatch/extract/charset"
	"ewgwatch/extract/dates"
	"ewgwatch/extract/document"
	"ewgwatch/extract/lang"
	"ewgwatch/extract/lexicon"
	"ewgwatch/extract/pdf"
	"ewgwatch/extract/wire"
)

// edition counts changes of the reading code itself, which no hash over data
// files sees. Raise it when the same page may give other findings.
const edition = "4"

// Rules names the rules of reading in force: a hash over edition, catalogue and
// the data files of every package that reads. It is kept with every run, so
// that a finding can be told from one that other rules would give.
var Rules = sync.OnceValue(func() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s", edition, catalogueTSV, chairsTSV)
	all := ruleFiles()
	for _, pkg := range slices.Sorted(maps.Keys(all)) {
		if err := writeFiles(h, all[pkg]); err != nil {
			panic(err) // embedded files can always be read
		}
	}
	return edition + "-" + hex.EncodeToString(h.Sum(nil)[:8])
})

// ruleFiles is the data of every package that reads, by the package's name.
func ruleFiles() map[string]fs.FS {
	return map[string]fs.FS{
		"charset": charset.Data(), "dates": dates.Data(), "document": document.Data(),
		"lang": lang.Data(), "lexicon": lexicon.Data(), "pdf": pdf.Data(), "wire": wire.Data(),
	}
}

// writeFiles writes every file with its name and length, in the order of names.
func writeFiles(w io.Writer, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err == nil {
			_, err = fmt.Fprintf(w, "%s\x00%d\x00%s", name, len(text), text)
		}
		return err
	})
}
