package review

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// Fixture returns a skeleton of the test that a wrong finding becomes, as
// CONTRIBUTING.md describes it, for a person to reword and to complete: front matter,
// the quote and nothing else of the page, and behind a line of dashes what must not be
// found, or what must be found instead. Until the rules read it rightly its line skip
// says why it is there. Name is that of its file, in a folder for its language. It is
// for findings that the review that holds rejects or corrects.
func Fixture(f ewgwatch.Finding) (name, text string) {
	var b strings.Builder
	lang := f.Lang
	if !language.MatchString(lang) {
		lang = "und"
	}
	fmt.Fprintf(&b, "lang: %s\n", lang)
	if !f.Published.Date.IsZero() {
		fmt.Fprintf(&b, "published: %s\n", f.Published.Date)
	}
	if f.Source.State.Valid() {
		fmt.Fprintf(&b, "source-state: %s\n", f.Source.State)
	}
	fmt.Fprintf(&b, "title: %s\n", cmp.Or(plain.Cut(Tidy(f.Title), maxTitle), "Untitled"))
	fmt.Fprintf(&b, "skip: %s by %s: %s\n\n", f.Review.Ruling, Tidy(f.Review.By), cmp.Or(Tidy(f.Review.Why), "no reason given"))
	fmt.Fprintf(&b, "%s\n---\n%s", Tidy(f.Quote), wanted(f))
	id := strings.TrimPrefix(f.ID, "f_")
	return fmt.Sprintf("%s/%s-%s.txt", lang, f.Review.Ruling, id[:min(12, len(id))]), b.String()
}

// language keeps what a page says of itself out of the names of files.
var language = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// maxTitle is how many columns of a foreign title are taken over.
const maxTitle = 120

// wanted is what a careful reader finds. Only where the event is all that is wrong
// must the claim be found at all.
func wanted(f ewgwatch.Finding) string {
	claim := fmt.Sprintf("%s %s", f.State, f.Stance)
	if f.Review.Ruling != ewgwatch.Correct {
		return "! " + claim + "\n"
	}
	right, group := f.Believed(), ""
	if f.Via == "group" {
		group = " group"
	}
	line := fmt.Sprintf("%s %s %s%s\n", right.State, right.Stance, cmp.Or(right.Event.ID, ewgwatch.NoEvent), group)
	if right.State == f.State && right.Stance == f.Stance {
		return line
	}
	return line + "! " + claim + "\n"
}
