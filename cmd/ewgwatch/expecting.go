package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"ewgwatch"
	"ewgwatch/ledger"
)

// wish is an expectation as config.yaml has it.
type wish ewgwatch.Expectation

// UnmarshalYAML reads "{event: ewgct-2026-tabletop, by: 2026-09-30}". An error names
// line and column.
func (w *wish) UnmarshalYAML(node ast.Node) error {
	var text struct{ Event, By string }
	if err := yaml.NodeToValue(node, &text, yaml.Strict()); err != nil {
		return err
	}
	by, err := ewgwatch.ParseDate(text.By)
	switch {
	case text.Event == "":
		err = errors.New("expect: want the ID of an event, have none")
	case err == nil && by.Day == 0:
		err = fmt.Errorf("expect: by: want a day like 2026-09-30, have %q", text.By)
	case err != nil:
		err = fmt.Errorf("expect: by: %w", err)
	}
	if err != nil {
		at := node.GetToken().Position
		return fmt.Errorf("[%d:%d] %w", at.Line, at.Column, err)
	}
	*w = wish{Event: text.Event, By: by}
	return nil
}

// wish returns an expectation of the event that its own is part of: all that is said
// of either is said of that.
func (b belief) wish(w wish) wish {
	w.Event = b.of(ewgwatch.Event{ID: w.Event}).ID
	return w
}

// wishes are the expectations of one event, or all.
func (b belief) wishes(all []wish, of ledgerOptions) (some []wish) {
	for _, w := range all {
		if w = b.wish(w); of.Event == "" || w.Event == of.Event {
			some = append(some, w)
		}
	}
	return some
}

// standOf says how expectations stand, in the order of config.yaml.
func standOf(matrix *ledger.Ledger, wishes []wish, events map[string]ewgwatch.Event, now time.Time) []ledger.Expected {
	all := make([]ledger.Expected, len(wishes))
	for i, w := range wishes {
		all[i] = matrix.Expect(ewgwatch.Expectation(w), events[w.Event], now)
	}
	return all
}
