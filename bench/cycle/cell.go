package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/ledger"
)

//go:embed expected.tsv
var expectedTSV string

// cell is what is known of a state at an event.
type cell struct {
	state  ewgwatch.State
	event  string
	known  string              // as the file has it
	wanted [][]ewgwatch.Stance // of each one must stand; none where nothing is known
}

func parse(text string) (cells []cell, err error) {
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "state\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 || !ewgwatch.State(f[0]).Valid() {
			return nil, fmt.Errorf("expected.tsv:%d: want state, event and stances, have %q", i+1, line)
		}
		c := cell{state: ewgwatch.State(f[0]), event: f[1], known: f[2]}
		if c.known != "-" {
			for all := range strings.FieldsSeq(c.known) {
				var oneOf []ewgwatch.Stance
				for stance := range strings.SplitSeq(all, "/") {
					if !ewgwatch.Stance(stance).Valid() {
						return nil, fmt.Errorf("expected.tsv:%d: want a stance, have %q", i+1, stance)
					}
					oneOf = append(oneOf, ewgwatch.Stance(stance))
				}
				c.wanted = append(c.wanted, oneOf)
			}
		}
		cells = append(cells, c)
	}
	return cells, nil
}

// differs says how what is said of a cell differs from what is known; "" where it
// does not.
func (c cell) differs(said []ledger.Said) string {
	var all []string
	for _, oneOf := range c.wanted {
		if !slices.ContainsFunc(said, func(s ledger.Said) bool { return slices.Contains(oneOf, s.Stance) && (!s.Planned || !done(s.Stance)) }) {
			all = append(all, missing(oneOf, said))
		}
	}
	for _, s := range said {
		if !s.Planned && c.against(s.Stance) {
			all = append(all, "somebody says "+string(s.Stance))
		}
	}
	return strings.Join(all, ", ")
}

// missing says that none of some stances stands, or only as a plan.
func missing(oneOf []ewgwatch.Stance, said []ledger.Said) string {
	if slices.ContainsFunc(said, func(s ledger.Said) bool { return s.Planned && slices.Contains(oneOf, s.Stance) }) {
		return "only planned is " + words(oneOf)
	}
	return "nobody says " + words(oneOf)
}

// done reports whether a stance is a deed, which a plan of it is not.
func done(s ewgwatch.Stance) bool {
	return s != ewgwatch.Undecided && s != ewgwatch.Urged && s != ewgwatch.Invited
}

// against reports whether a stance cannot be true beside what is known.
func (c cell) against(stance ewgwatch.Stance) bool {
	var against, with bool
	for _, oneOf := range c.wanted {
		for _, known := range oneOf {
			against = against || known.Contradicts(stance)
			with = with || known == stance
		}
	}
	return against && !with
}

func words(stances []ewgwatch.Stance) string {
	var all []string
	for _, s := range stances {
		all = append(all, string(s))
	}
	return strings.Join(all, " or ")
}
