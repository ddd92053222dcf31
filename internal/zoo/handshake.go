package zoo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/http"
	"strings"
	"time"

	"ewgwatch"
)

// handshakes are https sites whose certificate or talk is the trouble.
func handshakes() []kind {
	bad, none := wants(ewgwatch.TLSError), ewgwatch.ReachNone
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	shown := func(until time.Time, names ...string) func(z *Zoo, ip string) (string, error) {
		return func(z *Zoo, ip string) (string, error) {
			certificate, err := selfSigned(ip, until, names)
			if err != nil {
				return "", err
			}
			return z.serveTLS(ip, certificate)
		}
	}
	return []kind{
		{name: "a certificate of its own making", want: bad, reach: none, open: shown(now.AddDate(50, 0, 0))},
		{name: "a certificate that has run out", want: bad, reach: none, open: shown(now.AddDate(-1, 0, 0))},
		{name: "a certificate for another", want: bad, reach: none, open: shown(now.AddDate(50, 0, 0), "another.test")},
		{name: "plain HTTP at an https address", want: bad, reach: none, open: func(z *Zoo, ip string) (string, error) {
			url, err := z.serveAt(ip, http.NotFoundHandler())
			return strings.Replace(url, "http:", "https:", 1), err
		}},
	}
}

func selfSigned(ip string, until time.Time, names []string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "zoo"}, NotBefore: until.AddDate(-60, 0, 0), NotAfter: until, DNSNames: names,
	}
	if len(names) == 0 {
		template.IPAddresses = []net.IP{net.ParseIP(ip)}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
