package mail

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"ewgwatch"
	"ewgwatch/alert/send"
)

// office is a mail server that keeps what it takes.
type office struct {
	refuse error // at RCPT
	vanish bool  // once it has a mail, without an answer

	mu       sync.Mutex
	sessions int
	users    []string
	mails    [][]byte
}

func (o *office) NewSession(conn *smtp.Conn) (smtp.Session, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sessions++
	return &counter{o, conn}, nil
}

type counter struct {
	o    *office
	conn *smtp.Conn
}

func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "open sesame" {
			return errors.New("535 no, " + password)
		}
		c.o.users = append(c.o.users, user)
		return nil
	}), nil
}

func (c *counter) Mail(string, *smtp.MailOptions) error { return nil }
func (c *counter) Rcpt(string, *smtp.RcptOptions) error { return c.o.refuse }
func (c *counter) Reset()                               {}
func (c *counter) Logout() error                        { return nil }

func (c *counter) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.o.mu.Lock()
	defer c.o.mu.Unlock()
	c.o.mails = append(c.o.mails, text)
	if c.o.vanish {
		return c.conn.Conn().Close()
	}
	return nil
}

// opened starts the office, with TLS by the certificate of a test server, and
// returns the options to reach it.
func opened(t *testing.T, o *office, way TLS) Options {
	t.Helper()
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	server := smtp.NewServer(o)
	server.Domain, server.AllowInsecureAuth = "localhost", way == Plain
	if way != Plain {
		server.TLSConfig = &tls.Config{Certificates: certified.TLS.Certificates}
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	options := Options{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, TLS: way, From: "Watch <watch@example.org>",
		Trusted: pool(certified.Certificate()), Timeout: 5 * time.Second,
	}
	if way == Implicit {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return options
}

func pool(trusted *x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(trusted)
	return p
}

func open(t *testing.T, o Options) send.Sender {
	t.Helper()
	sender, err := Open(o)(ewgwatch.Channel{Kind: ewgwatch.MailChannel, To: "an@example.net"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sender.Close() })
	return sender
}

func TestMailsGoThroughOneConnectionWithTLSAndAccount(t *testing.T) {
	t.Setenv("SMTP_PASSWORD", "open sesame")
	for _, way := range []TLS{STARTTLS, Implicit, Plain} {
		t.Run(string(way), func(t *testing.T) {
			o := &office{}
			options := opened(t, o, way)
			options.User, options.Password = "watch", "env:SMTP_PASSWORD"
			sender := open(t, options)
			for _, id := range []string{"a_1", "a_2", "a_3"} {
				answer, err := sender.Send(t.Context(), delivery(id, "", "S", "text\n.\nmore"))
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(answer.Response, "OK") || answer.Text != "text\n.\nmore" {
					t.Errorf("answer %+v", answer)
				}
			}
			o.mu.Lock()
			defer o.mu.Unlock()
			if len(o.mails) != 3 || len(o.users) != 1 || o.users[0] != "watch" {
				t.Errorf("%d mails by %v, want three through one connection", len(o.mails), o.users)
			}
		})
	}
}

func TestWithoutTheUpgradeNothingIsSent(t *testing.T) {
	o := &office{}
	options := opened(t, o, Plain)
	options.TLS = ""
	if _, err := open(t, options).Send(t.Context(), delivery("a", "", "S", "t")); err == nil || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("err = %v, want one about STARTTLS", err)
	}
	options = opened(t, o, STARTTLS)
	options.Trusted = x509.NewCertPool()
	if _, err := open(t, options).Send(t.Context(), delivery("a", "", "S", "t")); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("err = %v, want one about the certificate", err)
	}
	if len(o.mails) > 0 {
		t.Errorf("%d mails went out in plain", len(o.mails))
	}
}

func TestAServersRefusalSaysWhatAnAttemptIsWorth(t *testing.T) {
	for name, c := range map[string]struct {
		refuse error
		want   send.Worth
	}{
		"no such user":   {&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}, send.Never},
		"mailbox full":   {&smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 2, 2}, Message: "full"}, send.Again},
		"grey-listed":    {&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "later"}, send.Again},
		"account wanted": {&smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "who are you"}, send.Aday},
	} {
		t.Run(name, func(t *testing.T) {
			o := &office{refuse: c.refuse}
			_, err := open(t, opened(t, o, STARTTLS)).Send(t.Context(), delivery("a", "", "S", "t"))
			var refusal *send.Refusal
			if !errors.As(err, &refusal) || refusal.Worth != c.want {
				t.Errorf("err = %v, want one worth %v", err, c.want)
			}
		})
	}
}

func TestAServerThatTookAMailAndAnsweredNothingMayHaveIt(t *testing.T) {
	for _, c := range []struct {
		office *office
		unsure bool
	}{{&office{vanish: true}, true}, {&office{refuse: &smtp.SMTPError{Code: 451, Message: "later"}}, false}} {
		_, err := open(t, opened(t, c.office, STARTTLS)).Send(t.Context(), delivery("a", "", "S", "t"))
		var refusal *send.Refusal
		if !errors.As(err, &refusal) || refusal.Worth != send.Again || refusal.Unsure != c.unsure {
			t.Errorf("err = %v, want one that is unsure: %v", err, c.unsure)
		}
	}
}

func TestAWrongPasswordIsNotToldEvenIfTheServerRepeatsIt(t *testing.T) {
	t.Setenv("SMTP_PASSWORD", "wrong-pass-77")
	options := opened(t, &office{}, STARTTLS)
	options.User, options.Password = "watch", "env:SMTP_PASSWORD"
	_, err := open(t, options).Send(t.Context(), delivery("a", "", "S", "t"))
	if err == nil || strings.Contains(err.Error(), "wrong-pass-77") {
		t.Errorf("err = %v", err)
	}
}

func TestAServerThatHangsIsCutOffWithTheAttempt(t *testing.T) {
	for name, greeting := range map[string]string{"before it greets": "", "after it greets": "220 hello\r\n"} {
		t.Run(name, func(t *testing.T) {
			listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				if conn, err := listener.Accept(); err == nil {
					conn.Write([]byte(greeting))
					_, _ = io.Copy(io.Discard, conn)
				}
			}()
			options := Options{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, From: "w@example.org", TLS: Plain, Timeout: time.Hour}
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			if _, err := open(t, options).Send(ctx, delivery("a", "", "S", "t")); err == nil {
				t.Error("sent")
			}
		})
	}
}

func TestAConnectionThatWasClosedMeanwhileIsMadeAnew(t *testing.T) {
	o := &office{}
	options := opened(t, o, STARTTLS)
	s := open(t, options).(*sender)
	for _, id := range []string{"a_1", "a_2"} {
		if _, err := s.Send(t.Context(), delivery(id, "", "S", "t")); err != nil {
			t.Fatal(err)
		}
		s.cut()
	}
	if len(o.mails) != 2 {
		t.Errorf("%d mails arrived, want 2", len(o.mails))
	}
}

func TestALetterThatIsSignedVerifies(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "dkim.pem")
	if err := os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	lookup := func(domain string) ([]string, error) {
		if domain != "s1._domainkey.example.org" {
			return nil, errors.New(domain)
		}
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}
	for _, oneClick := range []bool{false, true} {
		o := &office{}
		options := opened(t, o, STARTTLS)
		options.DKIM = DKIM{Domain: "example.org", Selector: "s1", Key: "file:" + key}
		options.OneClick = oneClick
		options.Unsubscribe = []string{"https://example.org/off"}
		if _, err := open(t, options).Send(t.Context(), delivery("a_2", "a_1", "កម្ពុជា", "text\n\n.\n")); err != nil {
			t.Fatal(err)
		}
		for want, text := range map[bool][]byte{true: o.mails[0], false: bytes.Replace(o.mails[0], []byte("text"), []byte("next"), 1)} {
			found, err := dkim.VerifyWithOptions(bytes.NewReader(text), &dkim.VerifyOptions{LookupTXT: lookup})
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			if (found[0].Err == nil) != want {
				t.Errorf("verifies: %v, want %v", found[0].Err, want)
			}
		}
	}
}
