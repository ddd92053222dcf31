package crawler

import (
	"net/url"
	"sync"

	"ewgwatch"
)

// lanes finds the lane of a host. A lane is a function of the host alone, so
// that sources which share a host share its lane, whoever of them has a group.
type lanes struct {
	joins  map[string]string // site to another name of its lane
	memory hostMemory

	mu     sync.Mutex
	byName map[string]*lane
}

// newLanes makes the lanes of a run. A group joins the sites of its sources; a
// site in two groups joins these too.
func newLanes(sources []ewgwatch.Source, memory hostMemory) *lanes {
	l := &lanes{
		joins:  map[string]string{},
		memory: memory,
		byName: map[string]*lane{},
	}
	for _, source := range sources {
		if source.Group == "" {
			continue
		}
		l.join(siteOfAddress(source.URL), "group "+source.Group)
	}
	return l
}

func (l *lanes) join(site, group string) {
	from, to := l.root(site), l.root(group)
	if from != to {
		l.joins[from] = to
	}
}

func (l *lanes) root(name string) string {
	for {
		next, ok := l.joins[name]
		if !ok {
			return name
		}
		name = next
	}
}

// name returns the name of a URL's lane.
func (l *lanes) name(u *url.URL) string { return l.root(siteOf(u)) }

func (l *lanes) of(u *url.URL) *lane {
	name := l.name(u)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byName[name] == nil {
		l.byName[name] = newLane(name, l.memory)
	}
	return l.byName[name]
}
