package mail

import (
	"bufio"
	"net"
	"net/mail"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// debian is a server by python3-aiosmtpd at the port it is told, which prints what
// it was given.
const debian = `
import sys, time
from aiosmtpd.controller import Controller
class Keep:
    async def handle_DATA(self, server, session, envelope):
        print(repr(envelope.mail_from), repr(envelope.rcpt_tos), repr(envelope.content), flush=True)
        return '250 kept'
c = Controller(Keep(), hostname='127.0.0.1', port=int(sys.argv[1]))
c.start()
print('ready', flush=True)
time.sleep(60)
`

func TestAServerOfDebiansTakesALetter(t *testing.T) {
	python := pythonWith(t, "aiosmtpd")
	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	server := exec.CommandContext(t.Context(), python, "-c", debian, strconv.Itoa(port))
	output, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	lines := bufio.NewScanner(output)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Fatal("the server does not start: ", lines.Err())
	}
	sender := open(t, Options{Host: "127.0.0.1", Port: port, TLS: Plain, From: "w@example.org", Timeout: 10 * time.Second})
	answer, err := sender.Send(t.Context(), delivery("a_1", "", "S", "text"))
	if err != nil || !strings.Contains(answer.Response, "kept") {
		t.Fatalf("%+v, %v", answer, err)
	}
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), "'w@example.org' ['an@example.net'] b'") {
		t.Fatalf("the server got %q", lines.Text())
	}
	_, content, _ := strings.Cut(lines.Text(), "b'")
	text := strings.NewReplacer(`\r\n`, "\r\n", `\'`, "'").Replace(strings.TrimSuffix(content, "'"))
	read, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil || read.Header.Get("Message-Id") != "<a_1@ewgwatch.example.org>" {
		t.Errorf("the server got %q, %v", text, err)
	}
}

// pythonWith returns a python3 that has a module: Debian's, or another.
func pythonWith(t *testing.T, module string) string {
	t.Helper()
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	t.Skipf("python3-%s is not installed", module)
	return ""
}
