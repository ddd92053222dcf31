// Package post puts the channels together: it opens the sender of each kind.
package post

import (
	"io"
	"net/http"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/chat"
	"ewgwatch/alert/send/command"
	"ewgwatch/alert/send/feed"
	"ewgwatch/alert/send/mail"
	"ewgwatch/alert/send/stdout"
	"ewgwatch/alert/send/webhook"
)

// Options say how each kind of channel is served.
type Options struct {
	Mail   mail.Options
	Feed   feed.Options
	Client *http.Client // for webhooks and chat, which subscribers name: it keeps to the addresses that they may
	Stdout io.Writer
	Now    func() time.Time
}

// Openers returns what opens every kind of channel. For all chat services to be
// among them, [chat.Guard] has to be called as well.
func Openers(o Options) map[ewgwatch.ChannelKind]send.Opener {
	return map[ewgwatch.ChannelKind]send.Opener{
		ewgwatch.MailChannel:    mail.Open(o.Mail),
		ewgwatch.WebhookChannel: webhook.Open(webhook.Options{Client: o.Client, Now: o.Now}),
		ewgwatch.ChatChannel:    chat.Open(chat.Options{Client: o.Client, Now: o.Now}),
		ewgwatch.FeedChannel:    feed.Open(o.Feed),
		ewgwatch.StdoutChannel:  stdout.Open(o.Stdout),
		ewgwatch.CommandChannel: command.Open,
	}
}
