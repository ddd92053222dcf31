// Package dates reads dates as people print them: in running text ([Find]), in
// a byline, an attribute or a header ([Published]) and in an address
// ([FromURL]). It knows the month names, digits, eras and orders of the
// languages that words/ has a file for; the shapes of dates are the lines of
// forms.tsv. Adding a language or a shape needs no Go.
//
// It reads no HTML, keeps no state, does no I/O and never asks for the time.
// It does not choose among the dates of a page, and never completes a date on
// its own: what was not printed stays unknown until [Found.Resolve] is given a
// day to complete it against.
package dates

import (
	"strings"
	"time"

	"ewgwatch"
)

// Options says what is known of the text. The zero value reads day first, in
// any language, and refuses no date for being in the future.
type Options struct {
	Lang       string         // BCP 47 tag; it settles words that mean different things in different languages
	MonthFirst bool           // 08/03/2023 is 3 August; see [MonthFirst]. Numbers over 12 decide for themselves
	Now        time.Time      // [Published] refuses what is more than 36 hours after it; zero to refuse nothing
	Zone       *time.Location // of clock times printed without a zone; nil for UTC
}

// MonthFirst reports whether a publisher writes 08/03/2023 for 3 August: the
// United States and the Philippines in English, and Filipino. A region in the
// language tag goes before the state.
func MonthFirst(state ewgwatch.State, lang string) bool {
	base, region, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(lang), "_", "-"), "-")
	switch {
	case base == "fil" || base == "tl":
		return true
	case base != "en" && base != "":
		return false
	case region != "":
		return region == "us" || region == "ph"
	}
	return state == ewgwatch.UnitedStates || state == ewgwatch.Philippines
}

func (o Options) base() string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(o.Lang), "_", "-"), "-")
	if base == "tl" {
		return "fil"
	}
	return base
}

func (o Options) location() *time.Location {
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}
