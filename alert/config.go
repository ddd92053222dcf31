package alert

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"ewgwatch"
)

// Config is a subscription as people write it, an entry of subscriptions in
// config.yaml:
//
//	subscriptions:
//	  - name: Mekong desk
//	    states: [LA, MM]
//	    stances: [declined, absent]
//	    kinds: [ministry, agency]
//	    min_sources: 2
//	    contradictions: true
//	    channels: ["mailto:desk@example.org"]
//	    rhythm: daily 07:00 Asia/Bangkok
type Config struct {
	Name           string   `yaml:"name"`
	States         []string `yaml:"states"`  // codes or English names
	Stances        []string `yaml:"stances"` // as in the ledger
	Events         []string `yaml:"events"`  // IDs
	Kinds          []string `yaml:"kinds"`   // of sources
	Langs          []string `yaml:"langs"`   // of articles
	MinSources     int      `yaml:"min_sources"`
	Contradictions bool     `yaml:"contradictions"`
	Expectations   bool     `yaml:"expectations"`
	Coverage       bool     `yaml:"coverage"`
	Channels       []string `yaml:"channels"` // see [ewgwatch.ParseChannel]
	Secret         string   `yaml:"secret"`   // of its webhooks: env:NAME or file:PATH
	Rhythm         string   `yaml:"rhythm"`   // see [ewgwatch.ParseRhythm]
	Quiet          string   `yaml:"quiet"`    // see [ewgwatch.ParseQuiet]
	Lang           string   `yaml:"lang"`     // of messages
	Group          string   `yaml:"group"`    // claim, event, state or night
	Steps          []int    `yaml:"steps"`
	Paused         bool     `yaml:"paused"`
}

// Subscription returns what the entry says, of a subscription that is there since a
// moment. It is an error if anything of it is wrong: all that is, a line each that
// begins with the key.
func (c Config) Subscription(since time.Time) (ewgwatch.Subscription, error) {
	s := ewgwatch.Subscription{
		Name: c.Name, Lang: c.Lang, Steps: c.Steps, Paused: c.Paused, Since: since,
		Interest: ewgwatch.Interest{
			States: each(c.States, stateOf), Stances: each(c.Stances, lowered[ewgwatch.Stance]), Events: c.Events,
			Kinds: each(c.Kinds, lowered[ewgwatch.SourceKind]), Langs: c.Langs,
			MinSources: c.MinSources, Contradictions: c.Contradictions, Expectations: c.Expectations, Coverage: c.Coverage,
		},
	}
	var errs [4]error
	s.Rhythm, errs[0] = ewgwatch.ParseRhythm(c.Rhythm)
	s.Quiet, errs[1] = ewgwatch.ParseQuiet(c.Quiet)
	s.Channels, errs[2] = c.channels()
	s.Grouping, errs[3] = groupingOf(c.Group)
	for i, key := range []string{"rhythm", "quiet", "channels", "group"} {
		if errs[i] != nil {
			errs[i] = fmt.Errorf("%s: %w", key, errs[i])
		}
	}
	if err := errors.Join(errs[:]...); err != nil {
		return ewgwatch.Subscription{}, c.named(err)
	}
	if err := s.Valid(); err != nil {
		return ewgwatch.Subscription{}, c.named(err)
	}
	return s, nil
}

// named says which subscription an error is of, where it has a name.
func (c Config) named(err error) error {
	if c.Name == "" {
		return err
	}
	return fmt.Errorf("subscription %q: %w", c.Name, err)
}

// channels returns the channels, where the secret goes with every webhook.
func (c Config) channels() (all []ewgwatch.Channel, err error) {
	hooks := 0
	for i, text := range c.Channels {
		channel, err := ewgwatch.ParseChannel(text)
		if err != nil {
			return nil, fmt.Errorf("channel %d: %w", i+1, err)
		}
		if channel.Kind == ewgwatch.WebhookChannel {
			hooks++
			channel.Secret = c.Secret
		}
		all = append(all, channel)
	}
	if c.Secret != "" && hooks == 0 {
		return nil, errors.New("secret: want a webhook that it signs, have none")
	}
	return all, nil
}

// stateOf reads the code or the English name of a state; what is neither, the check
// that follows refuses.
func stateOf(text string) ewgwatch.State {
	for _, s := range ewgwatch.States() {
		if strings.EqualFold(text, string(s)) || strings.EqualFold(text, s.Name()) {
			return s
		}
	}
	return ewgwatch.State(text)
}

// groupingOf reads a grouping; a message a claim is the one that has no word of its own.
func groupingOf(text string) (ewgwatch.Grouping, error) {
	switch g := ewgwatch.Grouping(text); g {
	case "claim":
		return ewgwatch.ByClaim, nil
	case ewgwatch.ByClaim, ewgwatch.ByEvent, ewgwatch.ByState, ewgwatch.ByNight:
		return g, nil
	}
	return "", fmt.Errorf("want one of claim, event, state, night, have %q", text)
}

func lowered[T ~string](text string) T { return T(strings.ToLower(text)) }

// each is nil for nothing, as an empty filter lets all through.
func each[T any](texts []string, read func(string) T) (all []T) {
	for _, text := range texts {
		all = append(all, read(text))
	}
	return all
}
