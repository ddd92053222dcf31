// Command farm serves many small sites for measurements, each on a loopback
// address of its own, and keeps count of how politely it was read. It is no
// part of the program.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
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
	if err := f.serve(*hosts, *port); err != nil {
		log.Fatal(err)
	}
}

// farm is what all sites share, and one count a site.
type farm struct {
	pages, size int
	latency     time.Duration
	robots      bool
	sites       []*site
}

func (f *farm) serve(hosts, port int) error {
	for i := range hosts {
		address := fmt.Sprintf("127.1.%d.%d:%d", i/250, i%250+1, port)
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return err
		}
		s := newSite(f, "http://"+address)
		f.sites = append(f.sites, s)
		go func() { log.Fatal(http.Serve(listener, s)) }()
	}
	told := http.NewServeMux()
	told.HandleFunc("/count", f.count)
	told.HandleFunc("/seeds", f.seeds)
	fmt.Println("ready")
	return http.ListenAndServe(fmt.Sprintf("127.0.0.1:%d", port+1), told)
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
	if err := json.NewEncoder(w).Encode(total); err != nil {
		log.Print(err)
	}
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
