package newsworld

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

const firstPort = 17401

// Options say where the world listens and how slow its slow sites are. The
// zero value is ready to use.
type Options struct {
	FirstPort int           // of the sites, which take one port each from there; 0 for 17401. A taken port is replaced by a free one.
	AnyPort   bool          // every site takes a free port: for tests that run beside each other
	Latency   time.Duration // of every answer of a slow site; 0 for 300 ms
}

// World is the served sites.
type World struct {
	mu       sync.Mutex // guards the editions and what the sites serve
	editions []*edition
	hosts    []*host
	byName   map[string]*edition
	moved    int
}

// Moved returns how many sites found their own port taken, and so have another address
// than on other nights.
func (w *World) Moved() int { return w.moved }

// Start serves every site on 127.0.0.1 until Close.
func Start(options Options) (*World, error) {
	editions, err := loadEditions(sources)
	if err != nil {
		return nil, err
	}
	w := &World{editions: editions, byName: map[string]*edition{}}
	for _, e := range editions {
		if err := w.open(e, options); err != nil {
			return nil, errors.Join(err, w.Close())
		}
	}
	if err := w.publish(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	for _, h := range w.hosts {
		h.serve()
	}
	return w, nil
}

// open takes the port of a site and tells its pages their addresses.
func (w *World) open(e *edition, options Options) error {
	listener, moved, err := listen(e.Port, options)
	if err != nil {
		return fmt.Errorf("site %q: %w", e.Name, err)
	}
	if moved {
		w.moved++
	}
	e.URL = "http://" + listener.Addr().String() + "/"
	for i := range e.pages {
		e.pages[i].URL = e.address(e.pages[i].Path)
	}
	latency := time.Duration(0)
	if e.Slow {
		latency = cmp.Or(options.Latency, 300*time.Millisecond)
	}
	w.hosts = append(w.hosts, newHost(e.Site, listener, latency))
	w.byName[e.Name] = e
	return nil
}

// listen opens the site's own port, or a free one where that is taken, which is moved.
func listen(offset int, options Options) (listener net.Listener, moved bool, err error) {
	var config net.ListenConfig
	if !options.AnyPort {
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(cmp.Or(options.FirstPort, firstPort)+offset))
		if listener, err = config.Listen(context.Background(), "tcp", address); err == nil {
			return listener, false, nil
		}
	}
	listener, err = config.Listen(context.Background(), "tcp", "127.0.0.1:0")
	return listener, !options.AnyPort, err
}

// publish renders every site anew and puts it in the place of what was served.
func (w *World) publish() error {
	for i, e := range w.editions {
		answers, err := (&press{edition: e, address: w.address}).answers()
		if err != nil {
			return fmt.Errorf("site %q: %w", e.Name, err)
		}
		w.hosts[i].publish(answers)
	}
	return nil
}

// address returns where a page of any site is: site and slug.
func (w *World) address(site, slug string) (string, bool) {
	e, ok := w.byName[site]
	if !ok {
		return "", false
	}
	for _, page := range e.pages {
		if page.Slug == slug {
			return page.URL, true
		}
	}
	return "", false
}

// Edit turns the world to its second night: the pages that have an edited text
// are served with it from now on. A second call changes nothing.
func (w *World) Edit() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.editions {
		e.edit()
	}
	return w.publish()
}

// Sites returns the sites in the order of their ports.
func (w *World) Sites() []Site {
	var sites []Site
	for _, e := range w.editions {
		sites = append(sites, e.Site)
	}
	return sites
}

// Pages returns the pages as they are served now, site by site, newest first.
func (w *World) Pages() []Page {
	w.mu.Lock()
	defer w.mu.Unlock()
	var pages []Page
	for _, e := range w.editions {
		pages = append(pages, slices.Clone(e.pages)...)
	}
	return pages
}

// Requests returns what every site was asked so far, by its name.
func (w *World) Requests() map[string]Traffic {
	traffic := map[string]Traffic{}
	for _, h := range w.hosts {
		traffic[h.site.Name] = h.meter.read()
	}
	return traffic
}

// Close stops every site, cuts what is still being answered and waits for it
// to end.
func (w *World) Close() error {
	var errs []error
	for _, h := range w.hosts {
		errs = append(errs, h.close())
	}
	return errors.Join(errs...)
}
