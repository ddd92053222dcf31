package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"ewgwatch/alert/send/webhook"
)

const (
	hookSecret = "a secret of the bench"
	secretName = "EWGWATCH_BENCH_SECRET" // of the variable that holds it
	maxBody    = 1 << 20
)

// hook is a receiver of webhooks that notes what it takes: ID, key and path of each
// delivery, a line each, before it answers.
type hook struct {
	log *os.File
}

// serveHook prints the URL at which it receives, and ends with its standard input.
func serveHook(path string) error {
	log, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: &hook{log}, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // until the process ends
	if _, err := fmt.Fprintf(os.Stdout, "http://%s\n", listener.Addr()); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err == nil {
		err = webhook.Verify(hookSecret, r.Header, body, time.Now(), time.Minute)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	line := strings.Join([]string{r.Header.Get("Ewgwatch-Delivery"), r.Header.Get("Idempotency-Key"), r.URL.Path}, "\t")
	if _, err := fmt.Fprintln(h.log, line); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
