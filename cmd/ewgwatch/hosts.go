package main

import (
	"sync"

	"ewgwatch"
	"ewgwatch/store"
)

// hosts is what a night knows of hosts and is told of them. It keeps many at a
// time: what a crash loses is asked for again.
type hosts struct {
	store *store.Store

	mu    sync.Mutex
	fresh []ewgwatch.Wishes // told and not kept yet
}

const hostsAtOnce = 200

// Wishes returns what earlier nights were told.
func (h *hosts) Wishes(name string) (ewgwatch.Wishes, error) { return h.store.Wishes(name) }

// KeepWishes remembers what the night was told.
func (h *hosts) KeepWishes(host ewgwatch.Wishes) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fresh = append(h.fresh, host)
	if len(h.fresh) < hostsAtOnce {
		return nil
	}
	return h.flush()
}

// keep stores what was not stored yet.
func (h *hosts) keep() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.flush()
}

func (h *hosts) flush() error {
	if len(h.fresh) == 0 {
		return nil
	}
	err := h.store.PutWishes(h.fresh)
	h.fresh = nil
	return err
}
