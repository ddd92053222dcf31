package mail

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

// letter composes a mail. It depends on nothing but what it is given, so that a
// second attempt sends the same.
func letter(d send.Delivery, to string, o Options) (*gomail.Msg, error) {
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("want an address to write from, have %q", o.From)
	}
	receiver, err := mail.ParseAddress(to)
	if err != nil {
		return nil, fmt.Errorf("want one mail address to write to, have %q", to)
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary(boundary(d.Alert.ID)))
	if len(receiver.Address) > longest {
		return nil, fmt.Errorf("want a mail address of at most %d bytes, have %d", longest, len(receiver.Address))
	}
	m.FromMailAddress(tidy(from))
	m.ToMailAddress(tidy(receiver))
	m.SetDateWithValue(d.Alert.MadeAt)
	m.SetGenHeaderPreformatted(gomail.HeaderSubject, word(d.Message.Subject))
	thread(m, d, o)
	list(m, d, o)
	m.SetBodyString(gomail.TypeTextPlain, lines(d.Message.Text))
	if d.Message.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, lines(d.Message.HTML))
	}
	return m, nil
}

// tidy drops from a name what could end its line, and shortens it: it is written
// without a fold.
func tidy(a *mail.Address) *mail.Address {
	return &mail.Address{Name: plain.Cut(plain.Line(a.Name), bare), Address: a.Address}
}

// lines drops the characters of a text that no mail may hold or show.
func lines(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
}

func thread(m *gomail.Msg, d send.Delivery, o Options) {
	m.SetMessageIDWithValue(name(d.Alert.ID) + "@" + o.ListID)
	if first := d.Message.Thread; first != "" && first != d.Alert.ID {
		reference := "<" + name(first) + "@" + o.ListID + ">"
		m.SetGenHeaderPreformatted(gomail.HeaderInReplyTo, reference)
		m.SetGenHeaderPreformatted(gomail.HeaderReferences, reference)
	}
}

// list marks a mail as one that a program wrote to many (RFC 3834, RFC 2369, RFC
// 2919, RFC 8058).
func list(m *gomail.Msg, d send.Delivery, o Options) {
	m.SetBulk()
	m.SetGenHeaderPreformatted("Auto-Submitted", "auto-generated")
	m.SetGenHeaderPreformatted("List-Id", "<"+o.ListID+">")
	m.SetGenHeaderPreformatted("X-Ewgwatch-Alert", name(d.Alert.ID))
	if len(o.Unsubscribe) > 0 {
		m.SetListUnsubscribe(o.Unsubscribe...)
		if o.OneClick {
			m.SetListUnsubscribePost()
		}
	}
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,3}$`)

// name is an Alert.ID as the left side of a Message-ID (RFC 5322, section 3.6.4).
func name(id string) string {
	if plainID.MatchString(id) {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "h_" + hex.EncodeToString(sum[:16])
}

// boundary parts the bodies. It is the same at every attempt, and nobody who
// writes a page can know it: an ID is made of more than a page holds.
func boundary(id string) string {
	sum := sha256.Sum256([]byte("boundary " + id))
	return "ewg_" + hex.EncodeToString(sum[:20])
}

const (
	encoded = 45  // bytes in an encoded word, which takes 75 characters at most (RFC 2047, section 2)
	bare    = 60  // characters of a line that is not folded
	longest = 254 // bytes of an address (RFC 5321, section 4.5.3.1, with its erratum 1690)
)

// word returns a text as the value of a field, on one line: as it is where it is
// short, ASCII and nothing that a reader would decode, else as encoded words.
func word(text string) string {
	text = plain.Line(text)
	if len(text) <= bare && !strings.Contains(text, "=?") && !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return text
	}
	var words []string
	for text != "" {
		n := min(encoded, len(text))
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n--
		}
		words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(text[:n]))+"?=")
		text = text[n:]
	}
	return strings.Join(words, "\r\n ")
}
