package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/store"
)

// channels is how many channels a subscriber has, and claims how many it is told of in
// a round: as many as it gets in messages of their own.
const (
	channels = 2
	claims   = alert.Most
)

// desks are subscribers, of which each wants to hear of one state.
func (g *ground) desks() (all []ewgwatch.Subscription) {
	states := ewgwatch.States()
	for i := range max(1, g.alerts/claims/channels) {
		all = append(all, g.desk(fmt.Sprintf("desk%d", i), ewgwatch.Interest{States: []ewgwatch.State{states[i%len(states)]}}))
	}
	return all
}

// desk is a subscriber who gets mail and a webhook.
func (g *ground) desk(name string, interest ewgwatch.Interest) ewgwatch.Subscription {
	return ewgwatch.Subscription{
		Name: name, Interest: interest, Since: time.Now().Add(-time.Hour),
		Channels: []ewgwatch.Channel{
			{Kind: ewgwatch.MailChannel, To: name + "@example.net"},
			{Kind: ewgwatch.WebhookChannel, To: g.hook.at + "/" + name, Secret: "env:" + secretName},
		},
	}
}

// owe puts subscribers, and some of the events of a round that they are to hear of.
// Those of every round are its own, so that its alerts are too.
func (g *ground) owe(ctx context.Context, desks []ewgwatch.Subscription, events ...string) (err error) {
	s, err := store.Open(ctx, g.path(folder, "findings.db"), store.Options{Changes: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for _, desk := range desks {
		if err := s.PutSubscription(desk); err != nil {
			return err
		}
	}
	for _, event := range events {
		if _, err := s.Put(ctx, reading(event, time.Now())); err != nil {
			return err
		}
	}
	return nil
}

// events returns the IDs of those of a round.
func events(round int) (ids []string) {
	for i := range claims {
		ids = append(ids, fmt.Sprintf("ewgct-2026-field-%d-%d", round, i))
	}
	return ids
}

// reading is an article that says of every state that it attended an event.
func reading(event string, now time.Time) ewgwatch.Reading {
	source := ewgwatch.Source{ID: "tribune.test", Name: "Tribune", Kind: ewgwatch.News, Lang: "en"}
	url := "https://tribune.test/" + event
	article := &ewgwatch.Article{URL: url, Title: "Exercise", Text: "text of " + event, Lang: "en", Source: source}
	r := ewgwatch.Reading{Visit: ewgwatch.Visit{URL: url, Source: source.ID, At: now, Outcome: ewgwatch.New, Status: 200, ReadAt: now}, Article: article}
	for _, state := range ewgwatch.States() {
		f := ewgwatch.Finding{
			FoundAt: now, State: state, Stance: ewgwatch.Attended, Event: ewgwatch.Event{ID: event, Name: "Field exercise", Kind: ewgwatch.Field},
			Quote: state.Name() + " attended the exercise.", QuoteStart: 0, QuoteEnd: 4, Rule: "attended", Confidence: 0.9, Via: "named",
			Status: ewgwatch.Current, URL: url, Title: article.Title, Lang: "en", Source: source,
		}
		r.Findings = append(r.Findings, f.Identify())
	}
	return r
}
