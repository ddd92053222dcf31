package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"

	gomail "github.com/wneessen/go-mail"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/secret"
)

// Open returns what opens mail channels. What is wrong with the options is met as
// a failed attempt, which somebody may mend.
func Open(o Options) send.Opener {
	return func(channel ewgwatch.Channel) (send.Sender, error) {
		o, err := o.complete()
		if err != nil {
			return nil, err
		}
		s := &sender{to: channel.To, o: o}
		s.client, err = s.newClient()
		return s, err
	}
}

// Check returns what is wrong with the options, without asking the server.
func Check(o Options) error {
	_, err := o.complete()
	return err
}

// sender keeps one connection for all mails of a round.
type sender struct {
	to       string
	o        Options
	client   *gomail.Client
	scrubber secret.Scrubber

	mu   sync.Mutex
	conn net.Conn // that the client speaks through; nil for none
}

func (s *sender) newClient() (*gomail.Client, error) {
	policy := gomail.TLSMandatory
	if s.o.TLS != STARTTLS {
		policy = gomail.NoTLS // Implicit is dialled as TLS already
	}
	options := []gomail.Option{
		gomail.WithPort(s.o.Port), gomail.WithTimeout(s.o.Timeout), gomail.WithHELO(s.o.Hello),
		gomail.WithDialContextFunc(s.dial), gomail.WithTLSConfig(s.tls()), gomail.WithTLSPolicy(policy),
	}
	if s.o.User != "" {
		password, err := secret.Lookup(s.o.Password)
		if err != nil {
			return nil, fmt.Errorf("smtp password: %w", err)
		}
		s.scrubber = secret.ScrubberOf(ewgwatch.Channel{}, password)
		options = append(options, gomail.WithUsername(s.o.User), gomail.WithPassword(password), gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	if s.o.DKIM.Domain != "" {
		signer, err := s.o.DKIM.signer(s.o.OneClick)
		if err != nil {
			return nil, err
		}
		options = append(options, gomail.WithAlwaysDKIMSign(signer))
	}
	return gomail.NewClient(s.o.Host, options...)
}

func (d DKIM) signer(oneClick bool) (*gomail.DKIMSigner, error) {
	text, err := secret.Lookup(d.Key)
	if err != nil {
		return nil, fmt.Errorf("dkim key: %w", err)
	}
	key, err := gomail.PrivKeyFromPEM([]byte(text))
	if err != nil {
		return nil, errors.New("dkim key: want RSA or Ed25519 as PEM, have something else")
	}
	signer := gomail.NewDKIMSigner(d.Domain, d.Selector, key)
	signer.SignHeaders(signed(oneClick)...)
	return signer, nil
}

// signed returns the fields that DKIM vouches for: the core of RFC 6376, section
// 5.4.1, with From twice so that no second one can be put in; and with one click to
// unsubscribe its fields, without which RFC 8058, section 4, lets nobody offer it.
// There is no room for more: go-mail 0.8.1 breaks a list of over 70 characters in
// two, and what it signed then no longer verifies.
func signed(oneClick bool) []string {
	if oneClick {
		return []string{"From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"}
	}
	return []string{"From", "From", "To", "Subject", "Date", "Message-ID", "Content-Type"}
}

func (s *sender) tls() *tls.Config {
	return &tls.Config{ServerName: s.o.Host, RootCAs: s.o.Trusted, MinVersion: tls.VersionTLS12}
}

// dial connects, and keeps the connection at hand so that an attempt whose time
// is over can cut it: go-mail knows timeouts of commands only.
func (s *sender) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, network, s.o.address())
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.conn = conn
	s.mu.Unlock()
	if s.o.TLS != Implicit {
		return conn, nil
	}
	secure := tls.Client(conn, s.tls())
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

func (s *sender) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil {
		_ = s.conn.Close() // the attempt has its error already
	}
	s.conn = nil
}

// Send sends one mail.
func (s *sender) Send(ctx context.Context, d send.Delivery) (send.Answer, error) {
	m, err := letter(d, s.to, s.o)
	if err != nil {
		return send.Answer{}, &send.Refusal{Err: err, Worth: send.Aday}
	}
	leash := context.AfterFunc(ctx, s.cut)
	defer leash()
	err = s.client.Send(m) // a client that is not connected, or no longer, sends nothing
	if e := (*gomail.SendError)(nil); errors.As(err, &e) && e.Reason == gomail.ErrConnCheck {
		s.cut()
		if err = s.client.DialWithContext(ctx); err == nil {
			err = s.client.Send(m)
		}
	}
	if m.IsDelivered() { // though what comes after it may fail
		return send.Answer{Response: m.ServerResponse(), Text: d.Message.Text}, nil
	}
	s.cut()
	return send.Answer{}, s.refusal(err)
}

// Close takes leave of the server.
func (s *sender) Close() error {
	defer s.cut()
	return s.client.Close()
}

func (s *sender) refusal(err error) error {
	worth := worthOf(err)
	var e *gomail.SendError
	unsure := errors.As(err, &e) && e.Reason == gomail.ErrSMTPDataClose && e.ErrorCode() == 0 // all was said, and nothing answered
	if s.o.User != "" {
		err = errors.New(s.scrubber.Line(err.Error()))
	}
	return &send.Refusal{Err: err, Worth: worth, Unsure: unsure}
}

// worthOf reads the reply of a server (RFC 5321, section 4.2.1; RFC 3463). 5xx says
// no for good, but where it speaks of a full mailbox, which is emptied, or of the
// account or the sender, which the operator mends.
func worthOf(err error) send.Worth {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return send.Again // no connection, no TLS, no account
	}
	code, enhanced := e.ErrorCode(), e.EnhancedStatusCode()
	switch {
	case code < 500, code == 552, strings.HasPrefix(enhanced, "5.2.2"), strings.HasPrefix(enhanced, "5.3."):
		return send.Again
	case e.Reason == gomail.ErrSMTPMailFrom, code == 530, code == 534, code == 535, code == 538, strings.HasPrefix(enhanced, "5.7.0"), strings.HasPrefix(enhanced, "5.7.8"):
		return send.Aday
	}
	return send.Never
}
