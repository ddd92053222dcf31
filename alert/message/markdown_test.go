package message

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNoMarkOfMarkdownIsLeftWithoutItsBackslash(t *testing.T) {
	marks := rapid.StringOf(rapid.RuneFrom([]rune("\\`*_{}[]()<>#+-.!|~=:&$^@ab1 ก")))
	rapid.Check(t, func(t *rapid.T) {
		s := marks.Draw(t, "text")
		var shown strings.Builder
		escaped := false
		for _, r := range escape(s) {
			switch {
			case !escaped && r == '\\':
				escaped = true
				continue
			case !escaped && strings.ContainsRune("`*_{}[]()<>#+-.!|~=:&$^@", r):
				t.Fatalf("%q leaves %q active: %q", s, r, escape(s))
			}
			escaped = false
			shown.WriteRune(r)
		}
		if want := inert(s); escaped || shown.String() != want {
			t.Fatalf("%q reads back as %q", want, shown.String())
		}
	})
}
