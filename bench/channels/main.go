// Channels measures whether a channel that misbehaves delays the others: ten
// webhooks, of which one hangs, resets, answers 500 and so on, against the same
// ten undisturbed. It prints the ratio of the times in which the other nine have
// everything.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/webhook"
)

const (
	channels = 10
	alerts   = 50 // each
	rounds   = 3  // of which the median counts
	pause    = 20 * time.Millisecond
)

// ways are those in which the tenth receiver misbehaves.
var ways = []struct {
	name  string
	serve http.HandlerFunc
}{
	{"undisturbed", fine},
	{"hangs", hang},
	{"500", status(500, "")},
	{"429, Retry-After", status(429, "2")},
	{"404", status(404, "")},
	{"410", status(410, "")},
	{"resets", hijack(func(c *net.TCPConn) { _ = c.SetLinger(0); _ = c.Close() })},
	{"half-closes", hijack(func(c *net.TCPConn) { _ = c.CloseWrite(); _, _ = io.Copy(io.Discard, c); _ = c.Close() })},
	{"drips", drip},
	{"pours", pour},
}

func main() {
	if err := measure(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(w io.Writer) error {
	fmt.Fprintf(w, "%-18s %10s %6s %6s %6s %6s\n", "the tenth", "nine took", "ratio", "sent", "again", "dead")
	for _, way := range ways {
		var took, base []time.Duration
		var report send.Report
		for range rounds {
			calm, _, err := deliver(fine)
			if err != nil {
				return err
			}
			one, r, err := deliver(way.serve)
			if err != nil {
				return err
			}
			base, took, report = append(base, calm), append(took, one), r
		}
		slices.Sort(base)
		slices.Sort(took)
		calm, median := base[rounds/2], took[rounds/2]
		fmt.Fprintf(w, "%-18s %10s %6.2f %6d %6d %6d\n", way.name, median.Round(time.Millisecond), float64(median)/float64(calm), report.Sent, report.Retried, report.Dead)
	}
	return nil
}

// deliver delivers to nine receivers that are well and one that is not, and says
// when the nine had everything.
func deliver(tenth http.HandlerFunc) (time.Duration, send.Report, error) {
	box := &outbox{}
	servers := []*httptest.Server{httptest.NewServer(tenth)}
	for range channels - 1 {
		servers = append(servers, httptest.NewServer(http.HandlerFunc(fine)))
	}
	defer shut(servers)
	for i, server := range servers {
		box.add(server.URL, i == 0)
	}
	start := time.Now()
	var last time.Time
	courier := send.New(box, send.Options{
		Render:  func(a ewgwatch.Alert) (send.Message, error) { return send.Message{ID: a.ID, JSON: []byte(`{}`)}, nil },
		Open:    map[ewgwatch.ChannelKind]send.Opener{ewgwatch.WebhookChannel: webhook.Open(webhook.Options{Client: &http.Client{Transport: &http.Transport{}}, Now: time.Now})},
		Now:     time.Now,
		Timeout: 2 * time.Second,
		Ended: func(a ewgwatch.Alert, s ewgwatch.Settled) {
			if s.Receipt != nil && a.Subscription == "well" {
				last = s.Receipt.At
			}
		},
	})
	report, err := courier.Deliver(context.Background())
	return last.Sub(start), report, err
}

func shut(servers []*httptest.Server) {
	for _, server := range servers {
		server.CloseClientConnections()
		server.Close()
	}
}

func fine(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-time.After(pause)
}

func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func status(code int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(code)
	}
}

func hijack(then func(*net.TCPConn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		conn, _, err := http.NewResponseController(w).Hijack()
		if tcp, is := conn.(*net.TCPConn); err == nil && is {
			then(tcp)
		}
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.WriteHeader(http.StatusInternalServerError)
	for r.Context().Err() == nil {
		_, _ = w.Write([]byte("."))
		_ = http.NewResponseController(w).Flush()
		<-time.After(20 * time.Millisecond)
	}
}

func pour(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusInternalServerError)
	for block := make([]byte, 1<<16); r.Context().Err() == nil; {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}
