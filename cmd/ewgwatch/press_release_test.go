package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ewgwatch/export"
)

// pressRelease is a real page that is no part of the repository. It lies beside
// it where the project is worked on.
const pressRelease = "../../../shared/data/seed"

type pair struct{ State, Stance string }

// TestPressRelease takes a real page through the whole pipeline: from a server
// to the exported CSV.
func TestPressRelease(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(pressRelease, "press-release.html"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the press release is not beside this repository: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	want := expected(t)
	site := serve(t, map[string]string{
		"/":                           `<html><body><a href="/2023/08/press-release.html">551 organisations urge ASEAN defence ministers to cancel counter-terrorism training</a></body></html>`,
		"/2023/08/press-release.html": string(page),
	})
	all := crawlAndExport(t, site+"/ kind=ngo lang=en\n")
	logFindings(t, all)
	found := map[pair]map[string]string{}
	for _, row := range all {
		found[pair{row["state"], row["stance"]}] = row
		if day, _, _ := strings.Cut(row["published_at"], "T"); day != want.Published {
			t.Errorf("%s %s: published_at is %s, want %s", row["state"], row["stance"], row["published_at"], want.Published)
		}
	}
	for _, p := range want.Required {
		if found[p] == nil {
			t.Errorf("not found: %s %s", p.State, p.Stance)
		}
	}
	for _, p := range want.Forbidden {
		if row := found[p]; row != nil {
			t.Errorf("found, though the page does not say it: %s %s (%s): %q", p.State, p.Stance, row["rule"], row["quote"])
		}
	}
}

type expectation struct {
	Published string
	Required  []pair `json:"findings_required"`
	Forbidden []pair `json:"findings_forbidden"`
}

func expected(t *testing.T) (want expectation) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(pressRelease, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Required) == 0 || len(want.Forbidden) == 0 || want.Published == "" {
		t.Fatalf("expected.json asks for nothing: %+v", want)
	}
	return want
}

func logFindings(t *testing.T, all []map[string]string) {
	t.Helper()
	var table []string
	for _, row := range all {
		table = append(table, fmt.Sprintf("%-3s %-10s %-22s %s  %.90s", row["state"], row["stance"], row["event_id"], row["confidence"], row["quote"]))
	}
	slices.Sort(table)
	t.Logf("%d findings:\n%s", len(all), strings.Join(table, "\n"))
}

// serve answers with fixed pages and returns the address of the site.
func serve(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, known := pages[r.URL.Path]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// crawlAndExport crawls the seeds into a new data folder and returns the rows
// of its CSV by the names of their columns.
func crawlAndExport(t *testing.T, seeds string) []map[string]string {
	t.Helper()
	dir := t.TempDir()
	file := write(t, seeds, dir, "seeds.txt")
	t.Log(mustRun(t, 0, "crawl", "--seeds", file, "--data", dir, "--delay", "0", "--allow-address", "127.0.0.0/8"))
	return rows(t, mustRun(t, 0, "export", "--data", dir))
}

func rows(t *testing.T, text string) (all []map[string]string) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(records[0], export.Columns()) {
		t.Fatalf("header %q", records[0])
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		all = append(all, row)
	}
	return all
}
