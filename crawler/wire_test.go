package crawler

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ewgwatch"
)

// rawSite answers every request with the text for its path, over connections
// that are kept open.
func rawSite(t *testing.T, answers map[string]string) (address string) {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answerRaw(conn, answers)
		}
	}()
	return "http://" + listener.Addr().String()
}

func answerRaw(conn net.Conn, answers map[string]string) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		answer, ok := answers[req.URL.Path]
		if !ok {
			answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
		}
		if _, err := conn.Write([]byte(answer)); err != nil {
			return
		}
	}
}

func TestHeadsAreRecordedAsTheyWentOverTheWire(t *testing.T) {
	first, second := article("News", "/two"), article("Two")
	head1 := fmt.Sprintf("HTTP/1.1 200 Fine\r\nset-cookie: b=2\r\nX-Odd:  two  spaces\r\ncontent-type: text/html\r\nSet-Cookie: a=1\r\ncontent-LENGTH: %d\r\n\r\n", len(first))
	head2 := "HTTP/1.1 200 OK\nContent-Type: text/html\nX-Fold: one\n two\nTransfer-Encoding: chunked\n\n"
	site := rawSite(t, map[string]string{
		"/":           head1 + first,
		"/robots.txt": "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 33\r\n\r\nUser-agent: *\r\nAllow: /two\r\n     \r\n",
		"/two":        "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + head2 + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(second), second),
	})
	k := &keeper{}
	options := Options{Delay: -1, Recorder: k, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}
	if _, err := New(newMemory(), options).Crawl(t.Context(), []ewgwatch.Source{source(site + "/")}, newMemory().keep); err != nil {
		t.Fatal(err)
	}
	want := map[string][3]string{
		"/":    {head1, first, "allowed: no rule of robots.txt speaks of it"},
		"/two": {head2, second, "allowed: Allow /two"},
	}
	for _, x := range k.kept {
		w, ok := want[x.RequestURI]
		if !ok {
			continue
		}
		delete(want, x.RequestURI)
		if string(x.ReceivedHead) != w[0] || string(x.Body) != w[1] || x.Robots != w[2] {
			t.Errorf("%s: head %q, %d bytes, robots %q; want %q, %d, %q", x.RequestURI, x.ReceivedHead, len(x.Body), x.Robots, w[0], len(w[1]), w[2])
		}
		if sent := string(x.SentHead); !strings.HasPrefix(sent, "GET "+x.RequestURI+" HTTP/1.1\r\nHost: 127.0.0.1:") || !strings.HasSuffix(sent, "\r\n\r\n") || !strings.Contains(sent, "User-Agent: ewgwatch") {
			t.Errorf("%s: sent %q", x.RequestURI, sent)
		}
		if x.Source == "" || x.Role == "" || x.Outcome != ewgwatch.New {
			t.Errorf("%s: source %q, role %q, outcome %q", x.RequestURI, x.Source, x.Role, x.Outcome)
		}
	}
	if len(want) > 0 {
		t.Errorf("not recorded: %v", want)
	}
}

// However a head is cut into reads, what is kept is the head and nothing else.
func TestHeadIsFoundHoweverItArrives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		interim := strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", rapid.IntRange(0, 2).Draw(t, "interim"))
		head := "HTTP/1.1 200 OK\r\nA: b\n\r c\r\n\r\n"
		rest := []byte(interim + head + "body\r\n\r\nmore")
		var tape tape
		for len(rest) > 0 {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			tape.record(rest[:n])
			rest = rest[n:]
		}
		if !bytes.Equal(tape.head(), []byte(head)) {
			t.Fatalf("have %q", tape.head())
		}
	})
}

func TestEndlessHeadIsNotRemembered(t *testing.T) {
	var tape tape
	for range 3000 {
		tape.record(bytes.Repeat([]byte("x"), 1000))
	}
	if tape.head() != nil || cap(tape.said) > 4*maxTape {
		t.Errorf("a head of %d bytes, room for %d", len(tape.head()), cap(tape.said))
	}
}
