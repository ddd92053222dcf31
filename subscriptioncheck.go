package ewgwatch

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is in characters: names stand in tables.
const longestName = 100

var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// Valid returns nil for a subscription that can be kept, else everything that is wrong
// with it, a line each that begins with the field.
func (s Subscription) Valid() error {
	errs := []error{
		field("name", validName(s.Name)),
		s.Interest.Valid(),
		field("rhythm", s.Rhythm.Valid()),
		field("quiet", s.Quiet.Valid()),
		field("lang", validLangs([]string{s.Lang}, s.Lang != "")),
		field("group", oneOf(s.Grouping, []Grouping{ByClaim, ByEvent, ByState, ByNight})),
		field("steps", validSteps(s.Steps)),
	}
	if len(s.Channels) == 0 {
		errs = append(errs, errors.New("channels: want at least one, have none"))
	}
	for i, c := range s.Channels {
		err := c.Valid()
		if err == nil && slices.Contains(s.Channels[:i], c) {
			err = fmt.Errorf("want each once, have %s twice", c)
		}
		errs = append(errs, field("channels", err))
	}
	return errors.Join(errs...)
}

// Valid returns nil for an interest that findings could meet, else everything that is
// wrong with it, a line each that begins with the field.
func (i Interest) Valid() error {
	errs := []error{
		field("states", each(i.States, State.Valid)),
		field("stances", each(i.Stances, Stance.Valid)),
		field("events", each(i.Events, func(id string) bool { return id != "" && !strings.ContainsFunc(id, unicode.IsSpace) })),
		field("kinds", each(i.Kinds, SourceKind.Valid)),
		field("langs", validLangs(i.Langs, true)),
	}
	if i.MinSources < 0 {
		errs = append(errs, fmt.Errorf("min_sources: want a number of voices, have %d", i.MinSources))
	}
	return errors.Join(errs...)
}

func field(name string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func validName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("want one, have none")
	case name != strings.TrimSpace(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return fmt.Errorf("want one line without space around it, have %q", name)
	case utf8.RuneCountInString(name) > longestName:
		return fmt.Errorf("want at most %d characters, have %d", longestName, utf8.RuneCountInString(name))
	}
	return nil
}

func validLangs(tags []string, needed bool) error {
	if !needed {
		return nil
	}
	for _, tag := range tags {
		if !langTag.MatchString(tag) {
			return fmt.Errorf("want a BCP 47 tag like th or zh-Hant, have %q", tag)
		}
	}
	return nil
}

// validSteps wants them to rise, from 2: one voice is told anyway.
func validSteps(steps []int) error {
	last := 1
	for _, step := range steps {
		if step <= last {
			return fmt.Errorf("want numbers of voices from 2 that rise, have %d", steps)
		}
		last = step
	}
	return nil
}

func each[T any](all []T, valid func(T) bool) error {
	for _, one := range all {
		if !valid(one) {
			return fmt.Errorf("want one that is known, have %q", fmt.Sprint(one))
		}
	}
	return nil
}

func oneOf[T comparable](one T, all []T) error {
	if !slices.Contains(all, one) {
		return fmt.Errorf("want one of %q, have %q", fmt.Sprint(all), fmt.Sprint(one))
	}
	return nil
}
