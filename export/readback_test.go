package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/export"
)

// hostileRows are rows of cells that readers of CSV and spreadsheets are known to
// stumble over, put together at random, always the same.
func hostileRows(n int) []ewgwatch.Finding {
	pieces := append([]string{"=", "+", "-", "@", "'", "\"", ",", ";", "\n", "\r\n", "\t", " ", "\\", "\\N", "NULL", "NaN", "true", "1e5", "007", "1/2/23", "#N/A", "\ufeff",
		"cmd|' /C calc'!A0", "\u202e", "\u200b", "é", "e\u0301", "缺席", "😀", "\x00", "\x1a", "\xff", "\u0085", "\u2028", "|", "$", "--", "\"\"", "</t>", "&amp;", "_x0041_", "a", "Laos"}, nasty...)
	random := rand.New(rand.NewPCG(5, 1))
	text := func() string {
		var b strings.Builder
		for range random.IntN(6) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	all := make([]ewgwatch.Finding, n)
	for i := range all {
		all[i] = ewgwatch.Finding{ID: fmt.Sprintf("f_%d", i), Quote: text(), Title: text(), URL: text(), Source: ewgwatch.Source{Name: text()}}
	}
	return all
}

// readBack are the columns that are held against what was written.
var readBack = []string{"finding_id", "quote", "title", "url", "source"}

// hostileFile writes hostile rows, and returns what every cell must come back as.
func hostileFile(t *testing.T, n int) (name string, want [][]string) {
	t.Helper()
	findings := hostileRows(n)
	var b bytes.Buffer
	if _, err := export.CSV(&b, seq(findings), export.Options{Columns: readBack}); err != nil {
		t.Fatal(err)
	}
	name = filepath.Join(t.TempDir(), "findings.csv")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		want = append(want, []string{kept(f.ID), kept(f.Quote), kept(f.Title), kept(f.URL), kept(f.Source.Name)})
	}
	return name, want
}

// tool runs a program that another project wrote, and skips where it is missing.
func tool(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var said bytes.Buffer
	run := exec.CommandContext(ctx, path, args...)
	run.Stderr = &said
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, said.String())
	}
	return out
}

// withPandas returns a Python that has pandas: that of the system may, where
// another goes before it.
func withPandas(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import pandas").Run() == nil {
			return python
		}
	}
	t.Skip("no Python here has pandas")
	return ""
}

// same holds rows, guarded as they were written, against what was meant.
func same(t *testing.T, want, have [][]string) {
	t.Helper()
	if len(have) != len(want) {
		t.Fatalf("%d rows of %d", len(have), len(want))
	}
	wrong := 0
	for i, row := range want {
		for j, text := range row {
			if got := export.Unguard(have[i][j]); got != text && wrong < 5 {
				wrong++
				t.Errorf("row %d, %s: %q came back as %q", i, readBack[j], text, got)
			}
		}
	}
}

// parsed reads rows of strings as JSON has them.
func parsed(t *testing.T, text []byte) (rows [][]string) {
	t.Helper()
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatalf("%v in %.200q", err, text)
	}
	return rows
}

// TestOtherProgramsReadEveryHostileCell writes ten thousand rows and has those
// programs read them that analysts use, as far as they are installed.
func TestOtherProgramsReadEveryHostileCell(t *testing.T) {
	name, want := hostileFile(t, 10_000)
	t.Run("encoding/csv", func(t *testing.T) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		same(t, want, rows[1:])
	})
	t.Run("Python csv", func(t *testing.T) {
		same(t, want, parsed(t, tool(t, "python3", "-c", `import csv, json, sys
with open(sys.argv[1], encoding="utf-8", newline="") as f:
    print(json.dumps(list(csv.reader(f, strict=True))[1:]))`, name)))
	})
	t.Run("pandas", func(t *testing.T) {
		same(t, want, parsed(t, tool(t, withPandas(t), "-c", `import json, sys
import pandas
rows = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False, encoding="utf-8")
print(json.dumps(rows.values.tolist()))`, name)))
	})
	t.Run("SQLite", func(t *testing.T) {
		out := tool(t, "sqlite3", "-batch", ":memory:", ".import --csv "+name+" findings", ".mode json",
			"select json_array("+strings.Join(readBack, ",")+") as row from findings order by rowid")
		var rows []struct{ Row string }
		if err := json.Unmarshal(out, &rows); err != nil {
			t.Fatal(err)
		}
		have := make([][]string, len(rows))
		for i, r := range rows {
			if err := json.Unmarshal([]byte(r.Row), &have[i]); err != nil {
				t.Fatal(err)
			}
		}
		same(t, want, have)
	})
	t.Run("LibreOffice", func(t *testing.T) {
		same(t, want, throughCalc(t, name, "--infilter=CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/2"))
	})
}

// TestLibreOfficeReadsEveryHostileCellOfAWorkbook is the same for workbooks, whose
// text has no guard.
func TestLibreOfficeReadsEveryHostileCellOfAWorkbook(t *testing.T) {
	_, want := hostileFile(t, 10_000)
	var b bytes.Buffer
	if _, err := export.XLSX(&b, export.Options{}, findingsTable(t, hostileRows(10_000), export.Options{Columns: readBack})); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "findings.xlsx")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	have := throughCalc(t, name)
	for _, row := range have {
		for i, text := range row {
			row[i] = "'" + text // which same takes away
		}
	}
	same(t, want, have)
}

// throughCalc has LibreOffice read a file and write it as CSV anew, in a profile of
// its own, and returns the rows without the header.
func throughCalc(t *testing.T, name string, args ...string) [][]string {
	t.Helper()
	dir := t.TempDir()
	args = append(args, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false", "--outdir", filepath.Join(dir, "out"), name)
	tool(t, "soffice", args...)
	text, err := os.ReadFile(filepath.Join(dir, "out", "findings.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("LibreOffice here has no Calc")
	}
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, error %v", len(rows), err)
	}
	return rows[1:]
}
