package ewgwatch

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const maxSeedLine = 64 << 10 // bytes; a longer line is a mistake

// ParseSeeds reads the sources of a seeds file: one a line, a URL and then
// key=value fields parted by white space, values with white space in double
// quotes, # starting a comment. Name is the file's name, for errors.
//
// Every mistake is reported, not only the first: the error joins one error a
// mistake, each in the form "seeds.txt:12: source "mindef": want …, have …".
// The sources of lines without a mistake are returned beside it.
func ParseSeeds(name string, r io.Reader) ([]Source, error) {
	var sources []Source
	var mistakes []error
	lineOf := map[string]int{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), maxSeedLine)
	number := 0
	for lines.Scan() {
		number++
		text := strings.TrimPrefix(lines.Text(), "\ufeff")
		source, errs := parseSeed(text)
		if first, ok := lineOf[source.ID]; ok && source.ID != "" {
			errs = append(errs, fmt.Errorf("source %q stands already in line %d", source.ID, first))
		}
		for _, err := range errs {
			mistakes = append(mistakes, fmt.Errorf("%s:%d: %w", name, number, err))
		}
		if source.ID == "" {
			continue
		}
		if _, ok := lineOf[source.ID]; !ok {
			lineOf[source.ID] = number
		}
		if len(errs) == 0 {
			source.Line = number
			sources = append(sources, source)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		mistakes = append(mistakes, fmt.Errorf("%s:%d: want a line under %d bytes; what follows it is not read", name, number+1, maxSeedLine))
	} else if err != nil {
		mistakes = append(mistakes, fmt.Errorf("%s:%d: %w", name, number+1, err))
	}
	return sources, errors.Join(mistakes...)
}

// parseSeed reads one line. A blank line gives a source without an ID and no
// error.
func parseSeed(line string) (Source, []error) {
	if !utf8.ValidString(line) {
		return Source{}, []error{errors.New("want UTF-8 text")}
	}
	fields, err := splitFields(line)
	if err != nil {
		return Source{}, []error{err}
	}
	if len(fields) == 0 {
		return Source{}, nil
	}
	address, err := absoluteURL(fields[0])
	if err != nil {
		return Source{}, []error{fmt.Errorf("source: %w", err)}
	}
	source := Source{ID: SourceID(address), URL: address.String(), Kind: News}
	var mistakes []error
	seen := map[string]bool{}
	for _, field := range fields[1:] {
		key, value, ok := strings.Cut(field, "=")
		if !ok {
			mistakes = append(mistakes, fmt.Errorf("source %q: want key=value, have %q", source.ID, field))
			continue
		}
		if err := source.set(key, value, seen[key]); err != nil {
			mistakes = append(mistakes, fmt.Errorf("source %q: %w", source.ID, err))
		}
		seen[key] = true
	}
	if source.Name == "" {
		source.Name = source.ID
	}
	return source, mistakes
}

// splitFields parts a line at white space outside double quotes, drops the
// quotes and stops at a # that starts a field.
func splitFields(line string) ([]string, error) {
	var fields []string
	var field strings.Builder
	inField, inQuotes := false, false
	for _, r := range line {
		switch {
		case r == '"':
			inField, inQuotes = true, !inQuotes
		case !inQuotes && unicode.IsSpace(r):
			if inField {
				fields = append(fields, field.String())
			}
			field.Reset()
			inField = false
		case !inField && r == '#':
			return fields, nil
		default:
			inField = true
			field.WriteRune(r)
		}
	}
	if inQuotes {
		return nil, errors.New(`want a closing '"'`)
	}
	if inField {
		fields = append(fields, field.String())
	}
	return fields, nil
}

func absoluteURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err == nil && u.User != nil {
		return nil, errors.New("want a URL without a user and a password in it") // which are not repeated here
	}
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, fmt.Errorf("want an absolute http(s) URL, have %q", s)
	}
	u.Fragment = ""
	return u, nil
}

// seedFields says how each key of a line is read. feed, sitemap and search may
// be given more than once.
var seedFields = map[string]func(*Source, string) error{
	"name":    func(s *Source, v string) error { s.Name = v; return nil },
	"kind":    (*Source).setKind,
	"state":   (*Source).setState,
	"owner":   (*Source).setOwner,
	"lang":    (*Source).setLang,
	"feed":    func(s *Source, v string) error { return appendURL(&s.Feeds, v) },
	"sitemap": func(s *Source, v string) error { return appendURL(&s.Sitemaps, v) },
	"select":  func(s *Source, v string) error { s.Select = v; return nil },
	"delay":   (*Source).setDelay,
	"max":     (*Source).setMax,
	"tz":      (*Source).setZone,
	"group":   func(s *Source, v string) error { s.Group = v; return nil },
	"search":  (*Source).addSearch,
	"render":  (*Source).setRender,
	"proxy":   (*Source).setProxy,
	"ca":      func(s *Source, v string) error { s.CAFile = v; return nil },
}

func (s *Source) set(key, value string, again bool) error {
	set, ok := seedFields[key]
	switch {
	case !ok:
		return fmt.Errorf("unknown key %q: want name, kind, state, owner, lang, feed, sitemap, search, select, delay, max, tz, group, render, proxy or ca", key)
	case strings.TrimSpace(value) == "":
		return fmt.Errorf("%s: want a value, have none", key)
	case strings.ContainsFunc(value, unicode.IsControl):
		return fmt.Errorf("%s: want text without control characters, have %q", key, value)
	case again && key != "feed" && key != "sitemap" && key != "search":
		return fmt.Errorf("%s is given twice", key)
	}
	if err := set(s, value); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

func (s *Source) setKind(v string) error {
	s.Kind = SourceKind(v)
	if !s.Kind.Valid() {
		return fmt.Errorf("want ministry, agency, news, ngo, thinktank or asean, have %q", v)
	}
	return nil
}

func (s *Source) setState(v string) error {
	s.State = State(v)
	if !s.State.Valid() {
		return fmt.Errorf("want the code of a member state (BN, SG, US …), have %q", v)
	}
	return nil
}

func (s *Source) setOwner(v string) error {
	if v != ownerState {
		return fmt.Errorf("want state, or no owner at all, have %q", v)
	}
	s.StateOwned = true
	return nil
}

func (s *Source) setLang(v string) error {
	s.Lang = v
	letters := strings.IndexFunc(v, func(r rune) bool {
		return r != '-' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
	primary, _, _ := strings.Cut(v, "-")
	if !letters || slices.Contains(strings.Split(v, "-"), "") || len(primary) < 2 || len(primary) > 3 || primary != strings.ToLower(primary) {
		return fmt.Errorf("want a language tag (en, zh-Hant …), have %q", v)
	}
	return nil
}

func (s *Source) setDelay(v string) (err error) {
	if s.Delay, err = time.ParseDuration(v); err != nil || s.Delay <= 0 || s.Delay > time.Hour {
		return fmt.Errorf("want a duration over 0 and up to 1h (2s, 500ms), have %q", v)
	}
	return nil
}

func (s *Source) setMax(v string) (err error) {
	if s.MaxPages, err = strconv.Atoi(v); err != nil || s.MaxPages < 1 {
		return fmt.Errorf("want a number of pages from 1, have %q", v)
	}
	return nil
}

func (s *Source) setZone(v string) (err error) {
	if s.Zone, err = time.LoadLocation(v); err != nil || v == "Local" {
		return fmt.Errorf("want an IANA time zone (Asia/Bangkok), have %q", v)
	}
	return nil
}

func (s *Source) addSearch(v string) error {
	if strings.Count(v, "{query}") != 1 {
		return fmt.Errorf("want a URL with {query} once, where the words go, have %q", v)
	}
	if _, err := absoluteURL(strings.Replace(v, "{query}", "q", 1)); err != nil {
		return err
	}
	s.Search = append(s.Search, v)
	return nil
}

func (s *Source) setRender(v string) (err error) {
	if s.Render, err = strconv.ParseBool(v); err != nil {
		return fmt.Errorf("want true or false, have %q", v)
	}
	return nil
}

// setProxy takes no password: seeds.txt is shared, and secrets have no place
// in it.
func (s *Source) setProxy(v string) error {
	u, err := url.Parse(v)
	if err != nil || u.User != nil || u.Port() == "" || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "socks5" {
		return errors.New("want http://HOST:PORT or socks5://HOST:PORT, without a user and a password")
	}
	s.Proxy = u.Scheme + "://" + u.Host
	return nil
}

func appendURL(list *[]string, v string) error {
	u, err := absoluteURL(v)
	if err != nil {
		return err
	}
	*list = append(*list, u.String())
	return nil
}
