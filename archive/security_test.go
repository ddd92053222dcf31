package archive

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch"
)

// TestASecureConnectionIsTold archives an exchange whose certificate holds line
// breaks, which must not become fields of their own.
func TestASecureConnectionIsTold(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	capture, err := a.Record(context.Background(), ewgwatch.Exchange{
		URL: "https://a.test/", At: at, Proto: "HTTP/2.0", Status: "200 OK", Body: []byte("body"), TLS: &ewgwatch.TLS{
			Version: "TLS 1.3", CipherSuite: "TLS_AES_128_GCM_SHA256", Certificate: "ab12", Subject: "CN=a.test\r\nWARC-Type: forged",
			Issuer: "CN=Root", NotBefore: at, NotAfter: at.AddDate(1, 0, 0),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, capture.File))
	if err != nil {
		t.Fatal(err)
	}
	for record, err := range Records(bytes.NewReader(file)) {
		if err != nil {
			t.Fatal(err)
		}
		if record.Type != "response" {
			continue
		}
		if got := strings.Join(record.Fields.Values("WARC-Protocol"), " "); got != "h2 tls/1.3" {
			t.Errorf("protocols %q", got)
		}
		for name, want := range map[string]string{
			"WARC-Cipher-Suite": "TLS_AES_128_GCM_SHA256", "X-TLS-Certificate-SHA256": "ab12", "X-TLS-Certificate-Issuer": "CN=Root",
			"X-TLS-Certificate-Validity": "2026-11-23T00:00:00Z/2027-11-23T00:00:00Z",
		} {
			if got := record.Fields.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if subject := record.Fields.Get("X-TLS-Certificate-Subject"); !strings.Contains(subject, "forged") || record.Type == "forged" {
			t.Errorf("subject %q", subject)
		}
		return
	}
	t.Error("no response was archived")
}
