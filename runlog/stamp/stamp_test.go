package stamp

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// authority is one made with openssl: a root, and a signer certified by it.
type authority struct {
	dir   string
	roots *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("needs openssl, which .ci/run installs")
	}
	a := &authority{dir: t.TempDir(), roots: x509.NewCertPool()}
	a.write(t, "tsa.cnf", "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=signer.pem\ncerts=root.pem\nsigner_key=signer.key\n"+
		"signer_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n")
	a.write(t, "ext.cnf", "extendedKeyUsage=critical,timeStamping\n")
	a.write(t, "serial", "01\n")
	a.openssl(t, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-days", "30")
	a.openssl(t, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "signer.key", "-out", "signer.csr", "-subj", "/CN=Clock")
	a.openssl(t, "x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "signer.pem", "-extfile", "ext.cnf", "-days", "30")
	text, err := os.ReadFile(filepath.Join(a.dir, "root.pem"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	root, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	a.roots.AddCert(root)
	return a
}

func (a *authority) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (a *authority) openssl(t *testing.T, args ...string) {
	t.Helper()
	if out, err := a.command(t.Context(), args...).CombinedOutput(); err != nil {
		t.Fatalf("openssl %v: %v: %s", args, err, out)
	}
}

func (a *authority) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "openssl", args...)
	c.Dir = a.dir
	return c
}

func (a *authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query, err := io.ReadAll(r.Body)
	if err == nil {
		err = os.WriteFile(filepath.Join(a.dir, "query.tsq"), query, 0o600)
	}
	if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" || r.Header.Get("User-Agent") != "ewgwatch/1.2" {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	if out, err := a.command(r.Context(), "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr").CombinedOutput(); err != nil {
		http.Error(w, string(out), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	http.ServeFile(w, r, filepath.Join(a.dir, "reply.tsr"))
}

func serve(t *testing.T, h http.Handler) Authority {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return Authority{URL: server.URL, Client: server.Client(), UserAgent: "ewgwatch/1.2"}
}

func TestAStampHoldsForItsTextAndNoOther(t *testing.T) {
	a := newAuthority(t)
	asked := time.Now()
	reply, err := serve(t, a).Get(t.Context(), []byte("the hash list"))
	if err != nil {
		t.Fatal(err)
	}
	have, err := Check(reply, []byte("the hash list"), a.roots)
	if err != nil || have.By != "CN=Clock" || have.At.Before(asked.Add(-2*time.Second)) || have.At.After(time.Now().Add(2*time.Second)) {
		t.Errorf("%+v, %v", have, err)
	}
	if _, err := Check(reply, []byte("the hash list."), a.roots); err == nil || !strings.Contains(err.Error(), "another text") {
		t.Errorf("of another text: %v", err)
	}
	if _, err := Check(reply, []byte("the hash list"), x509.NewCertPool()); err == nil || !strings.Contains(err.Error(), "whom nobody trusted vouches for") {
		t.Errorf("without its root: %v", err)
	}
	for i := range reply { // every byte is signed, or parsed strictly, or of no meaning
		broken := append([]byte{}, reply...)
		broken[i] ^= 1
		if b, err := Check(broken, []byte("the hash list"), a.roots); err == nil && b != have {
			t.Fatalf("byte %d changed, and it says %+v", i, b)
		}
		if _, err := Check(reply[:i], []byte("the hash list"), a.roots); err == nil {
			t.Fatalf("cut at %d it holds", i)
		}
	}
}

// certified is a stamp of a text at a time, by a certificate for some use that holds
// for the hour after another.
func certified(t testing.TB, text string, at, from time.Time, critical bool, uses ...asn1.ObjectIdentifier) (reply []byte, roots *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	usage, err := asn1.Marshal(uses)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Clock"}, NotBefore: from, NotAfter: from.Add(time.Hour),
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: critical, Value: usage}},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256([]byte(text))
	made := timestamp.Timestamp{HashAlgorithm: crypto.SHA256, HashedMessage: hash[:], Time: at, Policy: []int{1, 2, 3}, AddTSACertificate: true}
	if reply, err = made.CreateResponseWithOpts(cert, key, crypto.SHA256); err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(cert)
	return reply, roots
}

func TestACertificateMustBeForStampsAndOfTheirTime(t *testing.T) {
	at := time.Now().UTC().Truncate(time.Second)
	stamps, sites := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}, asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}
	for name, c := range map[string]struct {
		from     time.Time
		critical bool
		uses     []asn1.ObjectIdentifier
		holds    bool
	}{
		"as it should be": {at.Add(-time.Minute), true, []asn1.ObjectIdentifier{stamps}, true},
		"for websites":    {at.Add(-time.Minute), true, []asn1.ObjectIdentifier{sites}, false},
		"for both":        {at.Add(-time.Minute), true, []asn1.ObjectIdentifier{stamps, sites}, false},
		"not bound to it": {at.Add(-time.Minute), false, []asn1.ObjectIdentifier{stamps}, false},
		"not yet":         {at.Add(time.Minute), true, []asn1.ObjectIdentifier{stamps}, false},
		"not any more":    {at.Add(-2 * time.Hour), true, []asn1.ObjectIdentifier{stamps}, false},
	} {
		reply, roots := certified(t, "text", at, c.from, c.critical, c.uses...)
		have, err := Check(reply, []byte("text"), roots)
		if (err == nil) != c.holds || c.holds && (have.At != at || have.By != "CN=Clock") {
			t.Errorf("%s: %+v, %v", name, have, err)
		}
	}
}

func TestWhatIsNoStampOfThisRequestIsRefused(t *testing.T) {
	a := newAuthority(t)
	old, err := serve(t, a).Get(t.Context(), []byte("text"))
	if err != nil {
		t.Fatal(err)
	}
	answer := func(status int, media string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			_, _ = w.Write(body)
		}
	}
	for name, c := range map[string]struct {
		h    http.Handler
		want string
	}{
		"an old answer":  {answer(200, "application/timestamp-reply", old), "its nonce differs"},
		"an error":       {answer(500, "text/plain", nil), "500"},
		"a page":         {answer(200, "text/html", old), "text/html"},
		"garbage":        {answer(200, "application/timestamp-reply", []byte("garbage")), "no time stamp"},
		"nothing":        {answer(200, "application/timestamp-reply", nil), "no time stamp"},
		"an endless one": {answer(200, "application/timestamp-reply", make([]byte, maxReply+1)), "over 1048576 bytes"},
	} {
		if _, err := serve(t, c.h).Get(t.Context(), []byte("text")); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte("0\x03\x02\x01\x00"))
	reply, _ := certified(f, "text", time.Now(), time.Now().Add(-time.Minute), true, asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8})
	f.Add(reply)
	f.Fuzz(func(t *testing.T, reply []byte) {
		if s, err := Check(reply, []byte("text"), x509.NewCertPool()); err == nil {
			t.Fatalf("nobody is trusted, and yet: %+v", s)
		}
	})
}
