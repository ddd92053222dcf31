// Package zoo keeps servers that misbehave, each in one named way and on a
// loopback address of its own, so that a night can be spent among them: every
// one of them must end in its outcome and harm nobody else. It is for tests and
// measurements and no stage of the program.
package zoo

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"ewgwatch"
)

// Prefix holds the addresses of the zoo, to be allowed. Some beasts lead to
// loopback addresses outside of it, which must be refused.
const Prefix = "127.9.0.0/16"

// Beast is one server and what a night with it must come to.
type Beast struct {
	Name  string
	URL   string             // of its source
	Feed  string             // of the feed that its source names; "" for none
	Want  []ewgwatch.Outcome // each must be among the outcomes of its visits
	Reach ewgwatch.Reach     // "" where any will do
}

// Zoo is the servers while they are up.
type Zoo struct {
	beasts  []Beast
	closers []func()
}

// kind is one way to misbehave.
type kind struct {
	name  string
	want  []ewgwatch.Outcome
	reach ewgwatch.Reach
	feed  string // path

	serve http.HandlerFunc // one of these three
	wire  func(net.Conn)
	open  func(z *Zoo, address string) (url string, err error)
}

func wants(outcomes ...ewgwatch.Outcome) []ewgwatch.Outcome { return outcomes }

// Open brings all servers up.
func Open(ctx context.Context) (*Zoo, error) {
	z := &Zoo{}
	for i, k := range kinds() {
		url, err := z.house(ctx, fmt.Sprintf("127.9.%d.%d", i/200, i%200+1), k)
		if err != nil {
			z.Close()
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}
		b := Beast{Name: k.name, URL: url, Want: k.want, Reach: k.reach}
		if k.feed != "" {
			b.Feed = strings.TrimSuffix(url, "/") + k.feed
		}
		z.beasts = append(z.beasts, b)
	}
	return z, nil
}

func kinds() []kind {
	var all []kind
	for _, some := range [][]kind{tame(), bodies(), wires(), moves(), handshakes(), rules(), statuses(), contents(), mazes()} {
		all = append(all, some...)
	}
	return all
}

// Beasts returns all servers, the well-behaved ones first.
func (z *Zoo) Beasts() []Beast { return z.beasts }

// Seeds returns the seeds file that names them all.
func (z *Zoo) Seeds() string {
	var b strings.Builder
	for _, beast := range z.beasts {
		fmt.Fprintf(&b, "%s name=%q", beast.URL, beast.Name)
		if beast.Feed != "" {
			fmt.Fprintf(&b, " feed=%s", beast.Feed)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Close ends every server and every connection.
func (z *Zoo) Close() {
	for _, end := range z.closers {
		end()
	}
}

func (z *Zoo) house(ctx context.Context, ip string, k kind) (string, error) {
	if k.open != nil {
		return k.open(z, ip)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", ip+":0")
	if err != nil {
		return "", err
	}
	url := "http://" + listener.Addr().String() + "/"
	if k.wire != nil {
		z.closers = append(z.closers, answerAll(listener, k.wire))
		return url, nil
	}
	server := httptest.NewUnstartedServer(withRobots(k.serve))
	_ = server.Listener.Close() // the one it made for itself
	server.Listener = listener
	server.Start()
	z.closers = append(z.closers, func() { server.CloseClientConnections(); server.Close() })
	return url, nil
}

// withRobots answers for robots.txt where the beast has no other plan for it.
func withRobots(serve http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		serve(w, r)
	})
}

// answerAll has a raw server speak on each connection; what is returned ends it.
func answerAll(listener net.Listener, speak func(net.Conn)) func() {
	var running sync.WaitGroup
	var mu sync.Mutex
	open := map[net.Conn]bool{}
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				continue
			}
			mu.Lock()
			open[conn] = true
			mu.Unlock()
			running.Go(func() {
				speak(conn)
				_ = conn.Close() // as it may have done itself
				mu.Lock()
				delete(open, conn)
				mu.Unlock()
			})
		}
	})
	return func() {
		_ = listener.Close() // ends Accept
		mu.Lock()
		for conn := range open {
			_ = conn.Close() // ends whoever speaks on it
		}
		mu.Unlock()
		running.Wait()
	}
}

// serveTLS brings up an https server that shows this certificate.
func (z *Zoo) serveTLS(ip string, certificate tls.Certificate) (string, error) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", ip+":0")
	if err != nil {
		return "", err
	}
	server := httptest.NewUnstartedServer(withRobots(page("Secret", "Nobody reads this.")))
	_ = server.Listener.Close() // the one it made for itself
	server.Listener = listener
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // visitors refuse it, and should
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	z.closers = append(z.closers, server.Close)
	return "https://" + listener.Addr().String() + "/", nil
}
