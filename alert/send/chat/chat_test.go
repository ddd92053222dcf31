package chat

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nicholas-fedor/shoutrrr/pkg/router"

	"ewgwatch"
	"ewgwatch/alert/send"
)

// request is what a service's server was sent.
type request struct{ path, title, body string }

// served starts a server of a service, which answers with status.
func served(t *testing.T, status int, header http.Header) (at *url.URL, got *[]request) {
	t.Helper()
	var mu sync.Mutex
	got = &[]request{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		*got = append(*got, request{r.URL.Path, r.Header.Get("Title"), string(body)})
		for field, values := range header {
			w.Header()[field] = values
		}
		w.WriteHeader(status)
		io.WriteString(w, "{}")
	}))
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return at, got
}

func message() send.Delivery {
	return send.Delivery{Alert: ewgwatch.Alert{ID: "a_1"}, Message: send.Message{
		ID: "a_1", Subject: "KH\r\nX-Evil: 1", Text: "line <!channel>\n\x1b[31mred\x1b[0m @everyone", Markdown: "**line** @everyone", Short: "short",
	}}
}

func open(to string, transport http.RoundTripper) (send.Sender, error) {
	o := Options{Client: &http.Client{Transport: transport}, Now: time.Now}
	return Open(o)(ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: to})
}

func TestNtfyTakesAMessageThroughOurTransport(t *testing.T) {
	at, got := served(t, 200, nil)
	sender, err := open("ntfy://"+at.Host+"/topic?scheme=http", &http.Transport{})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := sender.Send(t.Context(), message())
	if err != nil || answer.Response != "ntfy took it, OK" {
		t.Fatal(answer, err)
	}
	want := []request{{"/topic", "KH X-Evil: 1", "line <!channel>\n[31mred [0m @everyone"}}
	if diff := cmp.Diff(want, *got, cmp.AllowUnexported(request{})); diff != "" {
		t.Error(diff)
	}
}

func TestEveryServiceThatTakesOurClientUsesIt(t *testing.T) {
	blocked := errors.New("blocked by the guard")
	for to, n := range map[string]string{
		"ntfy://ntfy.example.org/topic":                             "",
		"gotify://push.example.org/Aaaaaaaaaaaaaaa":                 "",
		"mattermost://user@mm.example.org/token0123456789":          "",
		"rocketchat://user@rc.example.org/tokenA/tokenB/channel":    "",
		"discord://token0123456789@123456789":                       "",
		"pushover://shoutrrr:apiToken0123@userKey0123/?devices=one": "",
		"pagerduty:///eb243592faa24ba2a5511afdf565c889":             "",
	} {
		guard := transport(func(r *http.Request) (*http.Response, error) { n = r.URL.Host; return nil, blocked })
		sender, err := open(to, guard)
		if err != nil {
			t.Errorf("%s: %v", to, err)
			continue
		}
		if _, err := sender.Send(t.Context(), message()); err == nil || n == "" {
			t.Errorf("%s: err = %v, spoke to %q", to, err, n)
		}
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestWithoutAGuardServicesThatDialByThemselvesAreRefused(t *testing.T) {
	for name, manners := range services {
		if manners.handed {
			continue
		}
		if _, err := open(name+"://x@127.0.0.1/a/b/c", &http.Transport{}); err == nil || !strings.Contains(err.Error(), "not guarded") {
			t.Errorf("%s: err = %v, want one about the guard", name, err)
		}
	}
}

func TestWithAGuardTheyAreServedAndHeld(t *testing.T) {
	at, got := served(t, 200, nil)
	before := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = before })
	blocked := errors.New("not a public address")
	Guard(transport(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host != at.Host {
			return nil, blocked
		}
		return before.RoundTrip(r)
	}))
	sender, err := open("generic://"+at.Host+"/hook?disabletls=yes", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sender.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	want := []request{{"/hook", "", "KH X-Evil: 1\n\nline <!channel>\n[31mred [0m @everyone"}}
	if diff := cmp.Diff(want, *got, cmp.AllowUnexported(request{})); diff != "" {
		t.Error(diff)
	}
	for _, to := range []string{"generic://169.254.169.254/latest?disabletls=yes", "signal://10.0.0.1:8080/+15551234567/+15557654321", "bark://key0123456@192.168.0.1/"} {
		sender, err := open(to, nil)
		if err != nil {
			t.Errorf("%s: %v", to, err)
			continue
		}
		if _, err := sender.Send(t.Context(), message()); err == nil || !strings.Contains(err.Error(), blocked.Error()) {
			t.Errorf("%s: err = %v, want that of the guard", to, err)
		}
	}
}

func TestARefusalOfAServiceIsJudgedByItsStatus(t *testing.T) {
	for status, want := range map[int]send.Worth{429: send.Again, 500: send.Again, 404: send.Aday, 400: send.Never, 302: send.Aday} {
		at, got := served(t, status, http.Header{"Retry-After": {"90"}, "Location": {"/elsewhere"}})
		for _, to := range []string{"ntfy://" + at.Host + "/topic?scheme=http", "mattermost://user@" + at.Host + "/token0123456789?disabletls=yes"} {
			sender, err := open(to, &http.Transport{})
			if err != nil {
				t.Fatal(err)
			}
			*got = nil
			_, err = sender.Send(t.Context(), message())
			var refusal *send.Refusal
			if !errors.As(err, &refusal) || refusal.Worth != want || refusal.After != 90*time.Second || len(*got) != 1 {
				t.Errorf("%s answers %d: %v (%+v) after %d requests, want one and worth %v", to, status, err, refusal, len(*got), want)
			}
		}
	}
}

func TestEveryServiceOfShoutrrrHasItsMannersButTwo(t *testing.T) {
	for _, name := range (&router.ServiceRouter{}).ListServices() {
		if _, known := services[name]; !known && name != "smtp" && name != "logger" {
			t.Errorf("%s has no manners", name)
		}
	}
	for _, to := range []string{"smtp://u:p@h/?from=a@b&to=c@d", "logger://", "https://example.org", "", "ntfy"} {
		if _, err := open(to, &http.Transport{}); err == nil {
			t.Errorf("%q was opened", to)
		}
	}
}

func TestWhatAServiceWouldActUponIsTamed(t *testing.T) {
	for name, want := range map[string]string{
		"slack":    "KH X-Evil: 1\n\nline &lt;!channel&gt;\n[31mred [0m @everyone",
		"discord":  "**line** @\u200beveryone",
		"pushover": "short",
	} {
		if got, _ := services[name].dress(message().Message); got != want {
			t.Errorf("%s gets %q, want %q", name, got, want)
		}
	}
	if got := cut(strings.Repeat("ក", 100), 50); len(got) > 50 || !strings.HasSuffix(got, "\n[…]") || strings.ContainsRune(got, '\uFFFD') {
		t.Errorf("cut to %q", got)
	}
}

func TestAServiceThatIsNotSpokenToIsKnownBeforeAnythingIsSent(t *testing.T) {
	for to, want := range map[string]bool{
		"telegram://token@telegram?chats=@x": true, "Generic+https://example.org/x": true, "${env:CHAT}": true,
		"script://rm": false, "://x": false, "telegram": false, "": false,
	} {
		if err := Check(ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: to}); (err == nil) != want {
			t.Errorf("%q: %v", to, err)
		}
	}
}
