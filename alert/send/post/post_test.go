package post_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send/feed"
	"ewgwatch/alert/send/mail"
	"ewgwatch/alert/send/post"
)

func TestEveryKindOfChannelIsOpened(t *testing.T) {
	openers := post.Openers(post.Options{
		Mail:   mail.Options{Host: "127.0.0.1", From: "w@example.org"},
		Feed:   feed.Options{Folder: t.TempDir()},
		Client: &http.Client{Transport: &http.Transport{}},
		Stdout: &bytes.Buffer{},
		Now:    time.Now,
	})
	to := map[ewgwatch.ChannelKind]string{
		ewgwatch.MailChannel: "an@example.net", ewgwatch.WebhookChannel: "https://example.org/hook", ewgwatch.FeedChannel: "feeds/kh",
		ewgwatch.ChatChannel: "ntfy://ntfy.example.org/topic", ewgwatch.StdoutChannel: "", ewgwatch.CommandChannel: "true",
	}
	for _, kind := range ewgwatch.ChannelKinds() {
		open := openers[kind]
		if open == nil {
			t.Errorf("nothing opens %s", kind)
			continue
		}
		sender, err := open(ewgwatch.Channel{Kind: kind, To: to[kind]})
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if err := sender.Close(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
