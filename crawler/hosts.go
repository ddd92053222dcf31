package crawler

import (
	"time"

	"ewgwatch"
)

// Hosts remembers what hosts asked for over nights. Its errors end the crawl.
type Hosts interface {
	// Wishes returns what is kept of a name, or Wishes without anything but it.
	Wishes(name string) (ewgwatch.Wishes, error)
	// KeepWishes keeps what is known of a host in place of what was known before.
	KeepWishes(host ewgwatch.Wishes) error
}

// hostMemory asks a Hosts where there is one.
type hostMemory struct {
	hosts Hosts // nil remembers nothing
	fail  func(error)
	now   func() time.Time
}

func (m hostMemory) of(name string) ewgwatch.Wishes {
	if m.hosts == nil {
		return ewgwatch.Wishes{Name: name}
	}
	host, err := m.hosts.Wishes(name)
	if err != nil {
		m.fail(err)
		return ewgwatch.Wishes{Name: name}
	}
	return host
}

func (m hostMemory) keep(host ewgwatch.Wishes) {
	if m.hosts == nil {
		return
	}
	if err := m.hosts.KeepWishes(host); err != nil {
		m.fail(err)
	}
}
