package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"ewgwatch"
)

// choice is which findings are asked for, as the flags say it.
type choice struct {
	since, until, published, asOf                     string
	states, stances, events, sources, langs, statuses []string
	onTopic                                           bool
}

func (c *choice) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&c.since, "since", "", "found on or after a day (2023-09-01, in UTC) or a time (RFC 3339)")
	flags.StringVar(&c.until, "until", "", "found on or before a day, or before a time")
	flags.StringVar(&c.published, "published", "", "published in a year, month or span: 2023, 2023-09, 2023-09-01..2023-10-15")
	flags.StringSliceVar(&c.states, "state", nil, "codes of states, as the page was read: SG,LA")
	flags.StringSliceVar(&c.stances, "stance", nil, "stances: attended,absent")
	flags.StringSliceVar(&c.events, "event", nil, "events, parted by commas: IDs, other names or parts of them")
	flags.StringArrayVar(&c.sources, "source", nil, "ID or name of a source; may be said several times")
	flags.StringSliceVar(&c.langs, "lang", nil, "languages: en,th; en stands for en-SG too")
	flags.StringSliceVar(&c.statuses, "status", nil, "current, withdrawn, corrected, rejected")
	flags.BoolVar(&c.onTopic, "on-topic", false, "only what is tied to an event")
	c.asOfFlag(cmd)
}

func (c *choice) asOfFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.asOf, "as-of", "", "as it was believed at the end of a day, or at a time")
}

// filter reads a choice. Its errors name the flag and what it takes.
func (c choice) filter(now time.Time) (f filter, err error) {
	errs := make([]error, 8)
	f.query.OnEvent, f.events, f.sources = c.onTopic, c.events, c.sources
	f.query.Since, errs[0] = moment("--since", c.since, false)
	f.query.Until, errs[1] = moment("--until", c.until, true)
	f.query.Published, errs[2] = span(c.published)
	f.query.AsOf, errs[3] = asOf(c.asOf, now)
	f.states, errs[4] = oneOf("--state", c.states, ewgwatch.States(), strings.ToUpper)
	f.stances, errs[5] = oneOf("--stance", c.stances, ewgwatch.Stances(), strings.ToLower)
	f.statuses, errs[6] = oneOf("--status", c.statuses, statuses(), strings.ToLower)
	f.langs, errs[7] = languages(c.langs)
	if err := errors.Join(errs...); err != nil {
		return filter{}, usage(err)
	}
	if since, until := f.query.Since, f.query.Until; !since.IsZero() && !until.IsZero() && !since.Before(until) {
		return filter{}, usage(fmt.Errorf("--until: want a time after --since %s, have %s", c.since, c.until))
	}
	f.single()
	return f, nil
}

func statuses() []ewgwatch.Status {
	return []ewgwatch.Status{ewgwatch.Current, ewgwatch.Withdrawn, ewgwatch.Corrected, ewgwatch.Rejected}
}

// moment reads a day or a time. A day that ends something is there up to its end.
func moment(flag, text string, end bool) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		if end {
			day = day.AddDate(0, 0, 1)
		}
		return day, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s: want a day like 2023-09-01 or a time like 2023-09-01T12:00:00Z, have %q", flag, text)
	}
	return at.UTC(), nil
}

// asOf reads the moment as of which something is asked; today is now.
func asOf(text string, now time.Time) (time.Time, error) {
	from, err := moment("--as-of", text, false)
	if err != nil || from.IsZero() {
		return time.Time{}, err
	}
	if from.After(now) {
		return time.Time{}, fmt.Errorf("--as-of: want a day or time that has been, have %q", text)
	}
	end, err := moment("--as-of", text, true)
	switch {
	case end.After(now):
		return now.UTC(), err
	case end.After(from):
		return end.Add(-1), err
	}
	return end, err
}

// span reads a date or two, with two dots between them, one of which may be left
// out.
func span(text string) (days [2]ewgwatch.Date, err error) {
	first, last, two := strings.Cut(text, "..")
	if !two {
		last = first
	}
	for i, part := range []string{first, last} {
		if days[i], err = ewgwatch.ParseDate(strings.TrimSpace(part)); err != nil {
			return days, fmt.Errorf("--published: want 2023, 2023-09, 2023-09-01 or two of them with .. between, have %q", text)
		}
	}
	if two && days[0].IsZero() && days[1].IsZero() || !days[1].IsZero() && days[1].Last().Before(days[0].First()) {
		return days, fmt.Errorf("--published: want a span that ends after it begins, have %q", text)
	}
	return days, nil
}

// oneOf reads words out of a closed list.
func oneOf[T ~string](flag string, have []string, allowed []T, fold func(string) string) (all []T, err error) {
	for _, text := range have {
		word := T(fold(strings.TrimSpace(text)))
		if !slices.Contains(allowed, word) {
			return nil, fmt.Errorf("%s: want one of %s, have %q", flag, listed(allowed), text)
		}
		all = append(all, word)
	}
	return all, nil
}

// listed names what is allowed, the first of it where that is much.
func listed[T ~string](words []T) string {
	const most = 20
	names := make([]string, 0, most+1)
	for _, w := range words[:min(len(words), most)] {
		names = append(names, string(w))
	}
	if len(words) > most {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

func languages(have []string) (all []string, err error) {
	for _, text := range have {
		tag, err := language.Parse(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("--lang: want the tag of a language like en, th or zh-Hant, have %q", text)
		}
		all = append(all, tag.String())
	}
	return all, nil
}
