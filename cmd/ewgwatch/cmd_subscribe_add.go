package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/alert"
)

func (a *app) subscribeAddCommand() *cobra.Command {
	var entry alert.Config
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a subscription",
		Long: `add keeps a subscription. Without filters it wants every claim; what was found before
it was made is no news to it. Channels are

  mailto:desk@example.org       by the smtp server of config.yaml
  https://example.org/hook      a webhook: JSON, signed with --secret
  telegram://…, slack://…       a chat, as shoutrrr writes it
  feed:mekong                   feeds/mekong.atom and feeds/mekong.json
  stdout                        printed by crawl and alert
  command:/usr/local/bin/tell   a program that reads JSON

A --rhythm is immediate, "daily 07:00 Asia/Bangkok" or "weekly mon 07:00 Asia/Bangkok".`,
		Example: `  ewgwatch subscribe add "Mekong desk" --state LA,MM --stance declined,absent --channel mailto:desk@example.org
  ewgwatch subscribe add wire --min-sources 2 --steps 3,5 --contradictions --channel 'https://example.org/${env:HOOK}' --secret env:HOOK_KEY
  ewgwatch subscribe add jakarta --rhythm "daily 07:00 Asia/Jakarta" --message-lang id --channel mailto:redaksi@example.org`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entry.Name = args[0]
			return a.subscribeAdd(cmd.Context(), entry)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&entry.States, "state", nil, "codes or English names of states: SG,LA")
	flags.StringSliceVar(&entry.Stances, "stance", nil, "stances: declined,absent (mentioned only where it is named)")
	flags.StringSliceVar(&entry.Events, "event", nil, "events: IDs, other names or parts of them")
	flags.StringSliceVar(&entry.Kinds, "kind", nil, "kinds of sources: ministry,agency")
	flags.StringSliceVar(&entry.Langs, "lang", nil, "languages of articles: en,th")
	flags.IntVar(&entry.MinSources, "min-sources", 0, "independent sources that must say it")
	flags.BoolVar(&entry.Contradictions, "contradictions", false, "tell of contradictions")
	flags.BoolVar(&entry.Expectations, "expectations", false, "tell where nobody named participants by the day of expect: in config.yaml")
	flags.BoolVar(&entry.Coverage, "coverage", false, "tell of sources that are blocked, silent or gone, and back")
	flags.StringArrayVar(&entry.Channels, "channel", nil, "where messages go (repeatable)")
	flags.StringVar(&entry.Secret, "secret", "", "what signs its webhooks: env:NAME or file:PATH")
	flags.StringVar(&entry.Rhythm, "rhythm", "", "when messages go out (default immediate)")
	flags.StringVar(&entry.Quiet, "quiet-hours", "", `when none do: "22:00-07:00 Asia/Bangkok"`)
	flags.StringVar(&entry.Lang, "message-lang", "", "language of messages: en, id … (default en)")
	flags.StringVar(&entry.Group, "group", "", "what shares a message: claim, event, state or night (default claim)")
	flags.IntSliceVar(&entry.Steps, "steps", nil, "numbers of independent sources at which it is told again: 3,5")
	return cmd
}

func (a *app) subscribeAdd(ctx context.Context, entry alert.Config) (err error) {
	sub, err := subscriptionOf(entry, time.Now())
	if err != nil {
		return usage(asFlags(err))
	}
	data, err := a.data()
	if err != nil {
		return err
	}
	h, err := a.hold(ctx, data, time.Now, nil, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	set, err := data.settings(ctx)
	if err != nil {
		return err
	}
	all, _, err := subscriptions(ctx, h.store, data, set)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Name == sub.Name {
			return usage(fmt.Errorf("want a name that no subscription has, have %q; ewgwatch subscribe remove makes room", sub.Name))
		}
	}
	known, err := knownEvents(ctx, h.store)
	if err != nil {
		return err
	}
	for i, text := range sub.Interest.Events {
		event, err := newNaming(known).one("--event", text)
		if err != nil {
			return err
		}
		sub.Interest.Events[i] = event.ID
	}
	if err := h.store.PutSubscription(sub); err != nil {
		return err
	}
	if set.SMTP == nil && mails(sub) {
		fmt.Fprintf(a.errOut, "Mails wait until %s names a server: smtp: {host: …, from: …}\n", data.config())
	}
	return a.say("Subscribed %q: %s.\nTry it with ewgwatch subscribe test %q.\n", sub.Name, interestText(sub.Interest), sub.Name)
}

func mails(sub ewgwatch.Subscription) bool {
	for _, c := range sub.Channels {
		if c.Kind == ewgwatch.MailChannel {
			return true
		}
	}
	return false
}

// asFlags names the flags where an error names the keys of config.yaml.
func asFlags(err error) error {
	flags := strings.NewReplacer(": states:", ": --state:", ": stances:", ": --stance:", ": events:", ": --event:", ": kinds:", ": --kind:", ": langs:", ": --lang:",
		": lang:", ": --message-lang:", ": min_sources:", ": --min-sources:", ": channels:", ": --channel:", ": secret:", ": --secret:", ": rhythm:", ": --rhythm:",
		": quiet:", ": --quiet-hours:", ": group:", ": --group:", ": steps:", ": --steps:")
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(flags.Replace(": "+line), ": ")
	}
	return errors.New(strings.Join(lines, "\n"))
}

// interestText says in a line what somebody wants to hear of.
func interestText(i ewgwatch.Interest) string {
	parts := []string{}
	for _, filter := range []struct {
		name  string
		texts []string
	}{
		{"", wordsOf(i.States)}, {"", wordsOf(i.Stances)}, {"", i.Events}, {"", wordsOf(i.Kinds)}, {"in ", i.Langs},
	} {
		if len(filter.texts) > 0 {
			parts = append(parts, filter.name+strings.Join(filter.texts, ","))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "every claim")
	}
	if i.MinSources > 1 {
		parts = append(parts, fmt.Sprintf("from %d sources on", i.MinSources))
	}
	for _, more := range []struct {
		is   bool
		text string
	}{{i.Contradictions, "+contradictions"}, {i.Expectations, "+expectations"}, {i.Coverage, "+coverage"}} {
		if more.is {
			parts = append(parts, more.text)
		}
	}
	return strings.Join(parts, " ")
}

func wordsOf[T ~string](words []T) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}
