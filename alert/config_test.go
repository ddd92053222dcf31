package alert_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ewgwatch"
	"ewgwatch/alert"
)

func TestAnEntryIsReadWithEveryKey(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "subscriptions.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Subscriptions []alert.Config `yaml:"subscriptions"`
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	want := []ewgwatch.Subscription{{
		Name: "Mekong desk", Since: day(1), Lang: "th", Grouping: ewgwatch.ByEvent, Steps: []int{3, 5}, Paused: true,
		Interest: ewgwatch.Interest{
			States: []ewgwatch.State{ewgwatch.Laos, ewgwatch.Myanmar}, Stances: []ewgwatch.Stance{ewgwatch.Declined, ewgwatch.Absent},
			Events: []string{drill}, Kinds: []ewgwatch.SourceKind{ewgwatch.Ministry, ewgwatch.Agency}, Langs: []string{"lo", "zh-Hant"},
			MinSources: 2, Contradictions: true, Expectations: true, Coverage: true,
		},
		Channels: []ewgwatch.Channel{
			{Kind: ewgwatch.MailChannel, To: "desk@example.org"},
			{Kind: ewgwatch.WebhookChannel, To: "https://example.org/hook", Secret: "env:HOOK_KEY"},
			{Kind: ewgwatch.ChatChannel, To: "${env:CHAT}"},
		},
		Rhythm: ewgwatch.Rhythm{Every: ewgwatch.Daily, At: 7 * time.Hour, Zone: bangkok(t)},
		Quiet:  ewgwatch.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour, Zone: bangkok(t)},
	}, {
		Name: "all", Since: day(1), Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}},
	}}
	var got []ewgwatch.Subscription
	for _, entry := range file.Subscriptions {
		s, err := entry.Subscription(day(1))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestAnEntryThatIsWrongNamesItsKey(t *testing.T) {
	for want, change := range map[string]func(*alert.Config){
		`name: want one, have none`:                       func(c *alert.Config) { c.Name = "" },
		`states: want one that is known, have "Atlantis"`: func(c *alert.Config) { c.States = []string{"Atlantis"} },
		`stances: want one that is known, have "present"`: func(c *alert.Config) { c.Stances = []string{"present"} },
		`kinds: want one that is known, have "blog"`:      func(c *alert.Config) { c.Kinds = []string{"blog"} },
		`langs: want a BCP 47 tag`:                        func(c *alert.Config) { c.Langs = []string{"Thai please"} },
		`min_sources: want a number of voices, have -1`:   func(c *alert.Config) { c.MinSources = -1 },
		`steps: want numbers of voices from 2 that rise`:  func(c *alert.Config) { c.Steps = []int{3, 3} },
		`group: want one of claim, event, state, night, `: func(c *alert.Config) { c.Group = "week" },
		`rhythm: want immediate, daily`:                   func(c *alert.Config) { c.Rhythm = "hourly" },
		`quiet: want hours like`:                          func(c *alert.Config) { c.Quiet = "at night" },
		`channels: want at least one, have none`:          func(c *alert.Config) { c.Channels = nil },
		`channels: channel 2: want mailto:ADDRESS`:        func(c *alert.Config) { c.Channels = append(c.Channels, "pigeon") },
		`channels: want each once, have stdout twice`:     func(c *alert.Config) { c.Channels = append(c.Channels, "stdout") },
		`channels: secret: want a webhook that it signs`:  func(c *alert.Config) { c.Secret = "env:KEY" },
		`channels: webhook: want a secret as env:NAME or`: func(c *alert.Config) { c.Secret, c.Channels = "hunter2", []string{"https://a.test/"} },
	} {
		c := alert.Config{Name: "desk", Channels: []string{"stdout"}}
		change(&c)
		_, err := c.Subscription(day(1))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("want %s, have %v", want, err)
		}
	}
}
