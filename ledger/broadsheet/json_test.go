package broadsheet

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestJSONHoldsTheLedgerWhole(t *testing.T) {
	l := fixture()
	text := set(t, New(l, about), "json")
	var have Document
	if err := json.Unmarshal([]byte(text), &have); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(New(l, about).content.document(), have); diff != "" {
		t.Error(diff)
	}
	if have.Schema != 1 || len(have.Cells) != len(l.States)*len(l.Events) || len(have.Contradictions) != 6 {
		t.Errorf("schema %d, %d cells, %d contradictions", have.Schema, len(have.Cells), len(have.Contradictions))
	}
	for _, c := range have.Cells {
		if (len(c.Said) == 0) != (c.Nothing != nil) {
			t.Errorf("%s at %s says %d things and nothing %v", c.State, c.Event, len(c.Said), c.Nothing)
		}
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }); i >= 0 {
		t.Errorf("a character that nobody sees is in %q", text[max(0, i-20):i+20])
	}
}

func FuzzJSON(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\ufffd")
		}
		var have Document
		if err := json.Unmarshal([]byte(set(t, New(foreign(t, text, text, text), about), "json")), &have); err != nil {
			t.Fatal(err)
		}
		for _, c := range have.Cells {
			if len(c.Said) > 0 && c.Said[0].Best.Quote != text {
				t.Errorf("the quote is %q, want %q", c.Said[0].Best.Quote, text)
			}
		}
	})
}
