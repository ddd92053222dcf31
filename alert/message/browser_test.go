package message_test

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch/alert/message"
)

// A document in a frame as wide as a telephone may be no wider than that.
func TestADocumentFitsATelephone(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium here")
	}
	var frames strings.Builder
	all := alerts()
	long := contradicted()
	long.Event.Name, long.Finding.Source.Name = strings.Repeat("W", 150), strings.Repeat("Ж", 150)
	long.Finding.Quote, long.Beside[0].Finding.Title = strings.Repeat("ü", 600), strings.Repeat("界", 100)
	long.Claim.State = "A-state-that-has-a-name-of-many-letters-without-a-gap"
	all["long"] = alertOf("digest", long, planned())
	for name, alert := range all {
		m, err := message.Render(alert, desk)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&frames, `<iframe width=360 height=800 name="%s" srcdoc="%s"></iframe>`, name, html.EscapeString(m.HTML))
	}
	for name, width := range widths(t, browser, frames.String()) {
		if width > 360 {
			t.Errorf("%s is %d wide", name, width)
		}
		delete(all, name)
	}
	if len(all) > 0 {
		t.Errorf("%d documents were not measured", len(all))
	}
}

// widths are those of the documents in frames, by the names of these.
func widths(t *testing.T, browser, frames string) map[string]int {
	t.Helper()
	const measure = `<pre></pre><script>onload = () => { for (const f of document.querySelectorAll("iframe"))
document.querySelector("pre").append("\n" + f.name + " " + f.contentDocument.documentElement.scrollWidth + " wide") }</script>`
	page := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(page, []byte("<!doctype html><meta charset=utf-8><style>iframe { border: 0 }</style>"+frames+measure), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=800,1000",
		"--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+page)
	dom, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for line := range strings.SplitSeq(string(dom), "\n") {
		var name string
		var width int
		if n, _ := fmt.Sscanf(line, "%s %d wide", &name, &width); n == 2 {
			found[name] = width
		}
	}
	return found
}
