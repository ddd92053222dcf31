// Package pdf reads the text of a PDF: page by page, in paragraphs, in the
// order a reader takes them.
//
//	body -> objects (file.go, scanner.go, filter.go, crypt.go)
//	     -> pages, and what each page shows (page.go, show.go, marked.go, font.go, cmap.go)
//	     -> lines and paragraphs (line.go, paragraph.go, letters.go)
//
// It is on the standard library and x/text, as no library that could be used
// kept the clusters of Khmer and Thai, and most could be brought down by one
// small file; testdata/README.md has the measurements.
//
// It draws nothing, recognises no letters in pictures ([ErrScan] tells of
// them), fills in no forms, opens no attachments, and asks for no password: a
// file that opens without one is read. It does no I/O and knows no clock.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Caps on one file. A release of a ministry is a few pages and under 10 MB.
const (
	MaxBody  = 64 << 20 // bytes
	MaxPages = 2000
	MaxText  = 20 << 20 // bytes of text, over all pages
)

var (
	// ErrScan is returned where no page has any text: pictures of paper, or
	// fonts that do not say which letters they draw.
	ErrScan = errors.New("pdf without text")
	// ErrDamaged is returned where no pages can be found, and where a file is
	// over a cap.
	ErrDamaged = errors.New("pdf cannot be read")
	// ErrEncrypted is returned for a file that asks for a password.
	ErrEncrypted = errors.New("pdf asks for a password")
)

// Document is what a PDF says.
type Document struct {
	Title   string    // from its metadata; "" where it has none
	Pages   []string  // the text of each page, paragraphs parted by "\n", in NFC; "" for a page without text
	Created time.Time // from its metadata, UTC where that names no zone; zero where unknown
	Lang    string    // a BCP 47 tag as the file gives it, not checked; "" where it gives none
}

// Text reads a PDF. The error is or wraps [ErrScan], [ErrDamaged],
// [ErrEncrypted] or the context's; with ErrScan the rest of the Document holds.
// A page past [MaxPages] or [MaxText] is ErrDamaged, not left out in silence.
func Text(ctx context.Context, body []byte) (doc Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = Document{}, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	if len(body) > MaxBody {
		return Document{}, fmt.Errorf("%w: %d bytes, over %d", ErrDamaged, len(body), MaxBody)
	}
	f, err := open(ctx, body)
	if err != nil {
		return Document{}, err
	}
	pages := f.pages()
	switch {
	case len(pages) == 0:
		return Document{}, fmt.Errorf("%w: no pages found", ErrDamaged)
	case len(pages) > MaxPages:
		return Document{}, fmt.Errorf("%w: more than %d pages", ErrDamaged, MaxPages)
	}
	doc = f.describe()
	doc.Pages, err = f.read(ctx, pages)
	return doc, err
}

// read returns the text of each page.
func (f *file) read(ctx context.Context, pages []page) ([]string, error) {
	texts, size := make([]string, len(pages)), 0
	fonts := map[ref]*font{}
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		glyphs, err := f.show(ctx, p, fonts)
		if err != nil {
			return nil, err
		}
		texts[i] = norm.NFC.String(mend(layOut(glyphs)))
		if size += len(texts[i]); size > MaxText {
			return nil, fmt.Errorf("%w: more than %d bytes of text", ErrDamaged, MaxText)
		}
	}
	if !readable(texts) {
		return texts, ErrScan
	}
	return texts, nil
}

// readable tells text from nothing, and from a file whose letters are mostly
// unknown.
func readable(texts []string) bool {
	known, unknown := 0, 0
	for _, t := range texts {
		bad := strings.Count(t, "\uFFFD")
		unknown += bad
		known += len(strings.TrimSpace(t)) - bad*len("\uFFFD")
	}
	return known > 0 && known > unknown
}
