package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// whole is the round tripper that reads every body to its end, within the caps
// and the timeout, so that an answer that came back is over: what is above may
// count the delay from here. The body of its responses is a *payload.
type whole struct {
	next    http.RoundTripper
	maxBody int64
	timeout time.Duration
	now     func() time.Time
}

// payload is a body that was read. Reading it gives the bytes as received.
type payload struct {
	*bytes.Reader
	received []byte // transfer coding undone, content coding intact
	decoded  []byte // content coding undone
	at       time.Time
	remote   string // the server's address; "" where unknown
	flaw     error  // why this is not the whole body; nil where it is
	sent     []byte // the head of the request as it went over the wire; nil where unknown
	head     []byte // that of the answer
	verdict  string // of robots.txt on the request
}

func (p *payload) Close() error { return nil }

// tooLarge is the flaw of a body over the cap.
type tooLarge struct{ limit int64 }

func (e *tooLarge) Error() string { return fmt.Sprintf("body is over %d bytes", e.limit) }

// timeoutError is returned when the whole answer did not come in time.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("no whole answer within %v", e.after) }

// RoundTrip returns an answer with its whole body. A body that breaks off or
// grows over the cap is no error here: status and header are worth having, and
// the payload says what is wrong.
func (w whole) RoundTrip(req *http.Request) (*http.Response, error) {
	late := &timeoutError{w.timeout}
	ctx, cancel := context.WithTimeoutCause(req.Context(), w.timeout, late)
	defer cancel()
	var on atomic.Pointer[wire]
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if conn, ok := info.Conn.(*wire); ok {
			conn.begin()
			on.Store(conn)
		}
	}})
	at := w.now()
	response, err := w.next.RoundTrip(req.WithContext(traced))
	if err != nil {
		return nil, timely(ctx, late, err)
	}
	body := w.read(response)
	body.at, body.flaw = at, timely(ctx, late, body.flaw)
	if conn := on.Load(); conn != nil {
		body.sent, body.head = conn.heads()
		body.remote, _, _ = net.SplitHostPort(conn.RemoteAddr().String())
		response.TLS = conn.secure
	}
	response.Body, response.Request = body, req
	return response, nil
}

func (w whole) read(response *http.Response) *payload {
	defer response.Body.Close()
	limit := w.maxBody + 1
	if response.ContentLength > w.maxBody {
		limit = keptOfLarge // it says itself that the rest is not worth waiting for
	}
	received, err := io.ReadAll(io.LimitReader(newSteady(response.Body), limit))
	p := &payload{flaw: err}
	switch {
	case int64(len(received)) > w.maxBody, response.ContentLength > w.maxBody:
		received, p.flaw = beginning(received), &tooLarge{w.maxBody}
	case errors.Is(err, io.ErrUnexpectedEOF):
		p.flaw = fmt.Errorf("answer breaks off after %d bytes: %w", len(received), err)
	}
	decoded, err := inflate(response.Header.Get("Content-Encoding"), received, w.maxBody)
	if p.flaw == nil {
		p.flaw = err
	}
	if is[*tooLarge](p.flaw) {
		decoded = beginning(decoded)
	}
	p.received, p.decoded, p.Reader = received, decoded, bytes.NewReader(received)
	return p
}

// keptOfLarge is how much is kept of a body over the cap, in bytes: what counts
// of a robots.txt, and enough to tell a bot check.
const keptOfLarge = maxRobots

// beginning returns a copy of the first bytes, so that the rest can be freed.
func beginning(body []byte) []byte { return bytes.Clone(body[:min(len(body), keptOfLarge)]) }

// timely names the timeout where it is what ended a request: net/http reports
// it as a cancelled context, a closed connection or a timeout of its own.
func timely(ctx context.Context, late *timeoutError, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), error(late)) {
		return late
	}
	return err
}
