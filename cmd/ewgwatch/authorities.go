package main

import (
	"crypto/x509"
	"fmt"
	"os"

	"ewgwatch"
)

// authorities reads the certificate files that sources name, each beside those
// of the system: some ministries use a national root that no system has.
func authorities(seeds string, sources []ewgwatch.Source) (map[string]*x509.CertPool, error) {
	trusted := map[string]*x509.CertPool{}
	for _, source := range sources {
		if source.CAFile == "" || trusted[source.CAFile] != nil {
			continue
		}
		pool, err := authoritiesOf(source.CAFile)
		if err != nil {
			return nil, config(fmt.Errorf("%s:%d: source %q: ca: %w", seeds, source.Line, source.ID, err))
		}
		trusted[source.CAFile] = pool
	}
	return trusted, nil
}

func authoritiesOf(file string) (*x509.CertPool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, err
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("want certificates in PEM, %s holds none", file)
	}
	return pool, nil
}
