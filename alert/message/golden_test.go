package message_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch/alert/message"
)

var update = flag.Bool("update", false, "write the golden files anew")

var desk = message.Options{Zone: singapore, Base: "https://watch.lotus.test/desk/", Unsubscribe: "To leave, write to watch@lotus.test."}

func TestEveryKindReadsAsItsGoldenFiles(t *testing.T) {
	for name, alert := range alerts() {
		t.Run(name, func(t *testing.T) {
			m, err := message.Render(alert, desk)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, m)
		})
	}
}

func TestTheSameNewsReadsInIndonesian(t *testing.T) {
	options := desk
	options.Lang = "id-ID"
	for _, name := range []string{"contradiction", "correction-corrected", "expectation", "digest"} {
		m, err := message.Render(alerts()[name], options)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".id", m)
	}
}

func golden(t *testing.T, name string, m message.Message) {
	t.Helper()
	for end, got := range map[string]string{
		"subject": m.Subject + "\n" + m.Topic + "\n", "txt": m.Text, "html": m.HTML, "md": m.Markdown, "short": m.Short + "\n", "json": string(m.JSON),
	} {
		file := filepath.Join("testdata", name+"."+end)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}
