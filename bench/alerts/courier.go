package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/alert/message"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/mail"
	"ewgwatch/alert/send/post"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

// deliver decides who is owed what in a data folder, and delivers it through a mail
// server at a port.
func deliver(ctx context.Context, data, port string) (err error) {
	s, err := store.Open(ctx, filepath.Join(data, "findings.db"), store.Options{Changes: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := decide(ctx, s); err != nil {
		return err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	_, err = send.New(s, send.Options{
		Now: time.Now, Render: render,
		Open: post.Openers(post.Options{
			Mail:   mail.Options{Host: "127.0.0.1", Port: number, TLS: mail.Plain, From: "watch@example.org"},
			Client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, Now: time.Now,
		}),
	}).Deliver(ctx)
	return err
}

func render(a ewgwatch.Alert) (send.Message, error) {
	return message.Render(a, message.Options{Lang: a.Lang})
}

// decide owes what the changes bring, and folds what is late.
func decide(ctx context.Context, s *store.Store) error {
	subscriptions, err := all(s.Subscriptions(ctx))
	if err != nil {
		return err
	}
	book := alert.New(subscriptions)
	facts, err := known(ctx, s, subscriptions)
	if err != nil {
		return err
	}
	if err := s.PutPlan(book.Plan(facts)); err != nil {
		return err
	}
	owed, err := all(s.Alerts(ctx, ewgwatch.Owed))
	if err != nil {
		return err
	}
	return s.PutPlan(alert.CatchUp(owed, time.Now()))
}

// known returns what a store knows when it is decided.
func known(ctx context.Context, s *store.Store, subscriptions []ewgwatch.Subscription) (facts alert.Facts, err error) {
	changes, err := all(s.Changes(ctx))
	if err != nil {
		return facts, err
	}
	findings, told := map[string]ewgwatch.Finding{}, map[ewgwatch.Claim][]ewgwatch.Told{}
	saying := map[ewgwatch.Claim][]ewgwatch.Finding{}
	for f, err := range s.Findings(ctx, store.Query{}) {
		if err != nil {
			return facts, err
		}
		findings[f.ID], saying[f.Claim()] = f, append(saying[f.Claim()], f)
	}
	for _, sub := range subscriptions {
		for t, err := range s.Told(ctx, sub.Name) {
			if err != nil {
				return facts, err
			}
			told[t.Claim] = append(told[t.Claim], t)
		}
	}
	return alert.Facts{
		Now: time.Now(), Changes: changes, Voices: ledger.Voices,
		Finding: func(id string) (ewgwatch.Finding, bool) { f, known := findings[id]; return f, known },
		Saying:  func(c ewgwatch.Claim) []ewgwatch.Finding { return saying[c] },
		Told:    func(c ewgwatch.Claim) []ewgwatch.Told { return told[c] },
	}, nil
}
