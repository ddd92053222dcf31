// Package mail sends messages by SMTP: text and HTML parts in one mail, threaded,
// dated and named the same at every attempt, signed with DKIM where there is a
// key.
package mail

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// TLS says how the connection to the server is kept private.
type TLS string

// The ways.
const (
	STARTTLS TLS = "starttls" // in plain at first; without an upgrade nothing is sent
	Implicit TLS = "tls"      // from the first byte (RFC 8314, section 3)
	Plain    TLS = "none"     // not at all: only without an account, or to this machine
)

// Options name the server and who writes. They are the operator's, not a
// subscriber's: the server may have a private address.
type Options struct {
	Host     string
	Port     int // by default 465 for Implicit, 25 for Plain, and 587
	TLS      TLS // STARTTLS if ""
	User     string
	Password string // as env:NAME or file:PATH
	From     string // address with a name or without
	DKIM     DKIM

	Unsubscribe []string       // mailto: and https: URLs of List-Unsubscribe (RFC 2369); none for no such field
	OneClick    bool           // an https: one takes POST (RFC 8058)
	ListID      string         // of List-Id (RFC 2919); "ewgwatch." and the domain of From if ""
	Hello       string         // the name we go by; the domain of From if ""
	Trusted     *x509.CertPool // nil for those of the system
	Timeout     time.Duration  // of a command, 30 s if zero
}

// DKIM is a signing domain and its key. It is unused while Domain is "".
type DKIM struct {
	Domain   string
	Selector string
	Key      string // PEM, as env:NAME or file:PATH
}

func (o Options) complete() (Options, error) {
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return o, fmt.Errorf("smtp: want an address to write from, have %q", o.From)
	}
	domain := from.Address[strings.LastIndexByte(from.Address, '@')+1:]
	if o.TLS == "" {
		o.TLS = STARTTLS
	}
	if o.Port == 0 {
		o.Port = map[TLS]int{Implicit: 465, Plain: 25, STARTTLS: 587}[o.TLS]
	}
	if o.Hello == "" {
		o.Hello = domain
	}
	if o.ListID == "" {
		o.ListID = "ewgwatch." + domain
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	return o, o.check()
}

var (
	hostName    = regexp.MustCompile(`^[A-Za-z0-9_.:-]+$`) // addresses of IPv6 among them
	unsubscribe = regexp.MustCompile(`^(mailto:|https?://)[^<>\x00-\x20\x7f-\x{10ffff}]+$`)
)

func (o Options) check() error {
	switch {
	case !hostName.MatchString(o.Host):
		return fmt.Errorf("smtp: want a host to send through, have %q", o.Host)
	case o.TLS != STARTTLS && o.TLS != Implicit && o.TLS != Plain:
		return fmt.Errorf("smtp: want tls of starttls, tls or none, have %q", o.TLS)
	case o.TLS == Plain && o.User != "" && !loopback(o.Host):
		return fmt.Errorf("smtp: want starttls or tls to %s, have none: the password could be read on the way", o.Host)
	case o.User != "" && o.Password == "":
		return errors.New("smtp: want a password for the user, have none")
	case !hostName.MatchString(o.ListID), !hostName.MatchString(o.Hello):
		return fmt.Errorf("smtp: want host names as list id and hello, have %q and %q", o.ListID, o.Hello)
	}
	for _, each := range o.Unsubscribe {
		if !unsubscribe.MatchString(each) {
			return fmt.Errorf("smtp: want a mailto: or https: URL to unsubscribe, have %q", each)
		}
	}
	return nil
}

func loopback(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback()
	}
	return strings.EqualFold(host, "localhost")
}

func (o Options) address() string { return net.JoinHostPort(o.Host, strconv.Itoa(o.Port)) }
