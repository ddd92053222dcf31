package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/store"
)

// twoNights is a data folder after two nights on invented sites, between which
// these changed.
func twoNights(t *testing.T) (dir string) {
	t.Helper()
	world := startWorld(t)
	dir = t.TempDir()
	seeds := write(t, world.Seeds(), dir, "seeds.txt")
	night := []string{"crawl", "--seeds", seeds, "--data", dir, "--allow-address", "127.0.0.0/8", "--delay", "0", "--rest", "0", "--quiet"}
	mustRun(t, 3, night...)
	if err := world.Edit(); err != nil {
		t.Fatal(err)
	}
	mustRun(t, 3, night...)
	return dir
}

// misread makes an article look as if other rules had read it: its first finding by
// a rule of another name, its second with a stance that today's rules do not see. It
// returns them as they were.
func misread(t *testing.T, dir string) (renamed, replaced, made ewgwatch.Finding) {
	t.Helper()
	evidence, err := archive.Open(filepath.Join(dir, "archive"), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer evidence.Close()
	s, err := store.Open(t.Context(), filepath.Join(dir, "findings.db"), store.Options{Journal: evidence.Append, BeforeCommit: evidence.Sync})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	byURL := map[string][]ewgwatch.Finding{}
	for f, err := range s.Findings(t.Context(), store.Query{Status: ewgwatch.Current}) {
		if err != nil {
			t.Fatal(err)
		}
		byURL[f.URL] = append(byURL[f.URL], f)
		if all := byURL[f.URL]; len(all) == 4 {
			renamed, replaced, made = all[0], all[1], all[1]
		}
	}
	at := time.Now()
	made.Stance, made.FoundAt = ewgwatch.Undecided, at
	made = made.Identify()
	all := byURL[renamed.URL]
	all[0].Rule, all[1] = "an old rule", made
	article := ewgwatch.Article{URL: made.URL, Title: made.Title, Text: "as other rules cut it", Lang: made.Lang, Published: made.Published, Source: made.Source, Capture: made.Capture}
	err = s.Reread([]store.Reread{{URL: made.URL, Reading: ewgwatch.Reading{Visit: ewgwatch.Visit{URL: made.URL, At: at}, Article: &article, Findings: all}}}, at)
	if err != nil {
		t.Fatal(err)
	}
	return renamed, replaced, made
}

func TestTheSameRulesMakeTheSameOfTheArchive(t *testing.T) {
	dir := twoNights(t)
	told := mustRun(t, 0, "rederive", "--data", dir)
	if strings.Count(told, "\n") != 1 || !strings.HasSuffix(told, ": 0 findings added, 0 lost, 0 changed\n") || strings.HasPrefix(told, "0 ") {
		t.Error(told)
	}
}

func TestOtherRulesAreToldApartAndWritten(t *testing.T) {
	dir := twoNights(t)
	renamed, replaced, made := misread(t, dir)
	mustRun(t, 0, "release", "create", "cited", "--data", dir, "--quiet")

	told, complaint, code := command(t.Context(), "rederive", "--data", dir)
	if code != 1 || !strings.Contains(complaint, made.ID+" of cited") {
		t.Errorf("exit code %d, %s", code, complaint)
	}
	for _, want := range []string{
		"+ " + replaced.ID + "  ", "- " + made.ID + "  ", "~ " + renamed.ID + "  ", "    rule: an old rule -> " + renamed.Rule + "\n", ": 1 findings added, 1 lost, 1 changed\n",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("want %q in\n%s", want, told)
		}
	}
	before := mustRun(t, 0, "export", "--data", dir, "--quiet")
	mustRun(t, 1, "rederive", "--write", "--data", dir)
	if after := mustRun(t, 0, "export", "--data", dir, "--quiet"); after != before {
		t.Error("something was written though a released finding would be lost")
	}
	mustRun(t, 0, "rederive", "--write", "--lose-released", "--data", dir)
	if told := mustRun(t, 0, "rederive", "--data", dir); !strings.HasSuffix(told, ": 0 findings added, 0 lost, 0 changed\n") {
		t.Errorf("after it was written:\n%s", told)
	}
	mustRun(t, 0, "verify", "--data", dir)
	if after := mustRun(t, 0, "export", "--data", dir, "--quiet"); !strings.Contains(after, made.ID) {
		t.Error("the lost finding is gone instead of withdrawn")
	}
	mustRun(t, 0, "rebuild", "--data", dir, "--quiet")
	mustRun(t, 0, "check", "--data", dir)
}

func TestADamagedArchiveIsNotTakenForOtherRules(t *testing.T) {
	dir := twoNights(t)
	files, err := archive.Files(filepath.Join(dir, "archive"))
	if err != nil {
		t.Fatal(err)
	}
	if err := flipped(filepath.Join(dir, "archive", files[0])); err != nil {
		t.Fatal(err)
	}
	told, complaint, code := command(t.Context(), "rederive", "--write", "--data", dir)
	if code != 1 || !strings.Contains(complaint, files[0]) || !strings.Contains(complaint, "nothing was written") || strings.Contains(told, "\n- ") {
		t.Errorf("exit code %d\n%s%s", code, told, complaint)
	}
}
