// Command farm serves many small sites for measurements, each on a loopback
// address of its own, and keeps count of how politely it was read. It is no
// part of the program.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

func main() {
	var f farm
	hosts := flag.Int("hosts", 200, "sites to serve, on 127.1.0.1 and up")
	flag.IntVar(&f.pages, "pages", 10, "pages a site, its front page among them")
	flag.IntVar(&f.size, "size", 60_000, "bytes a page")
	flag.DurationVar(&f.latency, "latency", 5*time.Millisecond, "time before each answer")
	flag.BoolVar(&f.robots, "robots", true, "answer robots.txt with an empty file; false for 404")
	port := flag.Int("port", 8400, "of every site; the count is told on 127.0.0.1 one above it")
	flag.Parse()
	fmt.Fprintln(os.Stderr, f.serve(context.Background(), *hosts, *port))
	os.Exit(1)
}

// farm is what all sites share, and one count a site.
type farm struct {
	pages, size int
	latency     time.Duration
	robots      bool
	sites       []*site
}

// serve returns the first error of any server.
func (f *farm) serve(ctx context.Context, hosts, port int) error {
	failed := make(chan error)
	for i := range hosts {
		address := fmt.Sprintf("127.1.%d.%d:%d", i/250, i%250+1, port)
		s := newSite(f, "http://"+address)
		f.sites = append(f.sites, s)
		if err := listen(ctx, address, s, failed); err != nil {
			return err
		}
	}
	told := http.NewServeMux()
	told.HandleFunc("/count", f.count)
	told.HandleFunc("/seeds", f.seeds)
	if err := listen(ctx, fmt.Sprintf("127.0.0.1:%d", port+1), told, failed); err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "ready")
	return <-failed
}

func listen(ctx context.Context, address string, handler http.Handler, failed chan<- error) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() { failed <- server.Serve(listener) }()
	return nil
}

func (f *farm) seeds(w http.ResponseWriter, _ *http.Request) {
	for _, s := range f.sites {
		fmt.Fprintln(w, s.origin+"/")
	}
}

// count tells how the sites were read since it was last asked, and starts anew.
func (f *farm) count(w http.ResponseWriter, r *http.Request) {
	delay, _ := time.ParseDuration(r.URL.Query().Get("delay"))
	total := count{ShortestGap: time.Hour.Seconds()}
	for _, s := range f.sites {
		total.add(s.take(), delay)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(total) // who hung up wants no answer
}

// count adds up what sites saw. Times are in seconds.
type count struct {
	Requests    int     // over all sites
	Bound       float64 // the longest a site must take: requests x delay, and its answers
	Makespan    float64 // from the first request's start to the last answer's end
	MostAtOnce  int     // requests that one site had in flight
	ShortestGap float64 // from an answer's end to the next request of the same site

	first, last time.Time
}

func (c *count) add(s tally, delay time.Duration) {
	if s.requests == 0 {
		return
	}
	c.Requests += s.requests
	c.Bound = max(c.Bound, (time.Duration(s.requests)*delay + s.answers).Seconds())
	c.MostAtOnce = max(c.MostAtOnce, s.most)
	if s.requests > 1 {
		c.ShortestGap = min(c.ShortestGap, s.gap.Seconds())
	}
	if c.first.IsZero() || s.first.Before(c.first) {
		c.first = s.first
	}
	if s.last.After(c.last) {
		c.last = s.last
	}
	c.Makespan = c.last.Sub(c.first).Seconds()
}
