package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/alert/message"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/chat"
	"ewgwatch/alert/send/feed"
	"ewgwatch/alert/send/post"
	"ewgwatch/crawler"
	"ewgwatch/internal/plain"
)

// delivery is what came of delivering, and what is owed still.
type delivery struct {
	send.Report
	waiting int       // alerts that are due, and were not taken
	later   int       // that are not due yet
	next    time.Time // when the first of them is
	dead    int       // that were given up at some time, and may be replayed
	why     string    // one of those that wait failed last
	silent  bool      // nobody wants to hear of anything
}

// answerTime is how long a webhook or a chat service may take.
const answerTime = 30 * time.Second

// courierOptions say how alerts are delivered. Once chat services are among the
// channels, the program speaks to no address that subscribers may not name.
func (d *desk) courierOptions() send.Options {
	folder, wrong := d.feeds()
	client := crawler.Client(d.options.allow, answerTime)
	if d.options.served || d.chats() {
		chat.Guard(client.Transport)
	}
	open := post.Openers(post.Options{
		Mail: d.settings.mail(), Client: client, Stdout: d.app.out, Now: d.now,
		Feed: feed.Options{Folder: folder, Site: d.settings.FeedsURL, Authority: cmp.Or(hostOf(d.settings.FeedsURL), hostOf(d.settings.Base))},
	})
	if wrong != nil {
		open[ewgwatch.FeedChannel] = cannot(wrong)
	}
	if d.settings.SMTP == nil {
		open[ewgwatch.MailChannel] = cannot(errors.New("config.yaml names no mail server: smtp: {host: …, from: …}"))
	}
	return send.Options{Now: d.now, Render: d.render, Open: open, Quiet: d.quiet}
}

// cannot opens no channel of a kind: somebody may mend what is wrong.
func cannot(wrong error) send.Opener {
	return func(ewgwatch.Channel) (send.Sender, error) { return nil, wrong }
}

// feeds is the folder that feeds lie in, which is made where it is missing.
func (d *desk) feeds() (string, error) {
	folder := d.folder.feeds(d.settings)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	return folder, nil
}

func (f folder) feeds(s settings) string {
	switch {
	case s.Feeds == "":
		return filepath.Join(string(f), "feeds")
	case filepath.IsAbs(s.Feeds):
		return s.Feeds
	}
	return filepath.Join(string(f), s.Feeds)
}

func (d *desk) chats() bool {
	for _, s := range d.subscribers() {
		for _, c := range s.Channels {
			if c.Kind == ewgwatch.ChatChannel {
				return true
			}
		}
	}
	return false
}

// render writes an alert for its subscriber.
func (d *desk) render(a ewgwatch.Alert) (send.Message, error) {
	reader, set := d.reader(a.Subscription)
	return message.Render(a, message.Options{Zone: reader.Zone(), Lang: a.Lang, Base: set.Base, Unsubscribe: set.Unsubscribe})
}

// quiet returns when the subscriber of an alert may be told again, now or after its
// quiet hours.
func (d *desk) quiet(a ewgwatch.Alert, now time.Time) time.Time {
	reader, _ := d.reader(a.Subscription)
	return reader.Quiet.After(now)
}

// deliver delivers what is due, for as long as a night may. That a channel fails is in
// what is returned; an error is one of the database.
func (d *desk) deliver(ctx context.Context) (*delivery, error) {
	limited, cancel := context.WithTimeout(ctx, d.options.atEnd)
	defer cancel()
	report, err := send.New(d.store, d.courierOptions()).Deliver(limited)
	if err != nil {
		return nil, err
	}
	done, err := d.left(context.WithoutCancel(ctx))
	if err == nil {
		done.Report = report
	}
	return done, err
}

// left says what is owed.
func (d *desk) left(ctx context.Context) (*delivery, error) {
	done := &delivery{silent: len(d.subscribers()) == 0}
	now := d.now()
	for a, err := range d.store.Alerts(ctx, "") {
		due := a.DueAt
		if free := d.quiet(a, now); free.After(due) {
			due = free
		}
		switch {
		case err != nil:
			return nil, err
		case a.State == ewgwatch.Dead:
			done.dead++
		case a.State != ewgwatch.Owed:
		case due.After(now):
			done.later++
			if done.next.IsZero() || due.Before(done.next) {
				done.next = due
			}
		default:
			done.waiting++
			if a.LastError != "" {
				done.why = fmt.Sprintf("%s: %s", a.Channel, a.LastError)
			}
		}
	}
	return done, nil
}

// whole reports whether everything that is due was taken.
func (d *delivery) whole() bool { return d.waiting == 0 && d.Dead == 0 && len(d.Failing) == 0 }

// print says in a summary what became of alerts; nothing where nobody wants any.
func (d *delivery) print(w io.Writer) {
	if d == nil || d.silent && d.Sent+d.waiting+d.later == 0 {
		return
	}
	fmt.Fprintf(w, "  alerts    %s\n", d)
	if d.waiting+d.Dead > 0 {
		fmt.Fprintln(w, "            ewgwatch alert tries again; ewgwatch alert list --owed says what waits")
	}
}

// String says it in a line.
func (d *delivery) String() string {
	parts := []string{fmt.Sprintf("%d sent", d.Sent)}
	if d.waiting > 0 {
		parts = append(parts, d.waits())
	}
	if d.later > 0 {
		parts = append(parts, fmt.Sprintf("%d due later, the first at %s", d.later, d.next.UTC().Format("2006-01-02 15:04 MST")))
	}
	if d.Dead > 0 {
		parts = append(parts, fmt.Sprintf("%d given up now", d.Dead))
	}
	return strings.Join(parts, ", ")
}

func (d *delivery) waits() string {
	text, whys := fmt.Sprintf("%d waiting", d.waiting), []string(nil)
	for _, f := range d.Failing {
		whys = append(whys, plain.Cut(plain.Line(f.Channel+": "+f.Why), 200))
	}
	if len(whys) == 0 && d.why != "" {
		whys = append(whys, plain.Cut(plain.Line(d.why), 200))
	}
	if len(whys) > 0 {
		text += " (" + strings.Join(whys[:min(3, len(whys))], "; ") + ")"
	}
	return text
}
