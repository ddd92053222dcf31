package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	"github.com/goccy/go-yaml"

	"ewgwatch/crawler"
	"ewgwatch/runlog/stamp"
)

// settings is what config.yaml in the data folder says. The file may be missing.
type settings struct {
	Timestamp   string `yaml:"timestamp"`    // URL of a time stamp authority (RFC 3161); "" for none
	TimestampCA string `yaml:"timestamp_ca"` // PEM file of the authorities that vouch for it, relative to the data folder; "" for the system's
	Expect      []wish `yaml:"expect"`       // events of which a ministry ought to name participants by a day
}

func (f folder) config() string { return filepath.Join(string(f), "config.yaml") }

// settings reads the folder's config.yaml. What it does not know is an error: a word
// spelt wrong would be a wish that nobody heard.
func (f folder) settings(ctx context.Context) (settings, error) {
	var s settings
	text, err := os.ReadFile(f.config())
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR): // what is wrong with the folder, others say better
		return s, nil
	case err != nil:
		return s, err
	default:
		err = yaml.UnmarshalContext(ctx, text, &s, yaml.Strict())
	}
	if err != nil {
		return s, config(fmt.Errorf("%s: %w", f.config(), err))
	}
	if u, err := url.Parse(s.Timestamp); s.Timestamp != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		return s, config(fmt.Errorf("%s: timestamp: want an http or https URL, have %q", f.config(), s.Timestamp))
	}
	return s, nil
}

// timeAuthority is who stamps the log of runs; nil where nobody does.
func (f folder) timeAuthority(ctx context.Context, allowed []netip.Prefix) (*timeAuthority, error) {
	s, err := f.settings(ctx)
	if err != nil || s.Timestamp == "" {
		return nil, err
	}
	roots, err := f.stampRoots(s)
	if err != nil {
		return nil, err
	}
	return &timeAuthority{
		Authority: stamp.Authority{URL: s.Timestamp, Client: crawler.Client(allowed, stampTimeout), UserAgent: "ewgwatch/" + version()}, roots: roots,
	}, nil
}

// timeAuthority is a time stamp authority and who vouches for it.
type timeAuthority struct {
	stamp.Authority
	roots  *x509.CertPool // nil for the system's
	Expect []wish         `yaml:"expect"` // events of which a ministry ought to name participants by a day
}

// get returns a stamp that holds, as anybody will check it later: one that does not
// would keep the line from ever having another.
func (t *timeAuthority) get(ctx context.Context, text []byte) ([]byte, error) {
	reply, err := t.Get(ctx, text)
	if err == nil {
		_, err = stamp.Check(reply, text, t.roots)
	}
	return reply, err
}

// stampRoots are the authorities that vouch for time stamps; nil for the system's.
func (f folder) stampRoots(s settings) (pool *x509.CertPool, err error) {
	name := s.TimestampCA
	if name == "" {
		return pool, nil
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(string(f), name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, config(fmt.Errorf("%s: timestamp_ca: %w", f.config(), err))
	}
	pool = x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, config(fmt.Errorf("%s: timestamp_ca: %s holds no PEM certificate", f.config(), name))
	}
	return pool, nil
}
