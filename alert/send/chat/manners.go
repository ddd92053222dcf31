package chat

import (
	"strings"
	"unicode/utf8"

	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

// manners are how one service wants to be spoken to.
type manners struct {
	most     int  // bytes of a text: what is longer is split by shoutrrr, and comes twice in part where one half fails
	handed   bool // speaks through a client of ours
	title    bool // shows the subject by itself
	markdown bool
	short    bool                // for the screen of a telephone
	tame     func(string) string // what the service would act upon
}

// services are those that are spoken to: all of shoutrrr but mail, which is a
// channel of its own, and its log.
var services = map[string]manners{
	"bark":       {most: 1000, title: true, short: true},
	"discord":    {most: 1900, handed: true, title: true, markdown: true, tame: unmention},
	"generic":    {most: 16000},
	"googlechat": {most: 4000, tame: entities},
	"gotify":     {most: 16000, handed: true, title: true},
	"hangouts":   {most: 4000, tame: entities},
	"ifttt":      {most: 1000, short: true},
	"join":       {most: 1000, short: true},
	"lark":       {most: 16000, tame: entities},
	"matrix":     {most: 30000, tame: unmention},
	"mattermost": {most: 4000, handed: true, markdown: true, tame: unmention},
	"notifiarr":  {most: 1900, tame: unmention},
	"ntfy":       {most: 3900, handed: true, title: true},
	"opsgenie":   {most: 10000},
	"pagerduty":  {most: 1000, handed: true, short: true},
	"pushbullet": {most: 1000, title: true, short: true},
	"pushover":   {most: 1000, handed: true, title: true, short: true},
	"rocketchat": {most: 4000, handed: true, markdown: true, tame: unmention},
	"signal":     {most: 1900},
	"slack":      {most: 3000, tame: entities},
	"teams":      {most: 10000, tame: unmention},
	"telegram":   {most: 3900},
	"wecom":      {most: 2000, tame: unmention},
	"zulip":      {most: 9000, markdown: true, tame: unmention},
}

// dress returns a message as a service takes it.
func (m manners) dress(message send.Message) (string, types.Params) {
	text, subject := message.Text, plain.Line(message.Subject)
	switch {
	case m.short && message.Short != "":
		text = message.Short
	case m.markdown && message.Markdown != "":
		text = message.Markdown
	}
	params := types.Params{}
	switch {
	case m.title:
		params.SetTitle(m.calm(subject))
	case !strings.HasPrefix(text, subject):
		text = subject + "\n\n" + text
	}
	return cut(m.calm(clean(text)), m.most), params
}

func (m manners) calm(text string) string {
	if m.tame == nil {
		return text
	}
	return m.tame(text)
}

// clean drops what cannot be shown, line by line.
func clean(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		lines = append(lines, indent+plain.Line(line))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// cut shortens a text to so many bytes, and says so.
func cut(text string, most int) string {
	const end = "\n[…]"
	if len(text) <= most {
		return text
	}
	n := most - len(end)
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n] + end
}

// unmention parts an @ from what follows, so that a quoted "@everyone" wakes
// nobody.
func unmention(text string) string { return strings.ReplaceAll(text, "@", "@\u200b") }

// entities writes the characters by which Slack and others mark links and mentions
// as they are written where they mean nothing.
func entities(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
