package zoo

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"ewgwatch"
)

// ruled is a good site whose robots.txt is the trouble. It speaks for itself, as
// the others leave robots.txt to withRobots.
func ruled(robots http.HandlerFunc) func(z *Zoo, ip string) (string, error) {
	return func(z *Zoo, ip string) (string, error) {
		return z.serveAt(ip, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/robots.txt") {
				robots(w, r)
				return
			}
			write(w, "Front", "<h1>What happened</h1>"+text)
		}))
	}
}

func rules() []kind {
	read, none := ewgwatch.ReachRead, ewgwatch.ReachNone
	return []kind{
		{name: "robots.txt of 50 MB", want: wants(ewgwatch.New), reach: read, open: ruled(func(w http.ResponseWriter, _ *http.Request) {
			megabyte := []byte(strings.Repeat("Disallow: /no\n", 75_000))
			for range 50 {
				if _, err := w.Write(megabyte); err != nil {
					return
				}
			}
		})},
		{name: "robots.txt of 50 MB that begins with a ban", want: wants(ewgwatch.Robots), reach: none, open: ruled(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
			flood(w, &http.Request{})
		})},
		{name: "robots.txt that drips", want: wants(ewgwatch.Timeout), reach: none, open: ruled(drip)},
		{name: "robots.txt with 503", want: wants(ewgwatch.Robots), reach: none, open: ruled(answer(500))},
		{name: "robots.txt with 403", want: wants(ewgwatch.New), reach: read, open: ruled(answer(403))},
		{name: "robots.txt in a circle", want: wants(ewgwatch.New), reach: read, open: ruled(moved("/robots.txt"))},
		{name: "robots.txt at an inner address", want: wants(ewgwatch.Forbidden), reach: none, open: ruled(moved("http://169.254.169.254/robots.txt"))},
		{name: "robots.txt that forbids all", want: wants(ewgwatch.Robots), reach: none, open: ruled(typed("text/plain", "User-agent: *\nDisallow: /\n"))},
		{name: "robots.txt of binary", want: wants(ewgwatch.New), reach: read, open: ruled(typed("text/plain", strings.Repeat("\x00\xff*$%\n", 10_000)))},
		{name: "robots.txt of wildcards", want: wants(ewgwatch.New), reach: read, open: ruled(typed("text/plain", "User-agent: *\n"+strings.Repeat("Disallow: /"+strings.Repeat("*a", 200)+"$\n", 500)))},
	}
}

// serveAt brings up a server that answers for everything itself.
func (z *Zoo) serveAt(ip string, handler http.Handler) (string, error) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", ip+":0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // until it is closed
	}()
	z.closers = append(z.closers, func() { _ = server.Close(); <-done })
	return "http://" + listener.Addr().String() + "/", nil
}
