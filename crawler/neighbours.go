package crawler

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// neighbours bounds the requests in flight to one address: the sites of a whole
// government may live on one small server, each in a lane of its own.
type neighbours struct {
	lookup func(ctx context.Context, network, host string) ([]netip.Addr, error) // nil bounds nothing
	most   int

	mu        sync.Mutex
	hosts     map[string]chan struct{} // seats of the address that a host has; nil where it is not known
	addresses map[netip.Addr]chan struct{}
}

// lookupPatience is how long to ask for a name's address here. Who dials asks
// again, and says what is wrong with the name.
const lookupPatience = 5 * time.Second

func newNeighbours(lookup func(context.Context, string, string) ([]netip.Addr, error), most int) *neighbours {
	return &neighbours{lookup: lookup, most: most, hosts: map[string]chan struct{}{}, addresses: map[netip.Addr]chan struct{}{}}
}

// enter takes a seat at a host's address and returns what gives it back. A turn
// that has to wait for it gives up its slot meanwhile, so that a crowded address
// keeps nobody else from sending; waited says that it did.
func (n *neighbours) enter(ctx context.Context, host string) (leave func(), waited bool, err error) {
	seats := n.seats(ctx, host)
	if seats == nil {
		return func() {}, false, nil
	}
	leave = func() { <-seats }
	select {
	case seats <- struct{}{}:
		return leave, false, nil
	default:
	}
	turn := turnOf(ctx)
	turn.end()
	select {
	case seats <- struct{}{}:
	case <-ctx.Done():
		return nil, true, context.Cause(ctx)
	}
	if err := turn.begin(ctx); err != nil {
		leave()
		return nil, true, err
	}
	return leave, true, nil
}

// seats returns those of a host's address. It asks for the address once a run.
func (n *neighbours) seats(ctx context.Context, host string) chan struct{} {
	if n.lookup == nil {
		return nil
	}
	n.mu.Lock()
	seats, known := n.hosts[host]
	n.mu.Unlock()
	if known {
		return seats
	}
	address := n.address(ctx, host)
	n.mu.Lock()
	defer n.mu.Unlock()
	if address.IsValid() {
		if n.addresses[address] == nil {
			n.addresses[address] = make(chan struct{}, n.most)
		}
		seats = n.addresses[address]
	}
	n.hosts[host] = seats
	return seats
}

// address returns the least of a host's addresses, so that hosts with the same
// ones share it in whatever order they come; the zero Addr where none is known.
func (n *neighbours) address(ctx context.Context, host string) netip.Addr {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap()
	}
	ctx, cancel := context.WithTimeout(ctx, lookupPatience)
	defer cancel()
	ips, err := n.lookup(ctx, "ip", host)
	if err != nil || len(ips) == 0 {
		return netip.Addr{}
	}
	return slices.MinFunc(ips, netip.Addr.Compare).Unmap()
}
