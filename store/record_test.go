package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func FuzzDecode(f *testing.F) {
	f.Add(encodeFinding(ewgwatch.Finding{ID: "f_00", Quote: "q", QuoteStart: -1, Published: ewgwatch.Published{Raw: "r"}}))
	f.Add(encodeRun(ewgwatch.Run{ID: "r", Coverage: []ewgwatch.Coverage{{Source: "s", Outcomes: map[ewgwatch.Outcome]int{ewgwatch.New: 1}}}}))
	f.Add(encodeVisit(ewgwatch.Visit{URL: "u", Capture: ewgwatch.Capture{SHA256: "x"}}))
	f.Add(encodeSource(ewgwatch.Source{ID: "s", Feeds: []string{"a", "b"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if finding, err := decodeFinding(data); err == nil {
			again, err := decodeFinding(encodeFinding(finding))
			if diff := cmp.Diff(finding, again); err != nil || diff != "" && finding.Confidence == finding.Confidence {
				t.Fatal(err, diff)
			}
		}
		if visit, err := decodeVisit(data); err == nil {
			again, err := decodeVisit(encodeVisit(visit))
			if diff := cmp.Diff(visit, again); err != nil || diff != "" {
				t.Fatal(err, diff)
			}
		}
		_, _ = decodeRun(data)
		_, _ = decodeSource(data)
		_, _ = decodeEvent(data)
		_, _ = decodeRevision(data)
	})
}

func TestAnOlderReaderSkipsFieldsItDoesNotKnow(t *testing.T) {
	want := ewgwatch.Event{ID: "e", Name: "Event", Kind: ewgwatch.Field}
	w := &writer{buf: encodeEvent(want)}
	w.text(4711, "from the future")
	got, err := decodeEvent(w.buf)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
