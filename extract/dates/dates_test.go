package dates

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

var update = flag.Bool("update", false, "write the golden files anew")

// optionsFor says what a caller would know of a text in this language.
func optionsFor(tag string) Options {
	return Options{Lang: tag, MonthFirst: MonthFirst("", tag)}
}

func TestDatesInSentencesAreFound(t *testing.T) {
	text, err := os.ReadFile("testdata/find.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var golden strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if line[0] == '#' {
			golden.WriteString(line + "\n")
			continue
		}
		cells := append(strings.Split(line, "\t"), "")
		got := describe(cells[1], Find(cells[1], optionsFor(cells[0])))
		fmt.Fprintf(&golden, "%s\t%s\t%s\n", cells[0], cells[1], got)
		if !*update && got != cells[2] {
			t.Errorf("%s: %s\n\tgot  %s\n\twant %s", cells[0], cells[1], got, cells[2])
		}
	}
	if *update {
		if err := os.WriteFile("testdata/find.tsv", []byte(golden.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// describe writes what was found in one line.
func describe(text string, found []Found) string {
	if len(found) == 0 {
		return "-"
	}
	var all []string
	for _, f := range found {
		s := text[f.From:f.To] + "=>" + partial(f.First)
		if f.Range() {
			s += ".." + partial(f.Last)
		}
		if f.Precision == ewgwatch.PrecisionMinute || f.Precision == ewgwatch.PrecisionSecond {
			s += " " + f.Clock.String()
		}
		if f.Zone != "" {
			s += fmt.Sprintf(" %s(%d)", f.Zone, f.Offset)
		}
		if f.HasWeekday {
			s += " " + f.Weekday.String()[:3]
		}
		if f.Relative {
			s += fmt.Sprintf(" ~%s%+d", f.Unit, f.Count)
		}
		all = append(all, s)
	}
	return strings.Join(all, " ; ")
}

// partial writes a date whose year may be unknown.
func partial(d ewgwatch.Date) string {
	switch {
	case d.Year == 0 && d.Month == 0 && d.Day == 0:
		return ""
	case d.Year == 0 && d.Month == 0:
		return fmt.Sprintf("*-*-%02d", d.Day)
	case d.Year == 0 && d.Day == 0:
		return fmt.Sprintf("*-%02d", d.Month)
	case d.Year == 0:
		return fmt.Sprintf("*-%02d-%02d", d.Month, d.Day)
	}
	return d.String()
}

func TestPrintedFormsArePublished(t *testing.T) { readForm(t, "testdata/forms.tsv") }

// The list that the project was commissioned with, where it is at hand.
func TestListedFormsArePublished(t *testing.T) {
	file := os.Getenv("EWGWATCH_SHARED")
	if file == "" {
		file = "../../../shared"
	}
	file += "/data/date-forms.tsv"
	if _, err := os.Stat(file); err != nil {
		t.Skip("no " + file)
	}
	readForm(t, file)
}

// readForm checks a table of name, language, input and the day wanted.
func readForm(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
	right := 0
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		p, _ := Published(cells[2], optionsFor(cells[1]))
		want := strings.TrimSuffix(cells[3], "-")
		if diff := cmp.Diff(want, p.Date.String()); diff != "" {
			t.Errorf("%s: %s\n%s", cells[0], cells[2], diff)
			continue
		}
		right++
	}
	t.Logf("%s: %d of %d", file, right, len(lines))
}

func TestMonthFirstIsAmericanAndPhilippine(t *testing.T) {
	for _, c := range []struct {
		state ewgwatch.State
		lang  string
		want  bool
	}{
		{"", "en-US", true}, {"", "en_PH", true}, {"", "en-SG", false}, {"", "en", false}, {"", "", false},
		{ewgwatch.Philippines, "en", true}, {ewgwatch.UnitedStates, "", true}, {ewgwatch.UnitedStates, "en-GB", false},
		{ewgwatch.Philippines, "tl", true}, {ewgwatch.UnitedStates, "ru", false}, {ewgwatch.Singapore, "en", false},
		{ewgwatch.Thailand, "en-US", true},
	} {
		if got := MonthFirst(c.state, c.lang); got != c.want {
			t.Errorf("%s %s: got %v", c.state, c.lang, got)
		}
	}
}
