package ewgwatch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ParseChannel reads what people write of a channel:
//
//	mailto:desk@example.org
//	https://example.org/hook     a webhook
//	telegram://…                 a chat; what schemes there are, its sender knows
//	feed:mekong                  mekong.atom and mekong.json in the folder of the feeds
//	stdout
//	command:/usr/local/bin/tell desk
//
// A kind may stand before what hides its scheme: webhook:${env:HOOK}.
func ParseChannel(s string) (Channel, error) {
	text := strings.TrimSpace(s)
	kind, to, found := strings.Cut(text, ":")
	c := Channel{Kind: ChannelKind(kind), To: to}
	switch {
	case text == string(StdoutChannel):
		c = Channel{Kind: StdoutChannel}
	case kind == "mailto":
		c.Kind = MailChannel
	case kind == "http" || kind == "https":
		c = Channel{Kind: WebhookChannel, To: text}
	case found && slices.Contains(ChannelKinds(), c.Kind) && c.Kind != StdoutChannel:
	case chatScheme.MatchString(text):
		c = Channel{Kind: ChatChannel, To: text}
	default:
		return Channel{}, errors.New("want mailto:ADDRESS, an http or https URL, a chat's URL, feed:FOLDER, stdout or command:PROGRAM")
	}
	if err := c.Valid(); err != nil {
		return Channel{}, err
	}
	return c, nil
}

var (
	chatScheme      = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://`)
	secretReference = regexp.MustCompile(`\$\{(env|file):[^{}]+\}`)
	secretName      = regexp.MustCompile(`^(env|file):[^{}\s]+$`)
)

// Valid returns nil for a channel that somebody could be reached through. Its errors
// never quote where it leads.
func (c Channel) Valid() error {
	switch {
	case !slices.Contains(ChannelKinds(), c.Kind):
		return fmt.Errorf("want one of the channels %v, have %q", ChannelKinds(), c.Kind)
	case c.Kind == StdoutChannel && c.To != "":
		return errors.New("stdout: want nothing behind it, have something")
	case c.Kind != StdoutChannel && strings.TrimSpace(c.To) == "":
		return fmt.Errorf("%s: want where it leads, have nothing", c.Kind)
	case strings.ContainsFunc(c.To, unicode.IsControl):
		return fmt.Errorf("%s: want one line without control characters, have some", c.Kind)
	case c.Secret != "" && !secretName.MatchString(c.Secret):
		return fmt.Errorf("%s: want a secret as env:NAME or file:PATH, have something else", c.Kind)
	case secretReference.MatchString(c.To):
		return nil
	}
	return c.leads()
}

// leads returns nil for a channel whose To is of the right form.
func (c Channel) leads() error {
	switch c.Kind {
	case MailChannel:
		if at, err := mail.ParseAddress(c.To); err != nil || at.Address != c.To {
			return errors.New("mail: want an address like desk@example.org, have something else")
		}
	case WebhookChannel:
		if u, err := url.Parse(c.To); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return errors.New("webhook: want an http or https URL, have something else")
		}
	case ChatChannel:
		if !chatScheme.MatchString(c.To) {
			return errors.New("chat: want a URL with the scheme of its service, have something else")
		}
	}
	return nil
}

// String returns the channel as lists and logs may show it: addresses and folders
// whole, of a URL and of a command no more than opens no door, with a mark that tells
// apart what would look the same. References to secrets are no secrets.
func (c Channel) String() string {
	to := strings.Map(printable, c.To)
	switch c.Kind {
	case StdoutChannel:
		return string(StdoutChannel)
	case MailChannel:
		return "mailto:" + to
	case CommandChannel:
		program, rest, _ := strings.Cut(strings.TrimSpace(to), " ")
		return "command:" + filepath.Base(program) + hidden(rest)
	case WebhookChannel:
		if u, err := url.Parse(to); err == nil && u.Host != "" {
			return u.Scheme + "://" + u.Host + hidden(strings.Trim(strings.TrimPrefix(u.String(), u.Scheme+"://"+u.Host), "/"))
		}
	case ChatChannel:
		if scheme, rest, found := strings.Cut(to, "://"); found {
			return scheme + "://" + hidden(rest)
		}
	case FeedChannel:
		return "feed:" + to
	}
	if secretReference.FindString(to) == to {
		return string(c.Kind) + ":" + to
	}
	return string(c.Kind) + ":" + hidden(to)
}

// printable drops what has no place on a line.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return -1
}

// hidden stands for a text that is not shown.
func hidden(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return "…" + hex.EncodeToString(sum[:3])
}
