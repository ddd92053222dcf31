package secret_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert/send/secret"
)

func TestReferencesAreReadFromTheEnvironmentAndFromFiles(t *testing.T) {
	t.Setenv("TOKEN", "t0ken")
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("  k3y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := secret.Resolve(ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://x/${env:TOKEN}/${file:" + file + "}", Secret: "file:" + file})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://x/t0ken/k3y", Secret: "k3y"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAReferenceThatLeadsNowhereIsAnErrorWithoutAValue(t *testing.T) {
	t.Setenv("EMPTY", "")
	for _, c := range []ewgwatch.Channel{
		{To: "https://x/${env:EMPTY}"}, {To: "${file:/no/such/file}"}, {Secret: "env:NO_SUCH_NAME"}, {Secret: "file:/no/such/file"},
		{Secret: "the-secret-itself"}, {Secret: "vault:the-secret-itself"},
	} {
		if _, err := secret.Resolve(c); err == nil || strings.Contains(err.Error(), "the-secret-itself") {
			t.Errorf("%+v: err = %v", c, err)
		}
	}
}

func TestErrorsLoseWhatTheyKnow(t *testing.T) {
	for _, c := range []struct {
		channel ewgwatch.Channel
		text    string
		want    string
	}{
		{
			ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://u:passw0rd@h.example.org/in/T0KENT0KEN?key=qu3ry", Secret: "hm4c"},
			`Post "https://u:passw0rd@h.example.org/in/T0KENT0KEN?key=qu3ry": dial tcp: lookup h.example.org (hm4c, qu3ry, T0KENT0KEN, passw0rd)`,
			`Post "https://h.example.org/…": dial tcp: lookup h.example.org (***, ***, ***, ***)`,
		},
		{
			ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "telegram://110201543:AAHdqTcvCH1vGWJxfSeofSAs@telegram?chats=@channel-1"},
			`getting "https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs/sendMessage": bot 110201543:AAHdqTcvCH1vGWJxfSeofSAs is unknown`,
			`getting "https://api.telegram.org/…": bot ***:*** is unknown`,
		},
		{
			ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "slack://hook:WNA3PBYV6-F20DUQND3RQ-Webc4MAvoacrpPakR8phF0zi@webhook"},
			"refused for WNA3PBYV6/F20DUQND3RQ/Webc4MAvoacrpPakR8phF0zi\n\x1b[31m",
			"refused for ***/***/*** [31m",
		},
		{
			ewgwatch.Channel{Kind: ewgwatch.ChatChannel, To: "pushbullet://o.5NfxzU9yH9xBlEXZArRtyUB4S4Ua8Hd"},
			"locating pushbullet://o.5NfxzU9yH9xBlEXZArRtyUB4S4Ua8Hd: no",
			"locating pushbullet://… no",
		},
		{
			ewgwatch.Channel{Kind: ewgwatch.CommandChannel, To: "/opt/notify --token abcd-efgh"},
			"notify: no such token: abcd-efgh",
			"notify: no such token: ***",
		},
	} {
		if got := secret.ScrubberOf(c.channel).Line(c.text); got != c.want {
			t.Errorf("%s\nbecomes\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
	if got := (secret.Scrubber{}).Line(strings.Repeat("x", 1000)); len(got) > 410 {
		t.Errorf("a line of %d bytes", len(got))
	}
}

func FuzzNoSecretOfAURLIsLeft(f *testing.F) {
	f.Add("s3cr3t-t0ken", "lookup %s: no")
	f.Add("a:b@c/d e?f", "%s")
	f.Fuzz(func(t *testing.T, token, text string) {
		if len(token) < 6 || strings.TrimSpace(token) != token || strings.ContainsAny(text, token) {
			t.Skip()
		}
		c := ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://h.example.org/", Secret: token}
		line := secret.ScrubberOf(c).Line(fmt.Sprint(errors.New(text + " " + token + " " + text)))
		if strings.Contains(line, token) {
			t.Fatalf("%q stands in %q", token, line)
		}
	})
}
