package lexicon

import (
	"errors"
	"fmt"
	"strings"

	"ewgwatch"
)

// A file is a list of sections. A section begins with a line such as
//
//	[state SG]   [self]   [mask]   [topic]   [kind field]   [grammar]
//	[stance declined]   [stance attended planned]
//
// and holds lines of "role: phrase; phrase; …". In a phrase (a|b) stands for
// either, a * between spaces for a gap of up to Gap bytes, a * at the end lets
// the word go on, and a + at the start wants the state right beside it. "place
// Sentul: …" lists names of a place and says the English one. A # begins a
// comment line.

// section says what the lines under a heading have in common.
type section struct {
	name    string
	state   ewgwatch.State
	stance  ewgwatch.Stance
	kind    ewgwatch.EventKind
	planned bool
}

var rolesOf = map[string][]Role{
	"state":   {Name, Body, Seat, Place, Adj, Short, Needs},
	"self":    {Self},
	"mask":    {Mask},
	"topic":   {Forum, Group, Panel, CT, Rival, Asean, Member},
	"kind":    {Kind},
	"grammar": {And, Delegate, At, To, Source, Suffix, Of, Topical, With, Break, Veto, Unsaid, Not, Nor, One, Same, Since, Former, Future, It, Members, Partners, Lead, Party, Force, Harm, All, Except, Word, Opens, Which},
	"stance":  {Before, After, Here, There},
}

func parse(name, text string) ([]Phrase, error) {
	var phrases []Phrase
	var mistakes []error
	var in section
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var err error
		if heading, ok := strings.CutPrefix(line, "["); ok {
			in, err = parseHeading(strings.TrimSuffix(heading, "]"))
		} else {
			var more []Phrase
			more, err = in.parseLine(line)
			phrases = append(phrases, more...)
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s:%d: %w", name, i+1, err))
		}
	}
	return phrases, errors.Join(mistakes...)
}

func parseHeading(heading string) (section, error) {
	words := strings.Fields(heading)
	if len(words) == 0 || rolesOf[words[0]] == nil {
		return section{}, fmt.Errorf("unknown section %q", heading)
	}
	in := section{name: words[0]}
	rest := words[1:]
	switch in.name {
	case "state":
		if len(rest) != 1 || !ewgwatch.State(rest[0]).Valid() {
			return in, fmt.Errorf("want a state's code after %q, have %q", in.name, rest)
		}
		in.state = ewgwatch.State(rest[0])
	case "stance":
		if len(rest) == 2 && rest[1] == "planned" {
			in.planned, rest = true, rest[:1]
		}
		if len(rest) != 1 || !ewgwatch.Stance(rest[0]).Valid() {
			return in, fmt.Errorf("want a stance after %q, have %q", in.name, rest)
		}
		in.stance = ewgwatch.Stance(rest[0])
	case "kind":
		if len(rest) != 1 {
			return in, fmt.Errorf("want a kind of event after %q, have %q", in.name, rest)
		}
		in.kind = ewgwatch.EventKind(rest[0])
	}
	return in, nil
}

func (in section) parseLine(line string) ([]Phrase, error) {
	role, list, ok := strings.Cut(line, ":")
	place := ""
	if in.name == "state" {
		role, place, _ = strings.Cut(role, " ")
	}
	if !ok || !in.allows(Role(role)) || place != "" && role != string(Seat) && role != string(Place) {
		return nil, fmt.Errorf("[%s] takes lines of %v, each followed by a colon; have %q", in.name, rolesOf[in.name], line)
	}
	var phrases []Phrase
	for item := range strings.SplitSeq(list, ";") {
		if variants(item) > maxVariants {
			return nil, fmt.Errorf("want at most %d variants of a phrase, have more in %q", maxVariants, item)
		}
		texts, err := expand(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		for _, text := range texts {
			p := in.phrase(Role(role), text)
			p.Place = place
			phrases = append(phrases, p)
		}
	}
	return phrases, nil
}

func (in section) allows(role Role) bool {
	for _, r := range rolesOf[in.name] {
		if r == role {
			return true
		}
	}
	return false
}

func (in section) phrase(role Role, text string) Phrase {
	p := Phrase{Role: role, State: in.state, Stance: in.stance, Planned: in.planned, Kind: in.kind}
	text, p.Prefix = strings.CutSuffix(text, "*")
	text, p.Beside = strings.CutPrefix(text, "+")
	for part := range strings.SplitSeq(text, " * ") {
		p.Parts = append(p.Parts, strings.Join(strings.Fields(part), " "))
	}
	return p
}

// maxVariants is how many phrases one with brackets may stand for.
const maxVariants = 1 << 10

// variants returns at least the number of phrases that expand gives.
func variants(text string) int {
	n := 1
	for part := range strings.SplitSeq(text, "(") {
		n *= strings.Count(part, "|") + 1
		if n > maxVariants {
			break
		}
	}
	return n
}

// expand writes out the alternatives of a phrase: "(has|have) left" gives two.
func expand(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	open := strings.IndexByte(text, '(')
	if open < 0 {
		return []string{text}, nil
	}
	closing := strings.IndexByte(text[open:], ')')
	if closing < 0 {
		return nil, fmt.Errorf("want a closing bracket in %q", text)
	}
	closing += open
	rests, err := expand(text[closing+1:])
	if err != nil {
		return nil, err
	}
	if rests == nil {
		rests = []string{""}
	}
	var all []string
	for choice := range strings.SplitSeq(text[open+1:closing], "|") {
		for _, rest := range rests {
			all = append(all, text[:open]+choice+rest)
		}
	}
	return all, nil
}
