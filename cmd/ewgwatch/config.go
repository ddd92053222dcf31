package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"
)

// settings is what config.yaml in the data folder says. The file may be missing.
type settings struct {
	Timestamp   string `yaml:"timestamp"`    // URL of a time stamp authority (RFC 3161); "" for none
	TimestampCA string `yaml:"timestamp_ca"` // PEM file of the authorities that vouch for it, relative to the data folder; "" for the system's
}

func (f folder) config() string { return filepath.Join(string(f), "config.yaml") }

// settings reads the folder's config.yaml. What it does not know is an error: a word
// spelt wrong would be a wish that nobody heard.
func (f folder) settings(ctx context.Context) (settings, error) {
	var s settings
	text, err := os.ReadFile(f.config())
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
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

// stampRoots are the authorities that vouch for time stamps; nil for the system's.
func (f folder) stampRoots(s settings) (*x509.CertPool, error) {
	if s.TimestampCA == "" {
		return nil, nil //nolint:nilnil // x509 reads no pool as the system's
	}
	name := s.TimestampCA
	if !filepath.IsAbs(name) {
		name = filepath.Join(string(f), name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, config(fmt.Errorf("%s: timestamp_ca: %w", f.config(), err))
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, config(fmt.Errorf("%s: timestamp_ca: %s holds no PEM certificate", f.config(), name))
	}
	return pool, nil
}
