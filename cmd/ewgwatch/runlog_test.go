package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// clock is a time stamp authority whose certificate is its own.
type clock struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	shut bool
}

func newClock(t *testing.T) (c *clock, pemFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}}) // id-kp-timeStamping
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clock"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &clock{key: key, cert: cert}, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func (c *clock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || c.shut {
		http.Error(w, "no", http.StatusInternalServerError)
		return
	}
	query, err := timestamp.ParseRequest(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	stamp := timestamp.Timestamp{
		HashAlgorithm: query.HashAlgorithm, HashedMessage: query.HashedMessage, Nonce: query.Nonce, Time: time.Now(), Policy: []int{1, 2, 3}, AddTSACertificate: true,
	}
	reply, err := stamp.CreateResponseWithOpts(c.cert, c.key, crypto.SHA256)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	_, _ = w.Write(reply)
}

func TestRunsAreLoggedStampedAndVerified(t *testing.T) {
	clock, certificate := newClock(t)
	server := httptest.NewServer(clock)
	defer server.Close()
	site := httptest.NewServer(&gazette{stories: 2})
	defer site.Close()
	dir := t.TempDir()
	write(t, certificate, dir, "clock.pem")
	write(t, "timestamp: "+server.URL+"\ntimestamp_ca: clock.pem\n", dir, "config.yaml")
	night := []string{"crawl", "--seeds", write(t, site.URL+"/\n", dir, "seeds.txt"), "--data", dir, "--allow-address", "127.0.0.0/8", "--delay", "0", "--rest", "0"}

	// An authority that does not answer is noted, and asked again later.
	clock.shut = true
	if _, told, code := command(t.Context(), night...); code != 0 || !strings.Contains(told, "no time stamp was had") {
		t.Fatalf("exit code %d: %s", code, told)
	}
	if told := mustRun(t, 0, "verify", "--log", "--data", dir); strings.Contains(told, "time stamp  ") || !strings.Contains(told, " 1\n") {
		t.Error(told)
	}
	// Nor is the word of one that nobody vouches for kept.
	clock.shut = false
	_, other := newClock(t)
	write(t, other, dir, "clock.pem")
	if _, told, code := command(t.Context(), night...); code != 0 || !strings.Contains(told, "whom nobody trusted vouches for") {
		t.Fatalf("exit code %d: %s", code, told)
	}
	write(t, certificate, dir, "clock.pem")
	mustRun(t, 0, append(night, "--quiet")...)
	told := mustRun(t, 0, "verify", "--log", "--data", dir)
	if !strings.Contains(told, "lines with a time stamp             3, the last of them line 3: ") || !strings.Contains(told, "by CN=Clock\n") {
		t.Error(told)
	}
	head := told[strings.LastIndex(told, "sha256 ")+len("sha256 "):][:64]
	mustRun(t, 0, "verify", "--head", head, "--data", dir)

	// The bundle takes the proofs of time with it.
	id := rows(t, mustRun(t, 0, "export", "--data", dir, "--quiet"))[0]["finding_id"]
	mustRun(t, 0, "bundle", id, "-o", filepath.Join(dir, "evidence"), "--data", dir, "--quiet")
	for _, name := range []string{"runs.log", "line-1.tsr", "line-1.json"} {
		if _, err := os.Stat(filepath.Join(dir, "evidence", name)); err != nil {
			t.Error(err)
		}
	}

	// Lines cut off the end are found by the hash that was kept, others by the chain.
	log, err := os.ReadFile(filepath.Join(dir, "runs.log"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(log, []byte("\n"))
	write(t, string(lines[0]), dir, "runs.log")
	if told := mustRun(t, 1, "verify", "--log", "--data", dir); !strings.Contains(told, `000003-`) || !strings.Contains(told, "is of a line that is gone") {
		t.Error(told)
	}
	if err := os.Rename(filepath.Join(dir, "stamps"), filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, 3, "verify", "--log", "--data", dir) // the later nights' files is in no line
	if told := mustRun(t, 1, "verify", "--head", head, "--data", dir); !strings.Contains(told, "cut off the end") {
		t.Error(told)
	}
	write(t, strings.Replace(string(log), `"findings":`, `"findings":1`, 1), dir, "runs.log")
	if told := mustRun(t, 1, "verify", "--log", "--data", dir); !strings.Contains(told, "runs.log: line 2: ") {
		t.Error(told)
	}
}

func TestAConfigThatIsNotUnderstoodStopsBeforeTheNight(t *testing.T) {
	for text, want := range map[string]string{
		"timestmp: https://a.test\n":                                         "config.yaml: [1:1] unknown field \"timestmp\"",
		"timestamp: ftp://a.test\n":                                          "want an http or https URL",
		"expect:\n- event: ewgct-2026-tabletop\n  by: 2026-09\n":             "config.yaml: [2:",
		"expect: [{event: ewgct-2026-tabletop, by: 2026-09-31}]":             `expect: by: want a date like`,
		"expect: [{by: 2026-09-30}]":                                         "expect: want the ID of an event",
		"expect: [{event: a, due: 2026-09-30}]":                              `unknown field "due"`,
		"expect: [{event: a, by: 2026-09-30}]":                               "",
		"subscriptions:\n- {name: press, channels: [stdout], lang: fr}\n":    `config.yaml: [2:43] subscription "press": lang: want a language that messages are written in (en, id), have "fr"`,
		"subscriptions:\n- {name: press, channels: [stdout], lang: id-ID}\n": "",
		"timestamp: [1\n":                                                    "config.yaml: [1:",
		"timestamp: http://127.0.0.1:1/\ntimestamp_ca: no.pem\n":             "timestamp_ca: open ",
		"timestamp: http://127.0.0.1:1/\n":                                   "",
	} {
		dir := t.TempDir()
		site := httptest.NewServer(&gazette{stories: 1})
		write(t, text, dir, "config.yaml")
		_, told, code := command(t.Context(), "crawl", "--seeds", write(t, site.URL+"/\n", dir, "seeds.txt"), "--data", dir, "--allow-address", "127.0.0.1/32", "--delay", "0", "--quiet")
		site.Close()
		if want == "" && code != 0 || want != "" && (code != exitConfig || !strings.Contains(told, want)) {
			t.Errorf("%q: exit code %d: %s", text, code, told)
		}
	}
}
