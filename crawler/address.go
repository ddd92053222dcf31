package crawler

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
)

// addressError is returned for an address or port that may not be connected to.
type addressError struct{ reason string }

func (e *addressError) Error() string { return e.reason }

// guard says which addresses may be connected to: public ones, and those that
// an allow list names.
type guard struct{ allowed []netip.Prefix }

// check judges an address as it is dialled, so after DNS: a name that changes
// its mind between two lookups, and a redirect, are judged like any other.
func (g guard) check(target netip.AddrPort) error {
	for _, ip := range embedded(target.Addr()) {
		if g.allows(ip) {
			return nil
		}
		if isInner(ip) {
			return &addressError{fmt.Sprintf("%s is not a public address, and no allow list names it", target.Addr())}
		}
	}
	if slices.Contains(badPorts, target.Port()) {
		return &addressError{fmt.Sprintf("port %d serves no pages", target.Port())}
	}
	return nil
}

func (g guard) allows(ip netip.Addr) bool {
	return slices.ContainsFunc(g.allowed, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// embedded returns the address and every IPv4 address it stands for: mapped,
// compatible, translated (NAT64, RFC 6052) or tunnelled (6to4, RFC 3056). The
// innermost comes first.
func embedded(ip netip.Addr) []netip.Addr {
	ip = ip.WithZone("").Unmap()
	if ip.Is4() {
		return []netip.Addr{ip}
	}
	b := ip.As16()
	switch {
	case nat64.Contains(ip), compatible.Contains(ip) && binary.BigEndian.Uint32(b[12:]) > 1:
		return []netip.Addr{netip.AddrFrom4([4]byte(b[12:])), ip}
	case sixToFour.Contains(ip):
		return []netip.Addr{netip.AddrFrom4([4]byte(b[2:6])), ip}
	}
	return []netip.Addr{ip}
}

var (
	nat64      = netip.MustParsePrefix("64:ff9b::/96")
	compatible = netip.MustParsePrefix("::/96")
	sixToFour  = netip.MustParsePrefix("2002::/16")
)

// inner are the networks of the IANA special-purpose registries that are not
// reachable from everywhere, with the metadata services of the large hosters
// among them (169.254.169.254, fd00:ec2::254).
var inner = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
	"192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"::/127", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, 0, len(texts))
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

func isInner(ip netip.Addr) bool {
	return slices.ContainsFunc(inner, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// badPorts are those no browser fetches from (WHATWG Fetch, "port blocking"):
// mail, shells and the like, which a hostile link could make us speak to.
var badPorts = []uint16{0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
	109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
	540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
	6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
