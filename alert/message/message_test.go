package message_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert/message"
	"ewgwatch/internal/plain"
)

func render(t *testing.T, alert ewgwatch.Alert, options message.Options) message.Message {
	t.Helper()
	m, err := message.Render(alert, options)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWhatIsNoAlertIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		alert ewgwatch.Alert
		want  string
	}{
		"no class":                   {alertOf("", absent()), `want one of the classes`},
		"a class that is not known":  {alertOf("gossip", absent()), `have "gossip"`},
		"nothing to tell":            {alertOf(ewgwatch.NewClaim), "want at least one notice"},
		"an empty digest":            {alertOf(ewgwatch.Digest), "want at least one notice"},
		"a digest in a digest":       {alertOf(ewgwatch.Digest, ewgwatch.Notice{Class: ewgwatch.Digest}), `have one of class "digest"`},
		"a digest of no kind at all": {alertOf(ewgwatch.Digest, ewgwatch.Notice{}), `have one of class "digest"`},
	} {
		if m, err := message.Render(c.alert, desk); err == nil || !strings.Contains(err.Error(), c.want) || m.Subject != "" {
			t.Errorf("%s: %v with subject %q, want %s", name, err, m.Subject, c.want)
		}
	}
}

func TestANoticeWithoutAClassIsOfItsAlerts(t *testing.T) {
	n := absent()
	n.Class = ""
	want, got := render(t, alertOf(ewgwatch.NewClaim, absent()), desk), render(t, alertOf(ewgwatch.NewClaim, n), desk)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheSameAlertGivesTheSameMessage(t *testing.T) {
	for name, alert := range alerts() {
		if diff := cmp.Diff(render(t, alert, desk), render(t, alert, desk)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAThreadKeepsItsTopic(t *testing.T) {
	want := render(t, alertOf(ewgwatch.NewClaim, absent()), desk).Topic
	for _, n := range []ewgwatch.Notice{contradicted(), moreSources(), contradiction(), withdrawn(), rejected(), corrected()} {
		if got := render(t, alertOf(n.Class, n), desk).Topic; got != want {
			t.Errorf("%s is on %q, want %q", n.Class, got, want)
		}
	}
}

func TestALongNameLeavesRoomForStateAndStance(t *testing.T) {
	for _, name := range []string{strings.Repeat("exercise ", 40), strings.Repeat("演习", 100)} {
		for _, n := range []ewgwatch.Notice{absent(), contradicted(), moreSources(), contradiction(), withdrawn(), corrected()} {
			n.Event.Name, n.Finding.Source.Name = name, name
			got := render(t, alertOf(ewgwatch.Digest, n, n, n), desk).Subject
			if plain.Width(got) > 150 || !strings.Contains(got, "Singapore") || !strings.Contains(got, "absent") || !strings.Contains(got, "two more") {
				t.Errorf("%s: %q", n.Class, got)
			}
		}
	}
}

func TestNobodySpeaksInTheNameOfASource(t *testing.T) {
	for _, stance := range ewgwatch.Stances() {
		for _, planned := range []bool{false, true} {
			n := absent()
			n.Claim.Stance, n.Finding.Planned = stance, planned
			m := render(t, alertOf(ewgwatch.NewClaim, n), desk)
			if !strings.Contains(m.Text, "NEW") || !strings.Contains(m.Text, "\nLotus Gazette ") || !strings.Contains(m.Subject, "(Lotus Gazette)") {
				t.Errorf("%s: it is not the Gazette that says so:\n%s\n%s", stance, m.Subject, m.Text)
			}
		}
	}
}

func TestOfAContradictionBothSidesAreHeard(t *testing.T) {
	m := render(t, alertOf(ewgwatch.Contradicted, contradiction()), desk)
	for what, text := range map[string]string{"text": strings.Join(strings.Fields(strings.ReplaceAll(m.Text, "|", "")), " "), "HTML": m.HTML, "Markdown": strings.ReplaceAll(m.Markdown, `\`, "")} {
		for _, side := range []string{absentFinding().Quote, attendedFinding().Quote, "Neither is called right"} {
			if !strings.Contains(text, side) {
				t.Errorf("the %s lacks %q", what, side)
			}
		}
	}
}

func TestTheOtherSideThatIsNotAtHandIsNotInvented(t *testing.T) {
	n := contradiction()
	n.Beside = nil
	m := render(t, alertOf(ewgwatch.Contradicted, n), desk)
	if !strings.Contains(m.Text, "Another claim that was read cannot be true as well.") || strings.Contains(m.Subject, " or ") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}
}

func TestNoEvidenceIsNotPrintedAsAbsence(t *testing.T) {
	unread := expectation()
	unread.Read, unread.Of = 0, 0
	for _, n := range []ewgwatch.Notice{expectation(), unread, coverage(ewgwatch.HealthBlocked, ""), coverage(ewgwatch.HealthGone, ""), coverage(ewgwatch.HealthSilent, "")} {
		m := render(t, alertOf(n.Class, n), desk)
		for _, text := range []string{m.Subject, m.Text, m.HTML, m.Markdown, m.Short} {
			for _, never := range []string{"absent", "declined", "did not attend"} {
				if strings.Contains(strings.ToLower(text), never) {
					t.Errorf("%s says %q:\n%s", n.Class, never, text)
				}
			}
		}
		if !strings.Contains(m.Short, "nothing of any state") {
			t.Errorf("%s does not say how little it means: %s", n.Class, m.Short)
		}
	}
	if got := render(t, alertOf(ewgwatch.ExpectationDue, unread), desk).Text; !strings.Contains(strings.Join(strings.Fields(got), " "), "how many ministries were read is not known") {
		t.Error(got)
	}
}

func TestADateThatIsNotKnownIsSaidToBeUnknown(t *testing.T) {
	n := absent()
	for raw, want := range map[string]string{"": "Published:   date unknown\n", "yesterday": "Published:   date unknown; on the page: “yesterday”\n"} {
		n.Finding.Published = ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Raw: raw}
		if got := render(t, alertOf(ewgwatch.NewClaim, n), desk).Text; !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

func TestTimesAreInTheReadersZone(t *testing.T) {
	for zone, want := range map[*time.Location]string{
		nil:                                  "25 August 2023, 10:35 UTC;",
		singapore:                            "25 August 2023, 18:35 UTC+8;",
		time.FixedZone("x", -(9*60+30)*60):   "25 August 2023, 01:05 UTC-9:30;",
		time.FixedZone("a day on", 14*60*60): "26 August 2023, 00:35 UTC+14;",
	} {
		if got := render(t, alertOf(ewgwatch.NewClaim, absent()), message.Options{Zone: zone}).Text; !strings.Contains(got, want) {
			t.Errorf("%v: %q is not in:\n%s", zone, want, got)
		}
	}
}

func TestACorrectionNamesTheMessageItCorrects(t *testing.T) {
	n := withdrawn()
	m := render(t, alertOf(ewgwatch.Correction, n), desk)
	const link = "https://watch.lotus.test/desk/alerts/a_5d1c9a0e"
	if !strings.Contains(m.Text, link) || !strings.Contains(m.HTML, `href="`+link+`"`) || !strings.Contains(m.Markdown, "("+link+")") {
		t.Error("no link to the message that is corrected")
	}
	n.BeforeAt = time.Time{}
	if m := render(t, alertOf(ewgwatch.Correction, n), message.Options{}); !strings.Contains(strings.Join(strings.Fields(m.Text), " "), "Told in message a_5d1c9a0e.") || strings.Contains(m.HTML, "/alerts/") {
		t.Errorf("without a dashboard:\n%s", m.Text)
	}
}

func TestADashboardThatIsNoWebPageIsNotLinkedTo(t *testing.T) {
	for _, base := range []string{"javascript:alert(1)", "/desk", "https://user:secret@watch.test/"} {
		if m := render(t, alertOf(ewgwatch.NewClaim, absent()), message.Options{Base: base}); strings.Contains(m.HTML, "/alerts/") || strings.Contains(m.HTML, "secret") {
			t.Errorf("%s is linked to", base)
		}
	}
}

func TestTheHashIsWholeWhereThereIsRoom(t *testing.T) {
	m := render(t, alertOf(ewgwatch.NewClaim, absent()), desk)
	if whole := hash('a'); !strings.Contains(m.HTML, whole) || !strings.Contains(string(m.JSON), whole) || strings.Contains(m.Text, whole) || !strings.Contains(m.Text, whole[:16]+"…") {
		t.Error("want it whole in HTML and JSON, and short in text")
	}
}

func TestOfVeryManyNoticesTheTableHasAllAndTheLetterTheFirstHundred(t *testing.T) {
	for _, c := range []struct {
		notices, told int
		rest          string
	}{{100, 100, ""}, {101, 100, "In the table alone stands one more."}, {3000, 100, "In the table alone stand 2900 more."}} {
		alert := alertOf(ewgwatch.Digest, slices.Repeat([]ewgwatch.Notice{absent()}, c.notices)...)
		m := render(t, alert, desk)
		for shape, told := range map[string]int{
			"HTML": strings.Count(m.HTML, "<blockquote"), "text": strings.Count(m.Text, "  | “"), "Markdown": strings.Count(m.Markdown, "> “"),
		} {
			if told < c.told || told > 2*c.told {
				t.Errorf("%s of %d notices quotes %d", shape, c.notices, told)
			}
		}
		if rows := strings.Count(m.HTML, `<td class="line quiet"`); rows != c.notices {
			t.Errorf("of %d notices the table has %d", c.notices, rows)
		}
		for _, shape := range []string{m.HTML, strings.Join(strings.Fields(m.Text), " "), strings.ReplaceAll(m.Markdown, `\.`, ".")} {
			if strings.Contains(shape, "In the table alone") != (c.rest != "") || !strings.Contains(shape, c.rest) {
				t.Errorf("of %d notices it is not told what stands in the table alone", c.notices)
			}
		}
		var read struct{ Notices []any }
		if err := json.Unmarshal(m.JSON, &read); err != nil || len(read.Notices) != c.notices {
			t.Errorf("the JSON of %d notices has %d: %v", c.notices, len(read.Notices), err)
		}
		if len(m.HTML) > 4<<20 {
			t.Errorf("the HTML of %d notices takes %d bytes", c.notices, len(m.HTML))
		}
	}
}
