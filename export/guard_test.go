package export_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/export"
)

func TestTheGuardStandsBeforeWhatASpreadsheetWouldRun(t *testing.T) {
	for cell, want := range map[string]bool{
		"=1+1": true, "+1": true, "-1": true, "@SUM(A1)": true, "\tx": true, "\rx": true, "\nx": true, "\x00x": true,
		"＝1": true, "＋1": true, "－1": true, "＠x": true,
		"  =1": true, "\u00a0=1": true, "\u3000=1": true, " \tx": true,
		"\u200b=1": true, "\u200d\ufeff=1": true, "\u2060=1": true, "\u202e=1": true, "\u00ad=1": true, "\ufffd=1": true, "\u034f=1": true, "\u3164=1": true, "\ufe0f=1": true,
		"'": true, "'=1": true, "'quoted'": true,
		"": false, "1": false, "a=b": false, "Laos": false, " Laos": false, "老挝": false, "“=1”": false, "–1": false, "’tis": false, "\u200b": false, "‘a’": false,
	} {
		have := export.Guard(cell)
		if guarded := have != cell; guarded != want {
			t.Errorf("%q is guarded: %v", cell, guarded)
		}
		if want && have != "'"+cell {
			t.Errorf("%q becomes %q", cell, have)
		}
	}
}

func FuzzTheGuardComesOffExactly(f *testing.F) {
	for _, s := range []string{"=1", "'", "''=1", "", "\xff=", " '", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if have := export.Unguard(export.Guard(s)); have != s {
			t.Errorf("%q came back as %q", s, have)
		}
	})
}

func TestWhatCannotStandInACellLeavesAMark(t *testing.T) {
	for raw, want := range map[string]string{
		"one\r\ntwo\rthree\nfour": "one\ntwo\nthree\nfour",
		"a\r\r\nb":                "a\n\nb",
		"a\tb":                    "a\tb",
		"a\x00b\x1b[31mc":         "a\ufffdb\ufffd[31mc",
		"a\x7f\u0085b":            "a\ufffd\ufffdb",
		"a\xff\xfeb":              "a\ufffd\ufffdb",
		"\u200cသည်\u200d":         "\u200cသည်\u200d",
	} {
		for _, options := range []export.Options{{}, {Raw: true}} {
			record := written(t, []ewgwatch.Finding{{Quote: raw}}, options)[0]
			if have := cell(t, record, "quote"); have != want {
				t.Errorf("%q is written as %q, want %q", raw, have, want)
			}
		}
	}
}

// hostile puts a text into every field that may hold one.
func hostile(s string) ewgwatch.Finding {
	return ewgwatch.Finding{
		ID: s, State: ewgwatch.State(s), Stance: ewgwatch.Stance(s), Quote: s, Rule: s, Via: s, Status: ewgwatch.Status(s), URL: s, Title: s, Lang: s,
		Event:     ewgwatch.Event{ID: s, Name: s, Kind: ewgwatch.EventKind(s), Place: s},
		Published: ewgwatch.Published{Precision: ewgwatch.Precision(s), Rule: s},
		Source:    ewgwatch.Source{Name: s, Kind: ewgwatch.SourceKind(s), State: ewgwatch.State(s)},
		Capture:   ewgwatch.Capture{SHA256: s, File: s},
	}
}

var textColumns = strings.Fields("finding_id published_precision published_rule state state_name stance event_id event_name event_kind event_place quote title url source " +
	"source_kind source_state lang rule via status capture_sha256 capture_file")

var nasty = []string{"=1+1", "'quoted", "''", "\u200b@x", " -1", "＝x", "a\r\nb\rc", "\x00=", "\t", "", "\"", "\"\"", "a,b", "\ufeff=1", "\xff=", "\n", ",", " ", "\\.", "a\"b\nc", "新加坡，缺席"}

func FuzzCellsComeBackExactly(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		guarded, raw := written(t, []ewgwatch.Finding{hostile(s)}, export.Options{})[0], written(t, []ewgwatch.Finding{hostile(s)}, export.Options{Raw: true})[0]
		want := kept(s)
		for _, column := range textColumns {
			have := cell(t, guarded, column)
			if export.Unguard(have) != want || cell(t, raw, column) != want {
				t.Fatalf("%s: %q came back as %q, raw as %q", column, s, have, cell(t, raw, column))
			}
			if seen := strings.TrimLeftFunc(have, unseen); seen != "" && strings.ContainsAny(seen[:1], "=+-@") {
				t.Fatalf("%s: %q is written as %q", column, s, have)
			}
		}
	})
}

// kept is what the package says is left of a text, said in another way.
func kept(s string) string {
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case strings.HasPrefix(s, "\r\n"):
			b.WriteByte('\n')
			size = 2
		case r == '\r':
			b.WriteByte('\n')
		case r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0:
			b.WriteRune('\ufffd')
		default:
			b.WriteRune(r)
		}
		s = s[size:]
	}
	return b.String()
}

func unseen(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// TestPythonReadsTheSameValues holds the recipe of the README: drop one leading
// apostrophe.
func TestPythonReadsTheSameValues(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed: ", err)
	}
	var findings []ewgwatch.Finding
	var want [][]string
	for _, s := range nasty {
		findings = append(findings, hostile(s))
		row := make([]string, len(textColumns))
		for i := range row {
			row[i] = kept(s)
		}
		want = append(want, row)
	}
	var b bytes.Buffer
	if _, err := export.CSV(&b, seq(findings), export.Options{}); err != nil {
		t.Fatal(err)
	}
	const program = `import csv, io, json, sys
rows = csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline=""), strict=True)
print(json.dumps([[row[name].removeprefix("'") for name in sys.argv[1:]] for row in rows]))`
	read := exec.CommandContext(t.Context(), python, append([]string{"-c", program}, textColumns...)...)
	read.Stdin = &b
	out, err := read.Output()
	if err != nil {
		t.Fatal(err)
	}
	var have [][]string
	if err := json.Unmarshal(out, &have); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}
