package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/archive"
)

// TestKilledNightsAddUpToAnUndisturbedOne kills twenty crawls at moments of
// chance, and lets every sixth in a folder be. The program under bench/kill does
// more of it.
func TestKilledNightsAddUpToAnUndisturbedOne(t *testing.T) {
	t.Parallel()
	world, g, dir := startWorld(t), startGate(t), t.TempDir()
	whole := filepath.Join(dir, "whole")
	seeds := write(t, world.Seeds()+g.url+"\n", dir, "seeds.txt")
	mustRun(t, exitPartial, crawlArgs(seeds, whole)...)
	for round := range 4 {
		killed := filepath.Join(dir, fmt.Sprint("killed", round))
		for range 5 {
			hangs := g.shut(1 + rand.IntN(articles/5))
			p := startProcess(t, "ewgwatch", crawlArgs(seeds, killed)...)
			p.until(t, hangs)
			p.stop(t, os.Kill)
			checkSound(t, killed)
		}
		g.shut(0)
		mustRun(t, exitPartial, crawlArgs(seeds, killed)...)
		checkSound(t, killed)
		checkCaptures(t, killed)
		mustRun(t, 0, "verify", "--data", killed)
		mustRun(t, 0, "verify", "--log", "--data", killed)
		if diff := cmp.Diff(comparableRows(t, whole), comparableRows(t, killed)); diff != "" {
			t.Errorf("undisturbed (-) and killed (+) nights differ:\n%s", diff)
		}
	}
}

// incomparable are the columns that may differ between two nights over the same
// sites: when a finding was found and where its evidence lies.
var incomparable = []string{"found_at", "changed_at", "capture_file", "capture_offset"}

// comparableRows returns the other columns of an export by finding.
func comparableRows(t *testing.T, dir string) map[string]string {
	t.Helper()
	kept := map[string]string{}
	for _, row := range rows(t, mustRun(t, 0, "export", "--data", dir)) {
		var cells []string
		for name, cell := range row {
			if !slices.Contains(incomparable, name) {
				cells = append(cells, name+"="+cell)
			}
		}
		slices.Sort(cells)
		kept[row["finding_id"]] = strings.Join(cells, "\n")
	}
	if len(kept) < 100 {
		t.Fatalf("%d findings are too few to compare", len(kept))
	}
	return kept
}

// checkCaptures reads the evidence of every finding out of the archive.
func checkCaptures(t *testing.T, dir string) {
	t.Helper()
	read := map[ewgwatch.Capture]bool{}
	for _, row := range rows(t, mustRun(t, 0, "export", "--data", dir)) {
		offset, err := strconv.ParseInt(row["capture_offset"], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		capture := ewgwatch.Capture{SHA256: row["capture_sha256"], File: row["capture_file"], Offset: offset}
		if read[capture] {
			continue
		}
		read[capture] = true
		if _, err := archive.Read(filepath.Join(dir, "archive"), capture); err != nil {
			t.Errorf("evidence of %s: %v", row["finding_id"], err)
		}
	}
}
