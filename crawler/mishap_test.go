package crawler

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// mishap is a network that fails when it is told to.
type mishap struct {
	*world
	down  atomic.Pointer[error] // what dialling fails with; nil while all is well
	after atomic.Int64          // connections until down sets in by itself; 0 for never

	mu    sync.Mutex
	conns []net.Conn
}

func (n *mishap) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if n.after.Load() > 0 && n.after.Add(-1) == 0 {
		n.fail(syscall.ENETUNREACH)
	}
	if err := n.down.Load(); err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: *err}
	}
	conn, err := n.world.dial(ctx, network, address)
	if err == nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.conns = append(n.conns, conn)
		if n.down.Load() != nil { // since it was dialled
			conn.Close()
		}
	}
	return conn, err
}

// fail takes the network away, with every connection.
func (n *mishap) fail(err error) {
	n.down.Store(&err)
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, conn := range n.conns {
		conn.Close()
	}
}

// night crawls three sites of which none shares anything with another.
func (n *mishap) night(t *testing.T, m *memory, o Options) []ewgwatch.Coverage {
	t.Helper()
	c := New(m, o)
	c.dial, c.lookup = n.dial, nil
	got, err := c.Crawl(t.Context(), []ewgwatch.Source{source("http://a.test"), source("http://b.test"), source("http://c.test")}, m.keep)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func startMishap(t *testing.T) *mishap {
	t.Helper()
	n := &mishap{world: newWorld(t)}
	for _, host := range []string{"a.test", "b.test", "c.test"} {
		n.serve(host, static(newsSite()))
	}
	return n
}

// TestANightWithoutANetworkLosesNothing takes DNS away, or the network half-way,
// and gives them back for the next night.
func TestANightWithoutANetworkLosesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		begin func(*mishap)
		want  ewgwatch.Outcome
	}{
		"DNS down": {func(n *mishap) {
			n.fail(&net.DNSError{Err: "server misbehaving", Name: "a.test", IsTemporary: true})
		}, ewgwatch.DNSError},
		"network gone half-way": {func(n *mishap) { n.after.Store(3) }, ewgwatch.NetError},
	} {
		synctest.Test(t, func(t *testing.T) {
			n, m := startMishap(t), newMemory()
			defer n.close()
			c.begin(n)
			failed := 0
			for _, coverage := range n.night(t, m, Options{}) {
				failed += coverage.Outcomes[c.want]
				if coverage.Reach == ewgwatch.ReachRead || coverage.Why == "" {
					t.Errorf("%s: %+v, want it said that it was not read", name, coverage)
				}
			}
			if failed == 0 {
				t.Errorf("%s: no visit ended as %s", name, c.want)
			}
			n.down.Store(nil)
			m.take()
			for _, coverage := range n.night(t, m, Options{Rest: -1}) {
				if coverage.Reach != ewgwatch.ReachRead {
					t.Errorf("%s: the next night: %+v", name, coverage)
				}
			}
			for _, host := range []string{"a.test", "b.test", "c.test"} {
				for _, path := range []string{"/", "/one", "/four", "/five"} {
					if v := m.visits["http://"+host+path]; !v.Outcome.Read() || v.BodySHA256 == "" {
						t.Errorf("%s: %s%s is remembered as %+v", name, host, path, v)
					}
				}
			}
		})
	}
}

// TestAClockThatWasWrongKeepsNobodyFromReading has one night dated years ahead,
// during which a host asks to be left alone for a day, and then the clock put
// right.
func TestAClockThatWasWrongKeepsNobodyFromReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, m, hosts := startMishap(t), newMemory(), &wishes{known: map[string]ewgwatch.Wishes{}}
		defer n.close()
		ahead := func() time.Time { return time.Now().AddDate(9, 0, 0) }
		n.night(t, m, Options{Now: ahead, Hosts: hosts})
		hosts.known["b.test"] = ewgwatch.Wishes{Name: "b.test", Until: ahead().Add(day), Why: "429", Refusals: 1}
		m.take()
		<-time.After(day)
		for _, coverage := range n.night(t, m, Options{Hosts: hosts}) {
			if coverage.Reach != ewgwatch.ReachRead || coverage.Outcomes[ewgwatch.Resting] > 0 || coverage.Outcomes[ewgwatch.Unchanged] != 4 {
				t.Errorf("%+v, want all of it looked at again", coverage)
			}
		}
	})
}

// TestAClockThatJumpsMovesNoDelay sets the clock back and forth within a night.
func TestAClockThatJumpsMovesNoDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, m := startMishap(t), newMemory()
		defer n.close()
		var calls atomic.Int64
		jumping := func() time.Time { return time.Now().AddDate(0, 0, int(calls.Add(1)%3-1)*500) }
		start := time.Now()
		for _, coverage := range n.night(t, m, Options{Now: jumping}) {
			if coverage.Reach != ewgwatch.ReachRead {
				t.Errorf("%+v", coverage)
			}
		}
		if took := time.Since(start); took != 8*time.Second { // robots.txt and four pages, 2 s apart
			t.Errorf("took %v, want 8s", took)
		}
	})
}
