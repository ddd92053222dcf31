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
		URL: "https://a.test/", At: at, Proto: "HTTP/2.0", Status: "200 OK", Body: []byte("body"),
		Source: "a", Role: ewgwatch.RoleArticle, Robots: "allowed: Allow /", TLS: &ewgwatch.TLS{
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
		if record.Type == "response" {
			if got := strings.Join(record.Fields.Values("WARC-Protocol"), " "); got != "h2 tls/1.3" {
				t.Errorf("protocols %q", got)
			}
			if got := record.Fields.Get("WARC-Cipher-Suite"); got != "TLS_AES_128_GCM_SHA256" {
				t.Errorf("cipher suite %q", got)
			}
		}
		if record.Type != "metadata" {
			continue
		}
		want := "source: a\r\nrole: article\r\nrobots: allowed: Allow /\r\ntlsVersion: TLS 1.3\r\ntlsIssuer: CN=Root\r\n" +
			"tlsSubject: CN=a.test  WARC-Type: forged\r\ntlsCertificateSHA256: ab12\r\ntlsValidity: 2026-11-23T00:00:00Z/2027-11-23T00:00:00Z\r\n" +
			"payloadSHA256: " + capture.SHA256 + "\r\n"
		if got := string(record.Payload); got != want {
			t.Errorf("have %q\nwant %q", got, want)
		}
		return
	}
	t.Error("no metadata was archived")
}
