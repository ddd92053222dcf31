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
	m, err := message.Render(a, message.Options{Lang: a.Lang})
	return send.Message{ID: m.ID, Thread: m.Thread, Subject: m.Subject, Topic: m.Topic, Text: m.Text, HTML: m.HTML, Markdown: m.Markdown, Short: m.Short, JSON: m.JSON}, err
}

// decide owes what the changes bring, and folds what is late.
func decide(ctx context.Context, s *store.Store) error {
	facts := alert.Facts{Now: time.Now(), Voices: ledger.Voices}
	subscriptions, err := all(s.Subscriptions(ctx))
	if err != nil {
		return err
	}
	if facts.Changes, err = all(s.Changes(ctx)); err != nil {
		return err
	}
	findings, err := all(s.Findings(ctx, store.Query{}))
	if err != nil {
		return err
	}
	byID, byClaim := map[string]ewgwatch.Finding{}, map[ewgwatch.Claim][]ewgwatch.Finding{}
	for _, f := range findings {
		byID[f.ID], byClaim[f.Claim()] = f, append(byClaim[f.Claim()], f)
	}
	facts.Finding = func(id string) (ewgwatch.Finding, bool) { f, known := byID[id]; return f, known }
	facts.Saying = func(c ewgwatch.Claim) []ewgwatch.Finding { return byClaim[c] }
	told := map[ewgwatch.Claim][]ewgwatch.Told{}
	for _, sub := range subscriptions {
		for t, err := range s.Told(ctx, sub.Name) {
			if err != nil {
				return err
			}
			told[t.Claim] = append(told[t.Claim], t)
		}
	}
	facts.Told = func(c ewgwatch.Claim) []ewgwatch.Told { return told[c] }
	book := alert.New(subscriptions)
	if err := s.PutPlan(book.Plan(facts)); err != nil {
		return err
	}
	owed, err := all(s.Alerts(ctx, ewgwatch.Owed))
	if err != nil {
		return err
	}
	return s.PutPlan(book.CatchUp(owed, time.Now()))
}
