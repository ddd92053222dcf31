package zoo

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"ewgwatch"
)

// asked reads one request; false where there was none.
func asked(conn net.Conn) (*http.Request, bool) {
	req, err := http.ReadRequest(bufio.NewReader(conn))
	return req, err == nil
}

// after answers robots.txt as it should be, and everything else with speak.
func after(speak func(net.Conn)) func(net.Conn) {
	return func(conn net.Conn) {
		req, ok := asked(conn)
		if !ok {
			return
		}
		if req.URL.Path == "/robots.txt" {
			fmt.Fprint(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return
		}
		speak(conn)
	}
}

func says(text string) func(net.Conn) {
	return after(func(conn net.Conn) { fmt.Fprint(conn, text) })
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

// hold keeps a connection until the other side leaves it.
func hold(conn net.Conn) {
	one := make([]byte, 1)
	for {
		if _, err := conn.Read(one); err != nil {
			return
		}
	}
}

// dripHeader sends header lines for ever.
func dripHeader(conn net.Conn) {
	fmt.Fprint(conn, okHead)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		if _, err := fmt.Fprint(conn, "X-More: to come\r\n"); err != nil {
			return
		}
	}
}

// reset breaks the connection off without a goodbye.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // else the close is a polite one
	}
}

// refused is an address at which nobody listens.
func refused(_ *Zoo, ip string) (string, error) { return "http://" + ip + ":9/", nil }

// wires are connections that are the trouble.
func wires() []kind {
	none, net0 := ewgwatch.ReachNone, wants(ewgwatch.NetError)
	return []kind{
		{name: "reset before the answer", want: net0, reach: none, wire: after(reset)},
		{name: "reset within the body", want: net0, reach: none, wire: after(func(conn net.Conn) {
			fmt.Fprint(conn, okHead+"Content-Length: 50000\r\n\r\n<title>News</title>"+text)
			reset(conn)
		})},
		{name: "closed without an answer", want: net0, reach: none, wire: says("")},
		{name: "a body shorter than it says", want: net0, reach: none, wire: says(okHead + "Content-Length: 50000\r\n\r\n<title>News</title>" + text)},
		{name: "a body longer than it says", want: wants(ewgwatch.New), wire: says(okHead + "Content-Length: 500\r\nConnection: close\r\n\r\n<title>News</title>" + text)},
		{name: "chunks that break off", want: net0, reach: none, wire: says(okHead + "Transfer-Encoding: chunked\r\n\r\nffff\r\n<title>News</title>")},
		{name: "chunks that are none", want: net0, reach: none, wire: says(okHead + "Transfer-Encoding: chunked\r\n\r\nzz\r\n<title>News</title>\r\n")},
		{name: "two lengths", want: net0, reach: none, wire: says(okHead + "Content-Length: 10\r\nContent-Length: 20\r\n\r\n0123456789")},
		{name: "garbage for HTTP", want: net0, reach: none, wire: says(strings.Repeat("\x00\xff garbage \r\n", 100))},
		{name: "HTTP/0.9", want: net0, reach: none, wire: says("<title>News</title>" + text)},
		{name: "another protocol", want: net0, reach: none, wire: func(conn net.Conn) {
			fmt.Fprint(conn, "SSH-2.0-OpenSSH_9.2\r\n")
			hold(conn)
		}},
		{name: "a header of 300 KiB", want: net0, reach: none, wire: says(okHead + "X-Big: " + strings.Repeat("x", 300<<10) + "\r\n\r\n" + text)},
		{name: "20,000 header lines", want: net0, reach: none, wire: says(okHead + strings.Repeat("X-Line: of a header\r\n", 20_000) + "\r\n" + text)},
		{name: "a header without end", want: wants(ewgwatch.Timeout), reach: none, wire: after(dripHeader)},
		{name: "never an answer", want: wants(ewgwatch.Timeout), reach: none, wire: after(hold)},
		{name: "nothing but 103", want: net0, reach: none, wire: says(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 5000))},
		{name: "nobody there", want: net0, reach: none, open: refused},
		{name: "a name that does not resolve", want: wants(ewgwatch.DNSError), reach: none, open: func(*Zoo, string) (string, error) { return "http://nobody.invalid/", nil }},
	}
}
