package ewgwatch_test

import (
	"strings"
	"testing"
	"unicode"

	"ewgwatch"
)

func TestAChannelIsReadAsPeopleWriteItAndShownWithoutSecrets(t *testing.T) {
	for text, want := range map[string]struct {
		channel ewgwatch.Channel
		shown   string
	}{
		"mailto:desk@example.org": {ewgwatch.Channel{Kind: ewgwatch.MailChannel, To: "desk@example.org"}, "mailto:desk@example.org"},
		"mail:${env:DESK}":        {ewgwatch.Channel{Kind: ewgwatch.MailChannel, To: "${env:DESK}"}, "mailto:${env:DESK}"},
		"https://example.org":     {ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://example.org"}, "https://example.org"},
		"https://u:hunter2@example.org/hunter2?hunter2": {
			ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://u:hunter2@example.org/hunter2?hunter2"}, "https://example.org…",
		},
		"https://${env:HOST}/hunter2":   {ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://${env:HOST}/hunter2"}, "webhook:…"},
		"webhook:${file:/etc/hook}":     {ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "${file:/etc/hook}"}, "webhook:${file:/etc/hook}"},
		"telegram://hunter2@telegram":   {ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "telegram://hunter2@telegram"}, "telegram://…"},
		"chat:${env:CHAT}":              {ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "${env:CHAT}"}, "chat:${env:CHAT}"},
		"feed:alerts/mekong":            {ewgwatch.Channel{Kind: ewgwatch.FeedChannel, To: "alerts/mekong"}, "feed:alerts/mekong"},
		" stdout ":                      {ewgwatch.Channel{Kind: ewgwatch.StdoutChannel}, "stdout"},
		"command:/usr/bin/tell hunter2": {ewgwatch.Channel{Kind: ewgwatch.CommandChannel, To: "/usr/bin/tell hunter2"}, "command:tell…"},
	} {
		c, err := ewgwatch.ParseChannel(text)
		if err != nil || c != want.channel {
			t.Errorf("%q: %#v, %v", text, c, err)
		}
		shown, _, _ := strings.Cut(c.String(), "…")
		wanted, _, cut := strings.Cut(want.shown, "…")
		if shown != wanted || cut != strings.Contains(c.String(), "…") || strings.Contains(c.String(), "hunter2") {
			t.Errorf("%q is shown as %q, want %q", text, c, want.shown)
		}
	}
}

func TestTwoChannelsThatHideTheirSecretsLookDifferent(t *testing.T) {
	a := ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "discord://one@1"}
	b := ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "discord://two@1"}
	if a.String() == b.String() {
		t.Errorf("both are shown as %s", a)
	}
}

func TestAChannelThatLeadsNowhereIsRefusedWithoutSayingWhere(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "want mailto:ADDRESS",
		"hunter2":                  "want mailto:ADDRESS",
		"stdout:hunter2":           "want mailto:ADDRESS",
		"mailto:hunter2":           "mail: want an address",
		"mailto:H <hunter2@a.org>": "mail: want an address",
		"https:///hunter2":         "webhook: want an http or https URL",
		"webhook:ftp://hunter2":    "webhook: want an http or https URL",
		"chat:hunter2":             "chat: want a URL",
		"feed:":                    "feed: want where it leads",
		"command: ":                "command: want where it leads",
		"command:a\nhunter2":       "command: want one line",
	} {
		c, err := ewgwatch.ParseChannel(text)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v, %v, want %s", text, c, err, want)
		}
	}
}

func FuzzParseChannel(f *testing.F) {
	for _, text := range []string{"mailto:a@b.org", "https://a.test/x?y#z", "slack://a:b@c", "feed:x", "stdout", "command:a b", "chat:${env:X}", "https://[::1]:8/"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ewgwatch.ParseChannel(text)
		if err != nil {
			return
		}
		if err := c.Valid(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if strings.ContainsFunc(c.String(), unicode.IsControl) {
			t.Errorf("%q is shown as %q", text, c)
		}
		scheme, rest, found := strings.Cut(c.To, "://")
		shown := strings.TrimPrefix(c.String(), scheme+"://")
		if found && c.Kind == ewgwatch.ChatChannel && len(rest) > 8 && strings.Contains(shown, rest) && !strings.HasPrefix(c.To, "${") {
			t.Errorf("%q is shown as %q", text, c)
		}
	})
}
