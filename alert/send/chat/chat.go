// Package chat sends messages to chat and push services through shoutrrr: Slack,
// Matrix, Telegram, Signal, ntfy, Discord, Teams and others, by its URLs.
//
// shoutrrr opens its connections by itself. Seven of its services let us hand them
// a client; the others use [http.DefaultTransport], which [Guard] replaces for the
// whole program. Until it has, these services are refused: no URL of a subscriber
// is spoken to without the guard of addresses.
//
// These services have no place for an ID: after a crash between a delivery and its
// receipt a message comes twice. What a service that uses the default transport
// answers cannot be told apart from what others are answered meanwhile, so that
// its failures are all worth a further attempt, at our own pace.
package chat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

// Options say how services are spoken to.
type Options struct {
	Client *http.Client // whose transport keeps to the addresses that subscribers may name
	Now    func() time.Time
}

// Open returns what opens chat services.
func Open(o Options) send.Opener {
	return func(channel ewgwatch.Channel) (send.Sender, error) {
		name := serviceOf(channel.To)
		manners, known := services[name]
		if !known {
			return nil, unknown(name)
		}
		tap := &tap{next: guarded{o.transport()}}
		if !manners.handed && !isGuarded() {
			return nil, fmt.Errorf("%s opens its own connections, and they are not guarded: see Guard", name)
		}
		service, err := locate(channel.To)
		if err != nil {
			return nil, err
		}
		if manners.handed && !hand(service, tap) {
			return nil, fmt.Errorf("%s takes no client of ours", name)
		}
		return &sender{service: service, manners: manners, tap: tap, now: o.Now}, nil
	}
}

// Check returns nil for a channel of a service that is spoken to, and for one whose
// service a secret hides.
func Check(channel ewgwatch.Channel) error {
	name := serviceOf(channel.To)
	if _, known := services[name]; known || strings.HasPrefix(channel.To, "${") {
		return nil
	}
	return unknown(name)
}

// serviceOf returns the name of the service that a URL of shoutrrr begins with.
func serviceOf(to string) string {
	name, _, found := strings.Cut(to, "://")
	if !found {
		return ""
	}
	name, _, _ = strings.Cut(strings.ToLower(name), "+") // generic+https
	return name
}

func unknown(name string) error {
	return fmt.Errorf("want a service that is spoken to, have %q", plain.Cut(name, 20))
}

func (o Options) transport() http.RoundTripper {
	if o.Client == nil || o.Client.Transport == nil {
		return refuse{}
	}
	return o.Client.Transport
}

// locate reads a URL of shoutrrr, which some services go to the network for.
func locate(text string) (service types.Service, err error) {
	defer func() { err = told(recover(), err) }()
	return (&router.ServiceRouter{}).Locate(text)
}

// told makes an error of a panic: what a service answers must not end the program.
func told(trouble any, err error) error {
	if trouble != nil {
		return fmt.Errorf("shoutrrr panics: %v", trouble)
	}
	return err
}

type sender struct {
	service types.Service
	manners manners
	tap     *tap
	now     func() time.Time
}

// Send sends one message. shoutrrr knows no context: when the attempt's time is
// over it is left behind, and ends with the limit that every request has.
func (s *sender) Send(ctx context.Context, d send.Delivery) (send.Answer, error) {
	text, params := s.manners.dress(d.Message)
	s.tap.reset()
	ended := make(chan error, 1)
	go func() { ended <- s.speak(text, params) }()
	select {
	case err := <-ended:
		return s.answer(text, err)
	case <-ctx.Done():
		return send.Answer{}, ctx.Err()
	}
}

func (s *sender) speak(text string, params types.Params) (err error) {
	defer func() { err = told(recover(), err) }()
	return s.service.Send(text, &params)
}

func (s *sender) answer(text string, err error) (send.Answer, error) {
	status, after := s.tap.seen()
	if err == nil && (status == 0 || status >= 200 && status < 300) {
		return send.Answer{Response: strings.TrimSuffix(fmt.Sprintf("%s took it, %s", s.service.GetID(), http.StatusText(status)), ", "), Text: text}, nil
	}
	if err == nil {
		err = errors.New("want an answer of 2xx")
	}
	if status == 0 {
		return send.Answer{}, err
	}
	return send.Answer{}, &send.Refusal{
		Err:   fmt.Errorf("%w (status %d)", err, status),
		Worth: send.Status(status),
		After: send.RetryAfter(after, s.now()),
	}
}

// Close does nothing: connections are not kept.
func (*sender) Close() error { return nil }
