package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path/filepath"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// Redact returns the To of a channel as lists, logs and receipts show it: an address and a
// folder whole, a URL without what may open a door, a command without what it is
// given. A mark at the end tells apart what looks the same then.
func Redact(channel ewgwatch.Channel) string {
	to := channel.To
	switch channel.Kind {
	case ewgwatch.StdoutChannel:
		return "stdout"
	case ewgwatch.MailChannel, ewgwatch.FeedChannel:
		return plain.Line(to)
	case ewgwatch.CommandChannel:
		program, arguments, _ := strings.Cut(strings.TrimSpace(to), " ")
		return plain.Line(filepath.Base(program)) + mark(arguments)
	case ewgwatch.WebhookChannel:
		return origin(to)
	}
	scheme, rest, found := strings.Cut(to, "://")
	if !found {
		scheme, rest = "", to
	}
	return plain.Line(scheme) + "://" + mark(rest)
}

// origin returns scheme and host of a URL, and a mark of the rest.
func origin(text string) string {
	at, err := url.Parse(text)
	if err != nil || at.Host == "" {
		return mark(text)
	}
	rest := *at
	rest.Scheme, rest.Host = "", ""
	if at.Path == "/" {
		rest.Path = ""
	}
	return plain.Line(at.Scheme + "://" + at.Host + "/" + mark(rest.String()))
}

// mark stands for a text that is not shown.
func mark(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return "…" + hex.EncodeToString(sum[:3])
}
