package mail

import (
	"bytes"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

var made = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func delivery(id, thread, subject, text string) send.Delivery {
	return send.Delivery{
		Alert:   ewgwatch.Alert{ID: id, MadeAt: made},
		Message: send.Message{ID: id, Thread: thread, Subject: subject, Text: text, HTML: "<p>" + text + "</p>"},
		Attempt: 1,
	}
}

func sending(t testing.TB, o Options) Options {
	t.Helper()
	o.Host = "127.0.0.1"
	if o.From == "" {
		o.From = "Watch <watch@example.org>"
	}
	complete, err := o.complete()
	if err != nil {
		t.Fatal(err)
	}
	return complete
}

func written(t testing.TB, d send.Delivery, to string, o Options) *mail.Message {
	t.Helper()
	m, err := letter(d, to, o)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	read, err := mail.ReadMessage(&b)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestALetterSaysWhatItIs(t *testing.T) {
	o := sending(t, Options{Unsubscribe: []string{"mailto:off@example.org?subject=off", "https://example.org/off"}, OneClick: true})
	read := written(t, delivery("a_2", "a_1", "KH attended", "text"), "Analyst <an@example.net>", o)
	contentType := read.Header.Get("Content-Type")
	delete(read.Header, "Content-Type")
	want := mail.Header{
		"Auto-Submitted":           {"auto-generated"},
		"Date":                     {"Fri, 01 May 2026 12:00:00 +0000"},
		"From":                     {`"Watch" <watch@example.org>`},
		"In-Reply-To":              {"<a_1@ewgwatch.example.org>"},
		"List-Id":                  {"<ewgwatch.example.org>"},
		"List-Unsubscribe":         {"<mailto:off@example.org?subject=off>, <https://example.org/off>"},
		"List-Unsubscribe-Post":    {"List-Unsubscribe=One-Click"},
		"Message-Id":               {"<a_2@ewgwatch.example.org>"},
		"Mime-Version":             {"1.0"},
		"Precedence":               {"bulk"},
		"References":               {"<a_1@ewgwatch.example.org>"},
		"Subject":                  {"KH attended"},
		"To":                       {`"Analyst" <an@example.net>`},
		"X-Auto-Response-Suppress": {"All"},
		"X-Ewgwatch-Alert":         {"a_2"},
	}
	if diff := cmp.Diff(want, read.Header); diff != "" {
		t.Error(diff)
	}
	kinds, texts := parts(t, contentType, read.Body)
	if diff := cmp.Diff([]string{"text/plain", "text/html"}, kinds); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"text", "<p>text</p>"}, texts); diff != "" {
		t.Error(diff)
	}
}

func parts(t testing.TB, contentType string, body io.Reader) (kinds, texts []string) {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("Content-Type %q, %v", contentType, err)
	}
	reader := multipart.NewReader(body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			return kinds, texts
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Fatal(part.Header, err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		kinds, texts = append(kinds, kind), append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
}

func TestALetterIsTheSameAtEveryAttempt(t *testing.T) {
	o := sending(t, Options{})
	first := written(t, delivery("a_2", "", "S", "text"), "an@example.net", o)
	d := delivery("a_2", "", "S", "text")
	d.Attempt = 7
	second := written(t, d, "an@example.net", o)
	one, err := io.ReadAll(first.Body)
	if err != nil {
		t.Fatal(err)
	}
	two, err := io.ReadAll(second.Body)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first.Header, second.Header) + cmp.Diff(string(one), string(two)); diff != "" {
		t.Error(diff)
	}
}

func TestAFirstLetterAnswersNone(t *testing.T) {
	for _, thread := range []string{"", "a_2"} {
		read := written(t, delivery("a_2", thread, "S", "text"), "an@example.net", sending(t, Options{}))
		if read.Header.Get("References")+read.Header.Get("In-Reply-To") != "" {
			t.Errorf("thread %q: %v", thread, read.Header)
		}
	}
}

func TestWhatIsNoOneAddressGetsNothing(t *testing.T) {
	for _, to := range []string{"", "nobody", "a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org", "a@b@c"} {
		if _, err := letter(delivery("a", "", "S", "t"), to, sending(t, Options{})); err == nil {
			t.Errorf("a letter to %q", to)
		}
	}
}

func TestOptionsThatWouldGiveThePasswordAwayAreRefused(t *testing.T) {
	for _, o := range []Options{
		{Host: "mail.example.org", From: "a@b.example", User: "u", Password: "env:P", TLS: Plain},
		{Host: "mail.example.org", From: "a@b.example", User: "u"},
		{Host: "mail.example.org", From: "a@b.example", TLS: "perhaps"},
		{Host: "mail.example.org\r\nRSET", From: "a@b.example"},
		{Host: "", From: "a@b.example"},
		{Host: "mail.example.org", From: "nobody"},
		{Host: "mail.example.org", From: "a@b.example", Unsubscribe: []string{"mailto:x@y>\r\nBcc: z@y"}},
		{Host: "mail.example.org", From: "a@b.example", ListID: "x>\r\nBcc: z@y"},
	} {
		if err := Check(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	for _, o := range []Options{
		{Host: "mail.example.org", From: "a@b.example", User: "u", Password: "env:P"},
		{Host: "localhost", From: "a@b.example", User: "u", Password: "env:P", TLS: Plain},
		{Host: "relay", From: "a@b.example", TLS: Plain},
	} {
		if err := Check(o); err != nil {
			t.Error(err)
		}
	}
}

// expected are all fields that a letter may have.
var expected = []string{
	"Auto-Submitted", "Content-Type", "Date", "From", "In-Reply-To", "List-Id", "Message-Id", "Mime-Version",
	"Precedence", "References", "Subject", "To", "X-Auto-Response-Suppress", "X-Ewgwatch-Alert",
}

func FuzzNoTextPutsAFieldOrAPartIntoALetter(f *testing.F) {
	for _, s := range []string{
		"plain", "x\r\nBcc: all@example.org", "x\nX-Evil: 1\n\nbody", "=?utf-8?q?x=0D=0ABcc:_a@b?=", "ក្រសួងការពារជាតិ\u2028Bcc: a", "\x00\x01\x7f",
		strings.Repeat("long ", 400), strings.Repeat("x", 3000), "\xff\xfe", "--ewg_\r\n\r\n", "\r\n.\r\nMAIL FROM:<a@b>\r\n", "a\rb", "\"<>;,:@",
	} {
		f.Add(s, s, "a_1", s, s)
		f.Add("Name", "S", s, "text", s)
	}
	f.Fuzz(func(t *testing.T, name, subject, id, text, thread string) {
		from := (&mail.Address{Name: name, Address: "w@example.org"}).String()
		if _, err := mail.ParseAddress(from); err != nil {
			t.Skip("an operator cannot be called that")
		}
		o := sending(t, Options{From: from})
		d := delivery(id, thread, subject, text)
		m, err := letter(d, "an@example.net", o)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(b.String(), "\r\n") {
			if len(line) > 998 || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("a line that no mail may have: %q", line)
			}
		}
		read, err := mail.ReadMessage(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range slices.Sorted(maps.Keys(read.Header)) {
			if !slices.Contains(expected, field) || len(read.Header[field]) != 1 {
				t.Fatalf("%s: %q was put in", field, read.Header[field])
			}
		}
		got, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
		if err != nil || got != plain.Line(subject) {
			t.Fatalf("subject %q comes as %q, %v", subject, got, err)
		}
		if to, err := read.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "an@example.net" {
			t.Fatalf("to %v, %v", to, err)
		}
		if from, err := read.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != "w@example.org" {
			t.Fatalf("from %v, %v", from, err)
		}
		kinds, _ := parts(t, read.Header.Get("Content-Type"), read.Body)
		if diff := cmp.Diff([]string{"text/plain", "text/html"}, kinds); diff != "" {
			t.Fatal(diff)
		}
	})
}
