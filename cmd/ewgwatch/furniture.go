package main

import (
	"net/url"
	"strings"
	"sync"

	"ewgwatch"
	"ewgwatch/store"
)

// furniture is what a night knows of the lines that hosts repeat: it reads with
// what earlier nights learnt, and learns for later ones.
type furniture struct {
	store *store.Store
	run   string // Run.ID

	mu    sync.Mutex
	hosts map[string]*host
}

type host struct {
	ewgwatch.Furniture
	repeats func(block uint64) bool
}

func newFurniture(s *store.Store, run string) *furniture {
	return &furniture{store: s, run: run, hosts: map[string]*host{}}
}

// of returns what the host of an address is known to repeat.
func (f *furniture) of(address string) (func(block uint64) bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h, err := f.host(address)
	if err != nil {
		return nil, err
	}
	return h.repeats, nil
}

// see remembers the lines of an article that the address answered with.
func (f *furniture) see(address string, a ewgwatch.Article) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	h, err := f.host(address)
	if err == nil {
		h.See(f.run, a.URL, a.Blocks)
	}
	return err
}

func (f *furniture) host(address string) (*host, error) {
	name := hostOf(address)
	if h := f.hosts[name]; h != nil {
		return h, nil
	}
	known, err := f.store.Furniture(name)
	if err != nil {
		return nil, err
	}
	h := &host{Furniture: known, repeats: known.Before(f.run)}
	f.hosts[name] = h
	return h, nil
}

// keep stores what the night has learnt.
func (f *furniture) keep() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []ewgwatch.Furniture
	for _, h := range f.hosts {
		all = append(all, h.Furniture)
	}
	return f.store.PutFurniture(all)
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
