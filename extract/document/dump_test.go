package document

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func pathOf(n *html.Node) string {
	var parts []string
	for up := n; up != nil && len(parts) < 6; up = up.Parent {
		if up.Type == html.ElementNode {
			parts = append(parts, up.Data+"."+strings.Join(strings.Fields(clipBytes(attr(up, "class"), 60)), "."))
		}
	}
	return strings.Join(parts, " < ")
}

func writeDump(t *testing.T, dir string, tr truth, source string, f1 float64) {
	p, _ := open(source, Options{URL: tr.URL})
	for _, next := range steps {
		next(p)
	}
	var h1s []string
	q, _ := open(source, Options{URL: tr.URL})
	for _, n := range q.survey.h1s {
		h1s = append(h1s, squeeze(textOf(n)))
	}
	type line struct {
		Text, Path string
		Linked     float64
	}
	var lines []line
	for _, b := range p.blocks {
		lines = append(lines, line{b.text, pathOf(b.node), b.linkShare()})
	}
	b, err := json.Marshal(map[string]any{"file": tr.File, "url": tr.URL, "set": tr.Source, "f1": f1, "want": tr, "have": p.doc, "lines": lines, "claimed": p.claimedTitles(), "h1s": h1s, "tagtitle": p.survey.title, "ogt": p.survey.meta("og:title"), "site": p.doc.SiteName})
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(filepath.Base(tr.File), ".html.gz")
	if err := os.WriteFile(filepath.Join(dir, name+".json"), b, 0o644); err != nil {
		t.Fatal(err)
	}
}
