package webhook_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/webhook"
)

var at = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func delivery() send.Delivery {
	return send.Delivery{
		Alert:   ewgwatch.Alert{ID: "a_1"},
		Message: send.Message{ID: "a_1", JSON: []byte(`{"id":"a_1","text":"<script>"}`)},
		Attempt: 3,
	}
}

func open(t *testing.T, channel ewgwatch.Channel) send.Sender {
	t.Helper()
	channel.Kind = ewgwatch.WebhookChannel
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	sender, err := webhook.Open(webhook.Options{Client: client, Now: func() time.Time { return at }})(channel)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sender.Close() })
	return sender
}

func TestAReceiverCanVerifyWhatItGets(t *testing.T) {
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprint(w, "thanks")
	}))
	defer server.Close()
	answer, err := open(t, ewgwatch.Channel{To: server.URL + "/hook?a=b", Secret: "key"}).Send(t.Context(), delivery())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(send.Answer{Response: "202 Accepted: thanks", Text: string(delivery().Message.JSON)}, answer); diff != "" {
		t.Error(diff)
	}
	want := map[string]string{
		"Content-Type": "application/json", "Ewgwatch-Delivery": "a_1", "Idempotency-Key": `"a_1"`,
		"Ewgwatch-Attempt": "3", "Ewgwatch-Timestamp": "1777636800", "User-Agent": "ewgwatch",
	}
	for field, value := range want {
		if have := got.Header.Get(field); have != value {
			t.Errorf("%s is %q, want %q", field, have, value)
		}
	}
	if got.Method != http.MethodPost || got.URL.String() != "/hook?a=b" || !bytes.Equal(body, delivery().Message.JSON) {
		t.Errorf("got %s %s with %s", got.Method, got.URL, body)
	}
	if err := webhook.Verify("key", got.Header, body, at.Add(time.Minute), 5*time.Minute); err != nil {
		t.Error(err)
	}
}

func TestWithoutASecretNothingIsSigned(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Values("Ewgwatch-Signature") != nil {
			t.Error("signed with nothing")
		}
	}))
	defer server.Close()
	if _, err := open(t, ewgwatch.Channel{To: server.URL}).Send(t.Context(), delivery()); err != nil {
		t.Error(err)
	}
}

func TestReceiversThatMisbehaveAreJudgedByWhatTheySay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		want  send.Worth
		after time.Duration
		says  string
	}{
		"500":                     {answer(500, ""), send.Again, 0, "500"},
		"503 with a pause":        {answer(503, "120"), send.Again, 2 * time.Minute, "503"},
		"429 with seconds":        {answer(429, "7"), send.Again, 7 * time.Second, "429"},
		"429 with a date":         {answer(429, at.Add(time.Hour).Format(http.TimeFormat)), send.Again, time.Hour, "429"},
		"429 with a date of old":  {answer(429, at.Add(-time.Hour).Format(http.TimeFormat)), send.Again, 0, "429"},
		"429 with nonsense":       {answer(429, "-5 soon"), send.Again, 0, "429"},
		"408":                     {answer(408, ""), send.Again, 0, "408"},
		"404":                     {answer(404, ""), send.Aday, 0, "404"},
		"401":                     {answer(401, ""), send.Aday, 0, "401"},
		"a redirect":              {http.RedirectHandler("/", http.StatusTemporaryRedirect).ServeHTTP, send.Aday, 0, "307"},
		"410":                     {answer(410, ""), send.Never, 0, "410"},
		"400":                     {answer(400, ""), send.Never, 0, "400"},
		"413":                     {answer(413, ""), send.Never, 0, "413"},
		"hangs":                   {func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() }, send.Again, 0, "deadline"},
		"resets":                  {hijack(func(c *net.TCPConn) { c.SetLinger(0); c.Close() }), send.Again, 0, "reset"},
		"closes":                  {hijack(func(c *net.TCPConn) { c.Close() }), send.Again, 0, "EOF"},
		"half-closes":             {hijack(func(c *net.TCPConn) { c.CloseWrite(); _, _ = io.Copy(io.Discard, c); c.Close() }), send.Again, 0, "EOF"},
		"breaks off in its head":  {hijack(func(c *net.TCPConn) { c.Write([]byte("HTTP/1.1 200 O")); c.Close() }), send.Again, 0, "EOF"},
		"speaks something else":   {hijack(func(c *net.TCPConn) { c.Write([]byte("220 smtp ready\r\n")); c.Close() }), send.Again, 0, "malformed"},
		"drips its head":          {hijack(drip), send.Again, 0, "deadline"},
		"an error as a huge body": {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500); pour(w, r) }, send.Again, 0, "500"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.serve)
			t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := open(t, ewgwatch.Channel{To: server.URL}).Send(ctx, delivery())
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("err = %v, want one that says %q", err, c.says)
			}
			refusal := &send.Refusal{}
			errors.As(err, &refusal)
			if refusal.Worth != c.want || refusal.After != c.after {
				t.Errorf("worth %v after %v, want %v after %v", refusal.Worth, refusal.After, c.want, c.after)
			}
			if silent := !unicode.IsDigit(rune(c.says[0])); refusal.Unsure != silent { // it read all, and answered nothing
				t.Errorf("unsure %v, want %v", refusal.Unsure, silent)
			}
		})
	}
}

func answer(status int, after string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(status)
	}
}

func hijack(then func(*net.TCPConn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			then(conn.(*net.TCPConn))
		}
	}
}

func drip(c *net.TCPConn) {
	defer c.Close()
	for _, err := c.Write([]byte("HTTP/1.1 200 OK\r\n")); err == nil; _, err = c.Write([]byte("X: y\r\n")) {
		<-time.After(50 * time.Millisecond)
	}
}

func pour(w io.Writer, r *http.Request) {
	block := make([]byte, 1<<16)
	for r.Context().Err() == nil {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

func TestASuccessIsOneWhateverItsBody(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]http.HandlerFunc{
		"huge": func(w http.ResponseWriter, r *http.Request) { pour(w, r) },
		"drips": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Write([]byte("a"))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"breaks": hijack(func(c *net.TCPConn) { c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")); c.Close() }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(serve)
			t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
			answer, err := open(t, ewgwatch.Channel{To: server.URL}).Send(t.Context(), delivery())
			if err != nil || len(answer.Response) > 300 {
				t.Errorf("answer of %d bytes, %v", len(answer.Response), err)
			}
		})
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	var second atomic.Bool
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { second.Store(true) }))
	defer inner.Close()
	outer := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusFound))
	defer outer.Close()
	if _, err := open(t, ewgwatch.Channel{To: outer.URL}).Send(t.Context(), delivery()); err == nil || second.Load() {
		t.Errorf("err = %v, followed: %v", err, second.Load())
	}
}

func TestTheClientsGuardHolds(t *testing.T) {
	allowed := netip.MustParseAddr("192.0.2.1")
	guard := func(_ context.Context, _, address string) (net.Conn, error) {
		if to, err := netip.ParseAddrPort(address); err != nil || to.Addr() != allowed {
			return nil, fmt.Errorf("%s is not allowed", address)
		}
		return nil, io.EOF
	}
	client := &http.Client{Transport: &http.Transport{DialContext: guard}}
	sender, err := webhook.Open(webhook.Options{Client: client, Now: time.Now})(ewgwatch.Channel{To: "http://169.254.169.254/latest"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sender.Send(t.Context(), delivery()); err == nil || !strings.Contains(err.Error(), "is not allowed") {
		t.Errorf("err = %v, want that of the guard", err)
	}
}

func TestWhatIsNoURLOfHTTPIsNotOpened(t *testing.T) {
	for _, to := range []string{"", "example.org/hook", "file:///etc/passwd", "ftp://example.org/", "http://", "https://a b/", "http://x/\x00"} {
		if _, err := webhook.Open(webhook.Options{Client: http.DefaultClient})(ewgwatch.Channel{To: to}); err == nil {
			t.Errorf("%q was opened", to)
		}
	}
}

func TestWhatNobodyTookIsSureNotToHaveArrived(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	_, err := open(t, ewgwatch.Channel{To: server.URL}).Send(t.Context(), delivery())
	refusal := &send.Refusal{}
	if !errors.As(err, &refusal) || refusal.Unsure || refusal.Worth != send.Again {
		t.Errorf("err = %v, want one that is sure and worth another attempt", err)
	}
}
