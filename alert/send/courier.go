package send

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// Courier delivers what an outbox owes. It remembers which channels fail from one
// call to the next; one call runs at a time.
type Courier struct {
	outbox Outbox
	o      Options
	lanes  map[key]*lane
}

// key names a lane.
type key struct {
	kind ewgwatch.ChannelKind
	to   string
}

func keyOf(channel ewgwatch.Channel) key { return key{channel.Kind, channel.To} }

// New returns a courier.
func New(outbox Outbox, o Options) *Courier {
	return &Courier{outbox: outbox, o: o.complete(), lanes: map[key]*lane{}}
}

// Deliver delivers what is due, and returns when nothing is that may be tried now,
// or when ctx ends, which is no error: what is left keeps its turn. What a channel
// refuses is in the report; an error is one of the outbox.
func (c *Courier) Deliver(ctx context.Context) (Report, error) { return c.work(ctx, false) }

// Run delivers what is due and what becomes due, until ctx ends, which is no error.
func (c *Courier) Run(ctx context.Context) (Report, error) { return c.work(ctx, true) }

func (c *Courier) work(ctx context.Context, on bool) (Report, error) {
	if c.o.Render == nil || c.o.Now == nil {
		return Report{}, errors.New("want a Render and a Now to deliver with, have none")
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &shift{Courier: c, events: make(chan event)}
	err := s.work(ctx, on)
	if err != nil {
		stop() // nothing more is begun; what runs is settled as far as the outbox takes it
		err = errors.Join(err, s.work(ctx, false))
	}
	s.report.Failing = c.failing()
	return s.report, err
}

func (c *Courier) failing() (all []Failing) {
	for _, l := range c.lanes {
		if l.failures > 0 {
			all = append(all, Failing{l.name, l.why})
		}
	}
	slices.SortFunc(all, func(a, b Failing) int { return strings.Compare(a.Channel, b.Channel) })
	return all
}

// lane is what is remembered of a channel that is served or rests.
type lane struct {
	name     string // without secrets
	busy     bool
	failures int       // since the last success
	rests    time.Time // until then
	why      string    // the last failed
}

func (l *lane) sick() bool { return l != nil && l.failures > 0 }

// lane returns what is remembered of a channel; nil for nothing.
func (c *Courier) lane(channel ewgwatch.Channel) *lane { return c.lanes[keyOf(channel)] }
