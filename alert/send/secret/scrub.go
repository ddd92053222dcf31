package secret

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

const (
	shortest = 4   // characters of a secret that is looked for by itself; fewer are part of any text
	piece    = 6   // of a piece of a path, which may be a word
	longest  = 400 // columns of an error and of a response that is kept
)

// Scrubber takes the secrets of one channel out of texts. The zero value knows
// none.
type Scrubber struct{ values *strings.Replacer }

// ScrubberOf returns the scrubber of a resolved channel and of other secrets, as
// of the account that sends.
func ScrubberOf(channel ewgwatch.Channel, others ...string) Scrubber {
	values := append([]string{channel.Secret}, others...)
	switch channel.Kind {
	case ewgwatch.WebhookChannel, ewgwatch.ChatChannel:
		values = append(values, parts(channel.Kind, channel.To)...)
	case ewgwatch.CommandChannel:
		if _, arguments, found := strings.Cut(channel.To, " "); found {
			values = append(append(values, arguments), strings.Fields(arguments)...)
		}
	}
	return newScrubber(values)
}

func newScrubber(values []string) Scrubber {
	forms := map[string]bool{}
	for _, value := range values {
		for _, form := range []string{value, strings.TrimSpace(value), url.PathEscape(value), url.QueryEscape(value)} {
			if len(form) >= shortest {
				forms[form] = true
			}
		}
	}
	var sorted []string
	for form := range forms {
		sorted = append(sorted, form)
	}
	slices.SortFunc(sorted, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(sorted))
	for _, form := range sorted {
		pairs = append(pairs, form, "***")
	}
	return Scrubber{strings.NewReplacer(pairs...)}
}

// parts returns what of a URL may be a secret: all but scheme and host, and in a
// URL of shoutrrr a host without a dot too, which holds the token of some services.
func parts(kind ewgwatch.ChannelKind, text string) []string {
	values := []string{text}
	at, err := url.Parse(text)
	if err != nil {
		return append(values, pieces(text)...)
	}
	if password, has := at.User.Password(); has {
		values = append(append(values, password), pieces(password)...)
	}
	values = append(values, at.User.Username())
	values = append(values, pieces(at.User.Username())...)
	values = append(values, pieces(at.Path)...)
	if kind == ewgwatch.ChatChannel && !strings.Contains(at.Hostname(), ".") && at.Host != at.Scheme {
		values = append(values, pieces(at.Host)...)
	}
	for _, each := range at.Query() {
		values = append(values, each...)
	}
	return values
}

func pieces(text string) (found []string) {
	for _, separators := range []string{"/", "/:@-?&=,"} {
		for _, one := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
			if len(one) >= piece {
				found = append(found, one)
			}
		}
	}
	return found
}

// urls are absolute URLs within a text.
var urls = regexp.MustCompile(`([a-zA-Z][a-zA-Z0-9+.-]*)://[^\s"'<>]+`)

// Line returns a text on one line, of bounded length and without secrets: those
// that are known, and all but the origin of every URL.
func (s Scrubber) Line(text string) string {
	text = urls.ReplaceAllStringFunc(text, bare)
	if s.values != nil {
		text = s.values.Replace(text)
	}
	return plain.Cut(plain.Line(text), longest)
}

func bare(text string) string {
	at, err := url.Parse(text)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" {
		scheme, _, _ := strings.Cut(text, "://")
		return scheme + "://…"
	}
	return at.Scheme + "://" + at.Host + "/…"
}
