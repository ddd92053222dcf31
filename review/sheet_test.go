package review_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/review"
)

const small = "finding_id,review_ruling,review_why,machine\nf_1,reject,\"no, it \"\"never\"\"\",m_1\nf_2,,,m_2\nf_3,accept,,m_3\n"

// utf16le is a text as Excel's "Unicode text" is.
func utf16le(text string) string {
	b := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return string(b)
}

func TestASheetIsReadAsEverySpreadsheetSavesIt(t *testing.T) {
	with := func(sign string) string { // small, its cells parted by another sign
		return strings.NewReplacer("no, it", "no, it", ",", sign).Replace(small)
	}
	want, err := review.Read(strings.NewReader(small), asIs)
	if err != nil || len(want.Rows) != 2 || want.Blank != 1 || len(want.Faults) > 0 {
		t.Fatalf("%+v, %v", want, err)
	}
	for about, text := range map[string]string{
		"byte-order mark":       "\ufeff" + small,
		"CRLF":                  strings.ReplaceAll(small, "\n", "\r\n"),
		"old Macintosh":         strings.ReplaceAll(small, "\n", "\r"),
		"no line end at last":   strings.TrimSuffix(small, "\n"),
		"semicolons":            with(";"),
		"tabs":                  with("\t"),
		"Excel's Unicode text":  utf16le(strings.ReplaceAll(with("\t"), "\n", "\r\n")),
		"quoted header":         strings.Replace(small, "finding_id,review_ruling", "\"finding_id\",\"Review_Ruling\"", 1),
		"empty rows at the end": small + ",,,\n,,,\n",
		"cut rows":              strings.Replace(small, "f_2,,,m_2\n", "f_2\n", 1),
	} {
		have, err := review.Read(strings.NewReader(text), asIs)
		if err != nil {
			t.Errorf("%s: %v", about, err)
			continue
		}
		have.Rows[0].Review.Why = strings.Replace(have.Rows[0].Review.Why, "no; it", "no, it", 1)
		have.Rows[0].Review.Why = strings.Replace(have.Rows[0].Review.Why, "no it", "no, it", 1) // with tabs for commas, tidied
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s: %s", about, diff)
		}
	}
}

func TestColumnsMayBeMovedAndOthersPutBetween(t *testing.T) {
	have, err := review.Read(strings.NewReader("sep=;\nnotes;machine;review_ruling;;finding_id;review_why\nhm;m_1;REJECT;x;F_1;=so\n"), func(c string) string { return strings.TrimPrefix(c, "=") })
	if err != nil || len(have.Rows) != 1 {
		t.Fatalf("%+v, %v", have, err)
	}
	row := have.Rows[0]
	if row.Line != 3 || row.Machine != "m_1" || row.Review.Finding != "f_1" || row.Review.Ruling != ewgwatch.Reject || row.Review.Why != "so" || !slices.Equal(have.Ignored, []string{"notes"}) {
		t.Errorf("%+v, ignored %q", row, have.Ignored)
	}
}

func TestAFileThatIsNoSheetIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "it is empty",
		"\n,,\n":                  "it is empty",
		"a,b\n1,2\n":              "1: want a column finding_id: review export writes it",
		"finding_id,machine\n":    "1: want a column review_ruling",
		"finding_id,finding_id\n": "1: finding_id: want this column once",
		"finding_id,review_ruling,machine\nf_1,accept,m\xe4\n":   `2: want UTF-8 or UTF-16: save it as "CSV UTF-8"`,
		"finding_id,review_ruling,machine\nf_1,\"acc\"ept,m_1\n": "2: at byte 9 of line 2: ",
		"PK\x03\x04\x00\x00": `1: want UTF-8 or UTF-16`,
	} {
		_, err := review.Read(strings.NewReader(text), asIs)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
}

func TestWhatAnAnalystMayHaveForgottenIsTold(t *testing.T) {
	have, err := review.Read(strings.NewReader("finding_id,review_ruling,review_state,machine\nf_1,,LA,m_1\nf_2,accept,,m_2\nf_2,accept,,m_2\nf_3,accept,,m_3,what\n"), asIs)
	if err != nil || !slices.Equal(have.Unruled, []int{2}) || have.Blank != 1 || len(have.Rows) != 1 {
		t.Errorf("%+v, %v", have, err)
	}
	var faults []string
	for _, f := range have.Faults {
		faults = append(faults, f.Error())
	}
	if want := []string{"4: finding_id: want one row a finding, line 3 rules on it too", "5: want 4 cells as in the header, have 5"}; !slices.Equal(faults, want) {
		t.Errorf("have %q", faults)
	}
}

func TestTidyLeavesOneLine(t *testing.T) {
	for in, want := range map[string]string{
		" a\r\n\tb\u00a0 c ": "a b c", "\u202eabc\u200b": "abc", "ക\u200dഖ": "ക\u200dഖ", "a\x00b\x1b[31m": "ab[31m", "\xff": "",
	} {
		if have := review.Tidy(in); have != want || review.Tidy(have) != have {
			t.Errorf("%q: have %q, want %q", in, have, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{small, "\ufeff" + small, utf16le(small), "sep=;\nfinding_id;review_ruling;machine\nf_1;accept;m_1\n", sheetOf(read(), map[string]string{"review_ruling": "correct", "review_event": "-"}), "\xfe\xff\x00", "\"", "sep=,"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := review.Read(bytes.NewReader(data), asIs)
		if err != nil {
			return
		}
		last := 0
		for _, row := range s.Rows {
			r := row.Review
			switch {
			case row.Line <= last:
				t.Errorf("line %d comes after %d", row.Line, last)
			case !r.Ruling.Valid(), r.State != "" && !r.State.Valid(), r.Stance != "" && !r.Stance.Valid(), row.Machine == "":
				t.Errorf("%+v was taken", row)
			case r.Ruling != ewgwatch.Accept && r.Why == "", review.Tidy(r.Why) != r.Why:
				t.Errorf("%+v was taken", row)
			}
			last = row.Line
		}
		p := review.Decide(s, review.Known{}, review.Options{By: "ben"})
		if len(p.Faults) < len(s.Rows) || len(p.Words) > 0 {
			t.Errorf("%d rows on findings that are not known, %d faults", len(s.Rows), len(p.Faults))
		}
	})
}
