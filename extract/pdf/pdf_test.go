package pdf

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the text read to testdata")

func bodyOf(t testing.TB, path ...string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestPagesReadAsTheyWereWritten holds every file of testdata against the text
// it was made of; pages are parted by a form feed.
func TestPagesReadAsTheyWereWritten(t *testing.T) {
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(files) < 10 {
		t.Fatalf("fixtures: %v, %v", files, err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			doc, err := Text(t.Context(), bodyOf(t, filepath.Base(path)))
			if err != nil {
				t.Fatal(err)
			}
			have := strings.Join(doc.Pages, "\n\f") + "\n"
			golden := strings.TrimSuffix(path, ".pdf") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(have), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), have); diff != "" {
				t.Errorf("text (-want +have):\n%s", diff)
			}
		})
	}
}

func TestMetadataIsRead(t *testing.T) {
	doc, err := Text(t.Context(), bodyOf(t, "weasy-en.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	doc.Pages = nil
	want := Document{
		Title:   "ADMM-Plus counter-terrorism experts meet in Pattaya",
		Created: time.Date(2025, 6, 12, 9, 30, 0, 0, time.FixedZone("", 7*3600)),
		Lang:    "en",
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("document (-want +have):\n%s", diff)
	}
}

func TestEncryptedMetadataIsOpened(t *testing.T) {
	for _, file := range []string{"open-rc4.pdf", "open-aes128.pdf", "open-aes256.pdf"} {
		doc, err := Text(t.Context(), bodyOf(t, file))
		if err != nil || doc.Title != "untitled" || doc.Created.Year() != 2000 {
			t.Errorf("%s: title %q, created %v, %v", file, doc.Title, doc.Created, err)
		}
	}
}

func TestFilesThatCannotBeReadSayWhy(t *testing.T) {
	whole := bodyOf(t, "weasy-en.pdf")
	for _, test := range []struct {
		name string
		body []byte
		want error
	}{
		{"scan", bodyOf(t, "unread", "scan.pdf"), ErrScan},
		{"password", bodyOf(t, "unread", "password.pdf"), ErrEncrypted},
		{"empty", nil, ErrDamaged},
		{"garbage", bytes.Repeat([]byte("\x00\xffobj<<[("), 1000), ErrDamaged},
		{"a web page", []byte("<html><title>404</title></html>"), ErrDamaged},
		{"head alone", whole[:200], ErrDamaged},
		{"too long", make([]byte, MaxBody+1), ErrDamaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Text(t.Context(), test.body); !errors.Is(err, test.want) {
				t.Errorf("have %v, want %v", err, test.want)
			}
		})
	}
}

func TestScanKeepsItsTitle(t *testing.T) {
	doc, _ := Text(t.Context(), bodyOf(t, "unread", "scan.pdf"))
	if doc.Title != "Scanned" || len(doc.Pages) != 1 {
		t.Errorf("have %+v", doc)
	}
}

func TestFileWithoutItsEndIsReadAsFarAsItGoes(t *testing.T) {
	whole := bodyOf(t, "two-columns.pdf")
	cut := whole[:bytes.LastIndex(whole, []byte("xref"))-5]
	cut = cut[:bytes.LastIndex(cut, []byte("xref"))]
	doc, err := Text(t.Context(), cut)
	if err != nil || !strings.Contains(doc.Pages[0], "Malaysia and the United States chaired it") {
		t.Errorf("have %q, %v", doc.Pages, err)
	}
}

func TestEndedContextEndsTheReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Text(ctx, bodyOf(t, "weasy-en.pdf")); !errors.Is(err, context.Canceled) {
		t.Errorf("have %v", err)
	}
}

// made is a file of the objects given, numbered from 1, without a table.
func made(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer <</Root 1 0 R>>\n")
	return b.Bytes()
}

func TestHostileFilesEndSoon(t *testing.T) {
	const (
		catalog = "<</Type/Catalog/Pages 2 0 R>>"
		pages   = "<</Type/Pages/Kids[3 0 R]>>"
		page    = "<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>>"
		font    = "<</Type/Font/Subtype/Type1>>"
	)
	content := func(s string) string { return "<<>>stream\n" + s + "\nendstream" }
	for name, body := range map[string][]byte{
		"brackets":          made(catalog, pages, page, strings.Repeat("[", 20<<20)),
		"dictionaries":      made(catalog, pages, page, strings.Repeat("<</A", 5<<20)),
		"brackets shown":    made(catalog, pages, page, content(strings.Repeat("[", 20<<20)), font),
		"its own kid":       made(catalog, "<</Kids[2 0 R 2 0 R]>>", page, content(""), font),
		"its own reference": made(catalog, "2 0 R"),
		"its own form":      made(catalog, pages, page, "<</Subtype/Form>>stream\n"+strings.Repeat("/X Do ", 50)+"\nendstream"),
		"trailers":          bytes.Repeat([]byte("trailer<<"), 1<<20),
		"objects":           bytes.Repeat([]byte("1 0 obj "), 1<<20),
		"open streams":      bytes.Repeat([]byte("1 0 obj<<>>stream "), 1<<20),
		"open strings":      bytes.Repeat([]byte("1 0 obj("), 1<<20),
		"text without end":  made(catalog, pages, page, content("BT /F 9 Tf "+strings.Repeat("(AAAAAAAA)Tj ", 1<<20)), font),
		"one long string":   made(catalog, pages, page, "<</Subtype/Form>>stream\n"+strings.Repeat("/X Do ", 50)+"("+strings.Repeat("A", 8<<20)+"\nendstream"),
		"letters in rows":   made(catalog, pages, page, content("BT /F 9 Tf 9 TL "+strings.Repeat("(A)' ", 400_000)), font),
		"wide range": made(catalog, pages, page, content("BT /F 9 Tf (A)Tj"), "<</Subtype/Type0/ToUnicode 6 0 R/DescendantFonts[<</W[0 999999999 5 -9 9 9]>>]>>",
			content(strings.Repeat("1 beginbfrange <00000000> <ffffffff> <0041> endbfrange ", 1000))),
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			_, err := Text(ctx, body)
			if ctx.Err() != nil {
				t.Errorf("still reading after 20 s: %v", err)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, name := range []string{"two-columns.pdf", "object-streams.pdf", "reportlab-zh.pdf", "open-aes256.pdf"} {
		f.Add(bodyOf(f, name))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, err := Text(t.Context(), body)
		if err != nil && !errors.Is(err, ErrScan) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrEncrypted) {
			t.Errorf("an error of no kind: %v", err)
		}
		if err == nil && len(doc.Pages) == 0 {
			t.Error("no pages and no error")
		}
	})
}
