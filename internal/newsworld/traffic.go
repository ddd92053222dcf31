package newsworld

import (
	"maps"
	"sync"
	"time"
)

// Traffic is what one site was asked.
type Traffic struct {
	Requests    int
	NotModified int            // answered with 304
	MostAtOnce  int            // the largest number of requests in flight
	ShortestGap time.Duration  // between the starts of two requests; 0 before the second one
	Asked       map[string]int // requests by path and query
}

// meter counts a site's traffic.
type meter struct {
	mu       sync.Mutex
	traffic  Traffic
	inFlight int
	lastAt   time.Time
}

func (m *meter) begin(uri string, at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.traffic.Asked == nil {
		m.traffic.Asked = map[string]int{}
	}
	m.traffic.Asked[uri]++
	m.traffic.Requests++
	m.inFlight++
	m.traffic.MostAtOnce = max(m.traffic.MostAtOnce, m.inFlight)
	if gap := at.Sub(m.lastAt); !m.lastAt.IsZero() && (m.traffic.ShortestGap == 0 || gap < m.traffic.ShortestGap) {
		m.traffic.ShortestGap = gap
	}
	m.lastAt = at
}

func (m *meter) end(notModified bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.inFlight--
	if notModified {
		m.traffic.NotModified++
	}
}

func (m *meter) read() Traffic {
	m.mu.Lock()
	defer m.mu.Unlock()
	traffic := m.traffic
	traffic.Asked = maps.Clone(traffic.Asked)
	return traffic
}
