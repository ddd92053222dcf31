// Package webhook posts messages as JSON to a URL of the subscriber, signed so
// that the receiver can tell who sent them, when, and which they are.
//
// A delivery has these fields:
//
//	Content-Type: application/json
//	Ewgwatch-Delivery: ID of the alert, the same at every attempt
//	Idempotency-Key: the same once more, quoted (draft-ietf-httpapi-idempotency-key-header)
//	Ewgwatch-Attempt: 1, 2, ...
//	Ewgwatch-Timestamp: seconds since 1970
//	Ewgwatch-Signature: v1=HMAC-SHA256 of the time stamp, a dot and the body, in hex
//
// The signature is missing where the channel has no secret. Only an answer of 2xx
// is a success; redirects are not followed. [Verify] is what a receiver does.
package webhook

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
)

const (
	shown    = 200             // bytes of an answer that are read, for receipts and errors
	patience = 2 * time.Second // for them: the status is all that counts
)

// Options say how webhooks are posted.
type Options struct {
	Client *http.Client // keeps to the addresses that subscribers may name
	Now    func() time.Time
}

// Open returns what opens webhooks.
func Open(o Options) send.Opener {
	return func(channel ewgwatch.Channel) (send.Sender, error) {
		at, err := url.Parse(channel.To)
		if err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
			return nil, fmt.Errorf("want an absolute http(s) URL, have %q", channel.To)
		}
		client := *o.Client
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		return &sender{channel: channel, client: &client, now: o.Now}, nil
	}
}

type sender struct {
	channel ewgwatch.Channel
	client  *http.Client
	now     func() time.Time
}

// Send posts one message.
func (s *sender) Send(ctx context.Context, d send.Delivery) (send.Answer, error) {
	var out atomic.Bool // all of it
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) { out.Store(info.Err == nil) },
	})
	request, err := s.request(ctx, d)
	if err != nil {
		return send.Answer{}, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return send.Answer{}, &send.Refusal{Err: err, Unsure: out.Load()}
	}
	defer response.Body.Close()
	text := response.Status
	if body := head(response.Body); body != "" {
		text += ": " + body
	}
	if response.StatusCode >= 200 && response.StatusCode < 300 {
		return send.Answer{Response: text, Text: string(d.Message.JSON)}, nil
	}
	return send.Answer{}, &send.Refusal{
		Err:   fmt.Errorf("want an answer of 2xx, have %s", text),
		Worth: send.Status(response.StatusCode),
		After: send.RetryAfter(response.Header.Get("Retry-After"), s.now()),
	}
}

// head returns how a body begins, as far as it comes soon.
func head(body io.ReadCloser) string {
	late := time.AfterFunc(patience, func() { _ = body.Close() }) // which ends the reading
	defer late.Stop()
	text, _ := io.ReadAll(io.LimitReader(body, shown)) // an answer that breaks off has its status still
	return string(text)
}

func (s *sender) request(ctx context.Context, d send.Delivery) (*http.Request, error) {
	body := d.Message.JSON
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.channel.To, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	stamp := strconv.FormatInt(s.now().Unix(), 10)
	for field, value := range map[string]string{
		"Content-Type":       "application/json",
		"User-Agent":         "ewgwatch",
		"Idempotency-Key":    strconv.Quote(d.Alert.ID),
		"Ewgwatch-Delivery":  d.Alert.ID,
		"Ewgwatch-Attempt":   strconv.Itoa(d.Attempt),
		"Ewgwatch-Timestamp": stamp,
	} {
		request.Header.Set(field, value)
	}
	if s.channel.Secret != "" {
		request.Header.Set("Ewgwatch-Signature", scheme+signature(s.channel.Secret, stamp, body))
	}
	return request, nil
}

// Close lets go of the connection.
func (s *sender) Close() error {
	s.client.CloseIdleConnections()
	return nil
}
