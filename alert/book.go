package alert

import (
	"iter"
	"slices"

	"ewgwatch"
)

// Book is all subscriptions, such that those which a claim interests are found
// without looking at the others.
type Book struct {
	subscriptions []ewgwatch.Subscription
	byName        map[string]int
	byClaim       map[ewgwatch.Claim][]int // "" stands for any; any stance is any but Mentioned
	watchers      []int                    // of the health of sources
	waiters       []int                    // for expectations
}

// New returns the book of some valid subscriptions. Of two of one name the later holds.
func New(subscriptions []ewgwatch.Subscription) *Book {
	b := &Book{byName: map[string]int{}, byClaim: map[ewgwatch.Claim][]int{}}
	for _, s := range subscriptions {
		if at, twice := b.byName[s.Name]; twice {
			b.subscriptions[at] = s
			continue
		}
		b.byName[s.Name] = len(b.subscriptions)
		b.subscriptions = append(b.subscriptions, s)
	}
	for at, s := range b.subscriptions {
		b.enter(at, s.Interest)
	}
	return b
}

// enter writes a subscription into the indices, into each list once.
func (b *Book) enter(at int, i ewgwatch.Interest) {
	for _, state := range distinct(i.States) {
		for _, stance := range distinct(i.Stances) {
			for _, event := range distinct(i.Events) {
				key := ewgwatch.Claim{State: state, Stance: stance, Event: event}
				b.byClaim[key] = append(b.byClaim[key], at)
			}
		}
	}
	if i.Coverage {
		b.watchers = append(b.watchers, at)
	}
	if i.Expectations {
		b.waiters = append(b.waiters, at)
	}
}

// distinct returns wishes, each once; "" for any where there are none.
func distinct[T ~string](wishes []T) []T {
	if len(wishes) == 0 {
		return []T{""}
	}
	sorted := slices.Sorted(slices.Values(wishes))
	return slices.Compact(sorted)
}

// Interested yields the subscriptions whose filters of state, stance and event a claim
// meets, each once, in no order that means anything. The work is that of the answer,
// not of the book.
func (b *Book) Interested(c ewgwatch.Claim) iter.Seq[ewgwatch.Subscription] {
	return func(yield func(ewgwatch.Subscription) bool) {
		for at := range b.interested(c) {
			if !yield(b.subscriptions[at]) {
				return
			}
		}
	}
}

// interested yields their places in the book. A claim is looked for under itself and
// under any in the place of each of its parts, and nobody stands under two of these.
func (b *Book) interested(c ewgwatch.Claim) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, key := range [...]ewgwatch.Claim{
			{}, {Event: c.Event}, {State: c.State}, {State: c.State, Event: c.Event},
			{Stance: c.Stance}, {Event: c.Event, Stance: c.Stance}, {State: c.State, Stance: c.Stance}, c,
		} {
			if c.Event == "" || c.State == "" || c.Stance == "" || key.Stance == "" && c.Stance == ewgwatch.Mentioned {
				continue
			}
			for _, at := range b.byClaim[key] {
				if !yield(at) {
					return
				}
			}
		}
	}
}

// filter returns the filter by which a claim falls through; "" for none.
func filter(i ewgwatch.Interest, c ewgwatch.Claim) Reason {
	switch {
	case c.Event == "":
		return NoEvent
	case !admits(i.States, c.State):
		return FilterState
	case !admits(i.Events, c.Event):
		return FilterEvent
	case c.Stance == ewgwatch.Mentioned && !slices.Contains(i.Stances, c.Stance):
		return MentionOnly
	case !admits(i.Stances, c.Stance):
		return FilterStance
	}
	return ""
}

// admits reports whether a filter lets one through; an empty one lets all.
func admits[T comparable](wishes []T, one T) bool {
	return len(wishes) == 0 || slices.Contains(wishes, one)
}
