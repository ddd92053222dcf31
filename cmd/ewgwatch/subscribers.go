package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/alert/message"
	"ewgwatch/alert/send/chat"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

// subscribing is a subscription as config.yaml has it.
type subscribing struct {
	ewgwatch.Subscription
	line, column int
}

// UnmarshalYAML reads an entry. An error names line and column of what is wrong.
func (s *subscribing) UnmarshalYAML(node ast.Node) error {
	var entry alert.Config
	if err := yaml.NodeToValue(node, &entry, yaml.Strict()); err != nil {
		return errors.New(yaml.FormatError(err, false, false)) // without the lines around it: they may hold secrets
	}
	sub, err := subscriptionOf(entry, time.Time{})
	if err != nil {
		return errors.New(located(node, entry.Name, err))
	}
	sub.FromFile = true
	at := node.GetToken().Position
	*s = subscribing{sub, at.Line, at.Column}
	return nil
}

// subscriptionOf returns what an entry says, where its channels can be served and
// its language is one that messages are written in.
func subscriptionOf(entry alert.Config, since time.Time) (ewgwatch.Subscription, error) {
	sub, err := entry.Subscription(since)
	if err == nil {
		if wrong := message.CheckLang(sub.Lang); wrong != nil {
			return sub, fmt.Errorf("subscription %q: lang: %w", entry.Name, wrong)
		}
	}
	for i, c := range sub.Channels {
		if c.Kind != ewgwatch.ChatChannel || err != nil {
			continue
		}
		if wrong := chat.Check(c); wrong != nil {
			err = fmt.Errorf("subscription %q: channels: channel %d: chat: %w", entry.Name, i+1, wrong)
		}
	}
	return sub, err
}

// located puts line and column before each line of an error that begins with a key.
func located(node ast.Node, name string, err error) string {
	prefix := fmt.Sprintf("subscription %q: ", name)
	lines := strings.Split(strings.TrimPrefix(err.Error(), prefix), "\n")
	for i, line := range lines {
		key, _, _ := strings.Cut(line, ":")
		at := valueOf(node, key).GetToken().Position
		lines[i] = fmt.Sprintf("[%d:%d] %s%s", at.Line, at.Column, prefix, line)
	}
	return strings.Join(lines, "\n")
}

// valueOf returns the value of a key, the whole node where it has none.
func valueOf(node ast.Node, key string) ast.Node {
	if mapping, is := node.(ast.MapNode); is {
		for pairs := mapping.MapRange(); pairs.Next(); {
			if pairs.Key().GetToken().Value == key {
				return pairs.Value()
			}
		}
	}
	return node
}

// twice says where config.yaml has a name for the second time.
func (s settings) twice() error {
	first := map[string]int{}
	for _, sub := range s.Subscriptions {
		if line, there := first[sub.Name]; there {
			return fmt.Errorf("[%d:%d] subscription %q: want each name once, have it in line %d as well", sub.line, sub.column, sub.Name, line)
		}
		first[sub.Name] = sub.line
	}
	return nil
}

// subscriptions returns those of the database and of config.yaml, by name, and the
// names of those that config.yaml has no more.
func subscriptions(ctx context.Context, s *store.Store, data folder, set settings) (all []ewgwatch.Subscription, gone []string, err error) {
	written := map[string]subscribing{}
	for _, sub := range set.Subscriptions {
		written[sub.Name] = sub
	}
	for kept, err := range keptIn(ctx, s) {
		if err != nil {
			return nil, nil, err
		}
		sub, is := written[kept.Name]
		switch {
		case is && !kept.FromFile:
			return nil, nil, config(fmt.Errorf("%s: [%d:%d] subscription %q: want a name of its own, have that of one made by ewgwatch subscribe add", data.config(), sub.line, sub.column, sub.Name))
		case is:
			sub.Since = kept.Since
			written[kept.Name] = sub
		case kept.FromFile:
			gone = append(gone, kept.Name)
		default:
			all = append(all, kept)
		}
	}
	for _, sub := range written {
		all = append(all, sub.Subscription)
	}
	slices.SortFunc(all, byName)
	return all, gone, nil
}

// keptIn yields the subscriptions of a database; none where that is nil.
func keptIn(ctx context.Context, s *store.Store) iter.Seq2[ewgwatch.Subscription, error] {
	if s == nil {
		return func(func(ewgwatch.Subscription, error) bool) {}
	}
	return s.Subscriptions(ctx)
}

func byName(a, b ewgwatch.Subscription) int { return cmp.Compare(a.Name, b.Name) }

// roll is who wants to hear of what in a data folder, to be read.
type roll struct {
	folder   folder
	settings settings
	store    *store.Store // nil where nothing was crawled yet, so that all are of config.yaml
	all      []ewgwatch.Subscription
}

// openRoll reads who wants to hear of what.
func (a *app) openRoll(ctx context.Context) (r roll, err error) {
	if r.folder, err = a.data(); err != nil {
		return r, err
	}
	if r.settings, err = r.folder.settings(ctx); err != nil {
		return r, err
	}
	r.store, err = a.openForReading(ctx)
	if errors.Is(err, fs.ErrNotExist) && len(r.settings.Subscriptions) > 0 {
		r.store, err = nil, nil
	}
	if err != nil {
		return r, err
	}
	if r.all, _, err = subscriptions(ctx, r.store, r.folder, r.settings); err == nil && r.store != nil {
		err = a.warnUnknown(ctx, r.store, r.all)
	}
	if err != nil {
		return r, errors.Join(err, r.Close())
	}
	return r, nil
}

// warnUnknown warns of subscriptions that want an event that nobody knows: its ID may
// have been written wrong in config.yaml, and they would wait for ever without a word.
// It is no error, as a page of tomorrow may tell of it.
func (a *app) warnUnknown(ctx context.Context, s *store.Store, all []ewgwatch.Subscription) error {
	if !slices.ContainsFunc(all, func(sub ewgwatch.Subscription) bool { return len(sub.Interest.Events) > 0 }) {
		return nil
	}
	known, err := knownEvents(ctx, s)
	if err != nil {
		return err
	}
	for _, sub := range all {
		for _, id := range sub.Interest.Events {
			if _, is := known[id]; !is {
				a.log.Warn("no event of this ID is known: nothing is told of it", "subscription", plain.Line(sub.Name), "event", plain.Line(id))
			}
		}
	}
	return nil
}

// Close lets go of the database.
func (r roll) Close() error {
	if r.store == nil {
		return nil
	}
	return r.store.Close()
}

// named returns the subscription of a name.
func (r roll) named(name string) (ewgwatch.Subscription, error) {
	var names []string
	for _, sub := range r.all {
		if sub.Name == name {
			return sub, nil
		}
		names = append(names, sub.Name)
	}
	if len(names) == 0 {
		return ewgwatch.Subscription{}, usage(fmt.Errorf("want the name of a subscription, have %.80q: there are none", name))
	}
	return ewgwatch.Subscription{}, usage(fmt.Errorf("want the name of a subscription (%s), have %.80q", listed(names), name))
}

// reconcile brings the subscriptions of the database in line with config.yaml, and
// returns them. One that went takes along what it is owed: that is what was asked for.
func reconcile(ctx context.Context, s *store.Store, data folder, set settings) ([]ewgwatch.Subscription, error) {
	all, gone, err := subscriptions(ctx, s, data, set)
	if err != nil {
		return nil, err
	}
	for _, name := range gone {
		if _, err := s.RemoveSubscription(name); err != nil {
			return nil, err
		}
	}
	for _, sub := range all {
		if sub.FromFile {
			if err := s.PutSubscription(sub); err != nil {
				return nil, err
			}
		}
	}
	if all, _, err = subscriptions(ctx, s, data, set); err != nil { // with the moments since when they are kept
		return nil, err
	}
	return all, nil
}
