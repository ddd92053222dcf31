package crawler

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

func TestBrowserIsBoundByGuardAndRobots(t *testing.T) {
	needsChromium(t)
	inner := serveScripted(t, "127.0.0.99:0", map[string]string{"/secret.json": `{}`})
	outer := serveScripted(t, "127.0.0.3:0", map[string]string{"/open.json": `{}`, "/robots.txt": ""})
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /private\n",
		"/": `<!doctype html><body><p id=seen></p><script>
const seen = document.getElementById("seen");
for (const url of ["` + inner.URL + `/secret.json", "/private/data.json", "/public.json", "` + outer.URL + `/open.json"])
	fetch(url).then(() => seen.append(" got " + url), () => seen.append(" refused " + url));
try { new WebSocket("ws` + strings.TrimPrefix(inner.URL, "http") + `/socket"); } catch (e) {}
try { new WebTransport("https` + strings.TrimPrefix(inner.URL, "http") + `/transport").ready.catch(() => 0); } catch (e) {}
try {
	const peer = new RTCPeerConnection({iceServers: [{urls: "stun:` + inner.Listener.Addr().String() + `"}]});
	peer.createDataChannel("x"); peer.createOffer().then(offer => peer.setLocalDescription(offer));
} catch (e) {}
open("` + inner.URL + `/popup");
navigator.serviceWorker && navigator.serviceWorker.register("/worker.js").catch(() => 0);
new Worker(URL.createObjectURL(new Blob(['fetch("` + inner.URL + `/worker.json")'])));
</script><link rel=preconnect href="` + inner.URL + `"><link rel=prefetch href="` + inner.URL + `/prefetch"><p>` + strings.Repeat(words, 20),
		"/public.json": "{}",
	})
	var touched sync.Map
	countDatagrams(t, inner.Listener.Addr().String(), &touched)
	inner.Config.ConnState = func(c net.Conn, _ http.ConnState) { touched.Store(c.RemoteAddr().String(), true) }
	pages, _ := crawlScripted(t, New(nil, allowing("127.0.0.2", "127.0.0.3")), site.source())
	home := pages[site.URL+"/"]
	body := string(home.Body)
	for _, want := range []string{"refused " + inner.URL, "refused /private/data.json", "got /public.json", "refused " + outer.URL} {
		if !strings.Contains(body, want) {
			t.Errorf("want %q in %s (%s): %s", want, home.Outcome, home.Detail, body)
		}
	}
	if strings.Contains(site.requests(), "/private") {
		t.Errorf("robots.txt was not obeyed:\n%s", site.requests())
	}
	if !strings.Contains(outer.requests(), "GET /robots.txt\nGET /open.json") {
		t.Errorf("want robots.txt before anything else of another host, have:\n%s", outer.requests())
	}
	touched.Range(func(from, _ any) bool {
		t.Errorf("%v connected to an address that no allow list names", from)
		return true
	})
}

// countDatagrams notes who sends anything to an address without a connection, as
// WebRTC and QUIC do.
func countDatagrams(t *testing.T, address string, senders *sync.Map) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			_, from, err := listener.ReadFrom(make([]byte, 2048))
			if err != nil {
				return
			}
			senders.Store("udp "+from.String(), true)
		}
	}()
}
