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
func onePage(info string, lines ...string) []byte {
	content := "BT /F1 12 Tf 14 TL 50 750 Td"
	for _, line := range lines {
		content += fmt.Sprintf(" (%s) Tj T*", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line))
	}
	content += " ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< " + info + " >>",
	}
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
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
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
