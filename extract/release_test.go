package extract

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/extract/pdf"
)

// onePage makes a PDF of lines in a font every reader has.
func onePage(info string, lines ...string) []byte { return paged(info, lines) }

// paged makes a PDF of pages of lines.
func paged(info string, pages ...[]string) []byte {
	var kids string
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", "<< " + info + " >>"}
	for _, lines := range pages {
		n := len(objects)
		kids += fmt.Sprintf("%d 0 R ", n+1)
		content := "BT /F1 12 Tf 14 TL 50 750 Td"
		for _, line := range lines {
			content += fmt.Sprintf(" (%s) Tj T*", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line))
		}
		content += " ET"
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", n+2),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func TestAReleaseAsPDFIsRead(t *testing.T) {
	body := onePage("/CreationDate (D:20230828120000Z)", "Field exercise ends in Primorye", "26 September 2023",
		"Laos took part in the field exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism in Russia.")
	page := ewgwatch.Page{FinalURL: "https://www.mod.gov.la/release.pdf", Body: body}
	article, err := Article(t.Context(), page, Options{Now: time.Date(2023, 10, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if article.Title != "Field exercise ends in Primorye" || article.Published.String() != "2023-09-26" || article.Source.State != ewgwatch.Laos {
		t.Errorf("title %q, published %s by %s, state %s", article.Title, article.Published, article.Published.Rule, article.Source.State)
	}
	found := false
	for _, f := range Findings(article, Options{}).Findings {
		found = found || f.State == ewgwatch.Laos && f.Stance == ewgwatch.Attended
	}
	if !found {
		t.Errorf("no finding for Laos in %q", article.Text)
	}
}

func TestAPDFWithoutADateTakesTheDayItWasMade(t *testing.T) {
	article, err := Article(t.Context(), ewgwatch.Page{Body: onePage("/CreationDate (D:20230828120000Z)", "A line", "Another line")}, Options{})
	if err != nil || article.Published.String() != "2023-08-28T12:00:00Z" || article.Published.Rule != "pdf metadata" {
		t.Errorf("published %s by %s, %v", article.Published, article.Published.Rule, err)
	}
}

func TestAScanIsAnErrorAndNoEmptyArticle(t *testing.T) {
	if _, err := Article(t.Context(), ewgwatch.Page{Body: onePage("")}, Options{}); !errors.Is(err, pdf.ErrScan) {
		t.Errorf("error is %v", err)
	}
}

func TestAQuoteOfAPDFHasItsPage(t *testing.T) {
	said := func(state string) string {
		return state + " took part in the field exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism in Russia."
	}
	body := paged("", []string{"Field exercise ends in Primorye", "26 September 2023", said("Laos")}, []string{"Nothing is said on this page."}, []string{said("Vietnam")})
	article, err := Article(t.Context(), ewgwatch.Page{Body: body}, Options{})
	if err != nil || len(article.Pages) != 3 || strings.ContainsAny(article.Text, "\f") {
		t.Fatalf("pages at %v of %q, %v", article.Pages, article.Text, err)
	}
	pages := map[ewgwatch.State]int{}
	for _, f := range Findings(article, Options{}).Findings {
		if f.Stance == ewgwatch.Attended {
			pages[f.State] = f.QuotePage
		}
	}
	if pages[ewgwatch.Laos] != 1 || pages[ewgwatch.Vietnam] != 3 {
		t.Errorf("quotes stand on pages %v, want Laos on 1 and Vietnam on 3", pages)
	}
}
