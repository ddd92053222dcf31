package main

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/store"
)

// alertOptions say how subscribers are told.
type alertOptions struct {
	allow  []netip.Prefix // addresses of loopback and private networks that a subscriber may name
	atEnd  time.Duration  // for which a night delivers what it found; 0 for not at all
	served bool           // subscriptions come and go while it is open
	silent bool           // nobody is told anything: what is new is kept
}

// desk knows who wants to hear of what, decides who is owed what, and has it delivered.
type desk struct {
	*held
	app     *app
	options alertOptions

	mu            sync.Mutex // guards the rest
	settings      settings
	subscriptions map[string]ewgwatch.Subscription
}

// openDesk reads who wants to hear of what. Subscriptions of config.yaml are kept from
// the first time they are seen, and dropped when they are there no more.
func (a *app) openDesk(ctx context.Context, h *held, options alertOptions) (*desk, error) {
	d := &desk{held: h, app: a, options: options}
	return d, d.readAnew(ctx)
}

// readAnew reads config.yaml and the subscriptions.
func (d *desk) readAnew(ctx context.Context) (err error) {
	set, err := d.folder.settings(ctx)
	if err != nil {
		return err
	}
	all, err := reconcile(ctx, d.store, d.folder, set)
	if err != nil {
		return err
	}
	if err := d.app.warnUnknown(ctx, d.store, all); err != nil {
		return err
	}
	d.store.Hear(len(all) > 0)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settings, d.subscriptions = set, map[string]ewgwatch.Subscription{}
	for _, s := range all {
		d.subscriptions[s.Name] = s
	}
	return nil
}

// reader returns a subscription, and how it is written to.
func (d *desk) reader(name string) (ewgwatch.Subscription, settings) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.subscriptions[name], d.settings
}

// subscribers are all subscriptions, by name.
func (d *desk) subscribers() (all []ewgwatch.Subscription) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.subscriptions {
		all = append(all, s)
	}
	slices.SortFunc(all, byName)
	return all
}

// maxPlanned is how many changes are decided of at once, each with all that stands
// beside it in memory.
const maxPlanned = 2000

// plan decides of every change who is owed what, and puts one digest in the place of
// alerts that an outage has dammed up. Cut short, it goes on where it was: what is
// decided twice has the same names.
func (d *desk) plan(ctx context.Context) error {
	changes, err := d.changes(ctx)
	if err != nil {
		return err
	}
	if len(changes) > 0 || d.waits() {
		if err := d.decide(ctx, changes); err != nil {
			return err
		}
	}
	return d.catchUp(ctx)
}

// waits reports whether somebody may be owed something though nothing changed.
func (d *desk) waits() bool {
	return len(d.settings.Expect) > 0 && slices.ContainsFunc(d.subscribers(), func(s ewgwatch.Subscription) bool { return s.Interest.Expectations })
}

// decide decides of changes, and then of those behind them.
func (d *desk) decide(ctx context.Context, changes []ewgwatch.Change) error {
	informed, err := d.inform(ctx)
	if err != nil {
		return err
	}
	book := alert.New(informed.belief.subscribers(d.subscribers()))
	for {
		facts, err := informed.facts(ctx, changes)
		if err != nil {
			return err
		}
		plan := book.Plan(facts)
		if len(changes) > 0 || len(plan.Alerts)+len(plan.Marks) > 0 {
			if err := d.store.PutPlan(plan); err != nil {
				return err
			}
		}
		if len(changes) < maxPlanned {
			return nil
		}
		informed.hear(plan.Told)
		for _, mark := range plan.Marks {
			informed.marked[mark] = true
		}
		if changes, err = d.changes(ctx); err != nil || len(changes) == 0 {
			return err
		}
	}
}

// changes returns those that are decided of next.
func (d *desk) changes(ctx context.Context) (all []ewgwatch.Change, err error) {
	for change, err := range d.store.Changes(ctx) {
		if err != nil {
			return nil, err
		}
		if all = append(all, change); len(all) == maxPlanned {
			break
		}
	}
	return all, nil
}

// catchUp puts one digest in the place of many alerts that are late. Where somebody
// sends one of them meanwhile, as serve does, it is decided anew without that one.
func (d *desk) catchUp(ctx context.Context) error {
	for {
		if err := d.catchUpOnce(ctx); !errors.Is(err, store.ErrOvertaken) {
			return err
		}
	}
}

func (d *desk) catchUpOnce(ctx context.Context) error {
	var owed []ewgwatch.Alert
	for one, err := range d.store.Alerts(ctx, ewgwatch.Owed) {
		if err != nil {
			return err
		}
		owed = append(owed, one)
	}
	if plan := alert.CatchUp(owed, d.now()); len(plan.Alerts) > 0 {
		return d.store.PutPlan(plan)
	}
	return nil
}
