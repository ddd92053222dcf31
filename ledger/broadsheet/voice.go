package broadsheet

import (
	"cmp"
	"fmt"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
)

// voice is one independent source of a claim: who published it first, and who took
// it over.
type voice struct {
	quote
	Copies []quote // in the order of their publication
	Why    string  // these count as one; "" where there is one alone
	Above  bool    // its words are the best quote, and stand above
}

// voiceOf sets a voice on a state at an event on the soil of another.
func voiceOf(v ledger.Voice, state, host ewgwatch.State) voice {
	set := voice{quote: witnessed(v.First, state, host), Why: tidy(v.Why)}
	for _, w := range v.Copies {
		set.Copies = append(set.Copies, witnessed(w, state, host))
	}
	return set
}

// mostCopies is how many sources of copies are named.
const mostCopies = 12

// CopiedBy says how often and by whom a text was taken over, and why that is no
// voice of its own.
func (v voice) CopiedBy() string {
	if len(v.Copies) == 0 {
		return ""
	}
	var names []string
	times := map[string]int{}
	for _, c := range v.Copies {
		if times[c.Source]++; times[c.Source] == 1 {
			names = append(names, c.Source)
		}
	}
	more := ""
	if left := len(names) - mostCopies; left > 0 {
		names, more = names[:mostCopies], fmt.Sprintf(" and %d more", left)
	}
	for i, name := range names {
		if n := times[name]; n > 1 {
			names[i] = fmt.Sprintf("%s ×%d", name, n)
		}
	}
	why := ""
	if v.Why != "" {
		why = " (" + v.Why + ")"
	}
	return plural(len(v.Copies), "copy", "copies") + why + ": " + strings.Join(names, ", ") + more
}

// Who names the publisher, and says who speaks there and on which day.
func (q quote) Who() string { return q.Source + " (" + q.Class + "), " + q.Day() }

// short is a voice in one line, without its words.
func (v voice) short() string {
	if copied := v.CopiedBy(); copied != "" {
		return v.Who() + "; " + copied
	}
	return v.Who()
}

// classOf says who speaks in a source.
func classOf(c ewgwatch.SourceClass) string {
	if c == ewgwatch.UnknownClass {
		return "kind unknown"
	}
	return string(c)
}

// nameOf is the name of a source, or what stands for one.
func nameOf(s ewgwatch.Source) string {
	return cmp.Or(tidy(s.Name), tidy(s.ID), "a source without a name")
}

// tidy makes foreign text fit for a page: on one line, with no character that is
// not seen, turns text around or is none of XML.
func tidy(text string) string {
	return plain.Tame(strings.Map(func(r rune) rune {
		if r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
			return -1 // noncharacters, see the Unicode Standard, section 23.7
		}
		return r
	}, text))
}
