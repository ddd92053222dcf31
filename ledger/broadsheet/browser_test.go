package broadsheet

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"
)

// chromium runs a browser that reaches nothing but this machine.
func chromium(t *testing.T, args ...string) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
		defer stop()
		args = append([]string{
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + t.TempDir(),
			"--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
		}, args...)
		out, err := exec.CommandContext(ctx, path, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return string(out)
	}
	t.Skip("no chromium in PATH")
	return ""
}

// measuring shows the sheet at some widths, and says how wide it wants to be there.
const measuring = `<!DOCTYPE html><title>measuring</title><body>
<iframe src="/sheet" style="width:360px;height:800px;border:0"></iframe><iframe src="/sheet" style="width:1400px;height:1000px;border:0"></iframe>
<script>addEventListener("load", () => { for (const f of document.querySelectorAll("iframe")) {
const d = f.contentDocument; document.body.append("[" + d.documentElement.clientWidth + " " + d.documentElement.scrollWidth + " " + d.querySelectorAll("main").length + "]") } })</script>`

var measured = regexp.MustCompile(`\[(\d+) (\d+) (\d+)\]`)

func TestAPageIsNoWiderThanItsWindowAndAsksForNothing(t *testing.T) {
	var mu sync.Mutex
	asked := map[string]int{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path != "/sheet" {
			fmt.Fprint(w, measuring)
			return
		}
		if err := New(fixture(), about).HTML(w); err != nil {
			t.Error(err)
		}
	}))
	defer site.Close()
	dom := chromium(t, "--window-size=1500,900", "--virtual-time-budget=10000", "--dump-dom", site.URL)
	found := measured.FindAllStringSubmatch(dom, -1)
	if len(found) != 2 {
		t.Fatalf("%d widths were measured: %s", len(found), dom[max(0, len(dom)-500):])
	}
	for i, want := range []string{"360", "1400"} {
		window, err := strconv.Atoi(found[i][1])
		if err != nil {
			t.Fatal(err)
		}
		page, err := strconv.Atoi(found[i][2])
		if err != nil {
			t.Fatal(err)
		}
		if found[i][1] != want || page > window || found[i][3] != "1" {
			t.Errorf("at %s: the window is %d wide, the page %d, with %s mains", want, window, page, found[i][3])
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for path := range asked {
		if path != "/" && path != "/sheet" && path != "/favicon.ico" {
			t.Errorf("the page asked for %s", path)
		}
	}
}

var mediaBox = regexp.MustCompile(`/MediaBox ?\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]`)

func TestAPagePrintsOnA4Across(t *testing.T) {
	folder := t.TempDir()
	page, pdf := filepath.Join(folder, "sheet.html"), filepath.Join(folder, "sheet.pdf")
	if err := os.WriteFile(page, []byte(set(t, New(fixture(), about), "html")), 0o600); err != nil {
		t.Fatal(err)
	}
	chromium(t, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+page)
	printed, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	pages := mediaBox.FindAllSubmatch(printed, -1)
	if len(pages) < 3 {
		t.Errorf("%d pages were printed", len(pages))
	}
	for _, box := range pages {
		for i, want := range []float64{297 / 25.4 * 72, 210 / 25.4 * 72} {
			if have, err := strconv.ParseFloat(string(box[1+i]), 64); err != nil || have < want-1 || have > want+1 {
				t.Errorf("a page measures %s by %s points", box[1], box[2])
			}
		}
	}
}
