package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// TestHostsOnOneAddressShareItsSeats reads twelve hosts, ten of them on one
// address, whose answers take a second each.
func TestHostsOnOneAddressShareItsSeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		var mu sync.Mutex
		now, most, looked := 0, 0, 0
		site := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			crowded := !strings.HasPrefix(r.Host, "alone")
			if crowded {
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
			}
			<-time.After(time.Second)
			if crowded {
				mu.Lock()
				now--
				mu.Unlock()
			}
			fmt.Fprint(rw, article("Page"))
		})
		var sources []ewgwatch.Source
		for i := range 12 {
			host := fmt.Sprintf("h%d.test", i)
			if i >= 10 {
				host = fmt.Sprintf("alone%d.test", i)
			}
			w.serve(host, site)
			sources = append(sources, source("http://"+host))
		}
		c := New(m, Options{Delay: -1, Concurrency: 5, MaxPerAddress: 3})
		c.dial = w.dial
		c.lookup = func(_ context.Context, _, host string) ([]netip.Addr, error) {
			mu.Lock()
			defer mu.Unlock()
			looked++
			if strings.HasPrefix(host, "alone") {
				return []netip.Addr{netip.AddrFrom4([4]byte{198, 51, 100, byte(looked)})}, nil
			}
			return []netip.Addr{netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.7")}, nil
		}
		start := time.Now()
		var alone time.Duration
		got, err := c.Crawl(t.Context(), sources, func(ctx context.Context, page ewgwatch.Page) error {
			if strings.HasPrefix(page.Source.URL, "http://alone") {
				alone = max(alone, time.Since(start))
			}
			return m.keep(ctx, page)
		})
		if err != nil || most != 3 || looked != 12 {
			t.Errorf("%v; %d at once to one address, want 3; %d names looked up, want 12", err, most, looked)
		}
		for _, coverage := range got {
			if coverage.Reach != ewgwatch.ReachRead {
				t.Errorf("%+v", coverage)
			}
		}
		// robots.txt and a page, of a second each, and a second between for a slow host
		if alone > 4*time.Second {
			t.Errorf("who shares no address was held up for %v", alone)
		}
	})
}
