package crawler

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"sync"
)

// wire is a connection that remembers the heads of the exchange under way as
// they are sent and received, which net/http keeps from those above: the order
// and spelling of headers are evidence. It lies above TLS.
type wire struct {
	net.Conn
	secure *tls.ConnectionState // nil in the clear

	mu       sync.Mutex // guards what follows
	sent     tape
	received tape
}

// wires makes connections by dial that remember.
func wires(dial dial) dial {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &wire{Conn: conn}, nil
	}
}

// secureWires is wires for https, trusting these authorities; nil for those of
// the system. It offers HTTP/1.1 alone: HTTP/2 has no text that could be kept.
func secureWires(dial dial, trusted *x509.CertPool) dial {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		secure := tls.Client(conn, &tls.Config{ServerName: host, RootCAs: trusted, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
		if err := shakeHands(ctx, secure); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		state := secure.ConnectionState()
		return &wire{Conn: secure, secure: &state}, nil
	}
}

func shakeHands(ctx context.Context, conn *tls.Conn) error {
	late := fmt.Errorf("TLS handshake not done within %v: %w", connectTimeout, context.DeadlineExceeded)
	ctx, cancel := context.WithTimeoutCause(ctx, connectTimeout, late)
	defer cancel()
	err := conn.HandshakeContext(ctx)
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// begin forgets the exchange before.
func (w *wire) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent.reset()
	w.received.reset()
}

// heads returns both heads of the exchange, each up to and with its empty line;
// nil where one did not come whole.
func (w *wire) heads() (sent, received []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent.head(), w.received.head()
}

func (w *wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	w.sent.record(b)
	w.mu.Unlock()
	return w.Conn.Write(b)
}

func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	w.mu.Lock()
	w.received.record(b[:n])
	w.mu.Unlock()
	return n, err
}

// maxTape is the longest head that is remembered, with those of the interim
// answers before it, in bytes.
const maxTape = maxHeader + 64<<10

// tape holds the beginning of what one side says, up to the end of its head.
type tape struct {
	said  []byte
	ended bool // with the empty line, or because it is too long
	whole bool
}

func (t *tape) reset() {
	t.said, t.ended, t.whole = t.said[:0], false, false
	if cap(t.said) > 16<<10 { // of one long head in a hundred
		t.said = nil
	}
}

func (t *tape) record(b []byte) {
	if t.ended || len(b) == 0 {
		return
	}
	t.said = append(t.said, b[:min(len(b), maxTape)]...)
	for {
		end := headEnd(t.said)
		switch {
		case end < 0:
			t.ended = len(t.said) > maxTape
		case isInterim(t.said):
			t.said = append(t.said[:0], t.said[end:]...)
			continue
		default:
			t.said, t.ended, t.whole = t.said[:end], true, true
		}
		return
	}
}

func (t *tape) head() []byte {
	if !t.whole {
		return nil
	}
	return bytes.Clone(t.said)
}

// headEnd returns where a head ends, behind its empty line; -1 where it does
// not. A line may end in a line feed alone (RFC 9112, 2.2).
func headEnd(b []byte) int {
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], '\n')
		if i < 0 {
			return -1
		}
		from += i + 1
		switch rest := b[from:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return from + 1
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return from + 2
		}
	}
}

// isInterim reports whether a head is of an answer before the final one (RFC
// 9110, 15.2).
func isInterim(head []byte) bool {
	_, status, ok := bytes.Cut(head[:min(len(head), 16)], []byte(" "))
	return ok && bytes.HasPrefix(head, []byte("HTTP/1.")) && bytes.HasPrefix(status, []byte("1")) && !bytes.HasPrefix(status, []byte("101"))
}
