package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
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

	Subscriptions []subscribing `yaml:"subscriptions"` // beside those that ewgwatch subscribe makes
	SMTP          *smtp         `yaml:"smtp"`          // nil for no mail
	Feeds         string        `yaml:"feeds"`         // folder of the feeds, relative to the data folder; feeds in it if ""
	FeedsURL      string        `yaml:"feeds_url"`     // URL at which that folder is served; "" where it is not
	Base          string        `yaml:"base"`          // URL of a dashboard that has alerts at alerts/ID below it; "" for none
	Unsubscribe   string        `yaml:"unsubscribe"`   // mailto: or https: URL, or a sentence, that says how to leave
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
		err = yaml.UnmarshalContext(ctx, bytes.TrimPrefix(text, []byte("\ufeff")), &s, yaml.Strict())
	}
	if err != nil {
		return s, config(fmt.Errorf("%s: %s", f.config(), strings.TrimSpace(yaml.FormatError(err, false, false)))) // no line of it: it may hold a secret
	}
	for _, one := range []struct{ key, text string }{{"timestamp", s.Timestamp}, {"base", s.Base}, {"feeds_url", s.FeedsURL}} {
		if u, err := url.Parse(one.text); one.text != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
			return s, config(fmt.Errorf("%s: %s: want an http or https URL, have %q", f.config(), one.key, one.text))
		}
	}
	if err := s.twice(); err != nil {
		return s, config(fmt.Errorf("%s: %w", f.config(), err))
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
	roots *x509.CertPool // nil for the system's
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
