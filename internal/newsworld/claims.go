package newsworld

import (
	"bufio"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"ewgwatch"
)

//go:embed events.txt
var eventNames string

// knownEvent reports whether events.txt names an event.
func knownEvent(id string) bool {
	lines := bufio.NewScanner(strings.NewReader(eventNames))
	for lines.Scan() {
		if lines.Text() == id {
			return !strings.HasPrefix(id, "#")
		}
	}
	return false
}

// appendClaims reads "NZ AU declined ewgct-2022-07-meeting": states, a stance
// and an event.
func appendClaims(claims *[]ewgwatch.Claim, line string) error {
	words := strings.Fields(line)
	if len(words) < 3 {
		return fmt.Errorf("want states, a stance and an event, have %q", line)
	}
	states, stance, event := words[:len(words)-2], ewgwatch.Stance(words[len(words)-2]), words[len(words)-1]
	if !stance.Valid() {
		return fmt.Errorf("want a stance, have %q", stance)
	}
	if !knownEvent(event) {
		return fmt.Errorf("want an event of events.txt, have %q", event)
	}
	for _, word := range states {
		state := ewgwatch.State(word)
		if !state.Valid() {
			return fmt.Errorf("want a member state, have %q", word)
		}
		*claims = append(*claims, ewgwatch.Claim{State: state, Event: event, Stance: stance})
	}
	return nil
}

// sortClaims returns the claims sorted by event, state and stance, each once.
func sortClaims(claims []ewgwatch.Claim) []ewgwatch.Claim {
	slices.SortFunc(claims, func(a, b ewgwatch.Claim) int {
		return strings.Compare(a.Event+string(a.State)+string(a.Stance), b.Event+string(b.State)+string(b.Stance))
	})
	return slices.Compact(claims)
}

// Claims returns what a crawl that reads every page must find, each claim
// once. Pages that their site withholds add nothing. With languages, only
// pages in one of them count.
func (w *World) Claims(langs ...string) []ewgwatch.Claim {
	var claims []ewgwatch.Claim
	for _, page := range w.Pages() {
		if !page.Withheld && (len(langs) == 0 || slices.Contains(langs, page.Lang)) {
			claims = append(claims, page.Expect...)
		}
	}
	return sortClaims(claims)
}

// Forbidden returns what a crawl must not find anywhere: what a page forbids,
// or a withheld page would say, and no readable page says.
func (w *World) Forbidden() []ewgwatch.Claim {
	said := w.Claims()
	var claims []ewgwatch.Claim
	for _, page := range w.Pages() {
		claims = append(claims, page.Forbid...)
		if page.Withheld {
			claims = append(claims, page.Expect...)
		}
	}
	claims = slices.DeleteFunc(claims, func(c ewgwatch.Claim) bool { return slices.Contains(said, c) })
	return sortClaims(claims)
}

// Contradictions returns the claims that another claim of the world
// contradicts.
func (w *World) Contradictions() []ewgwatch.Claim {
	said := w.Claims()
	var claims []ewgwatch.Claim
	for _, a := range said {
		if slices.ContainsFunc(said, func(b ewgwatch.Claim) bool {
			return a.State == b.State && a.Event == b.Event && a.Stance.Contradicts(b.Stance)
		}) {
			claims = append(claims, a)
		}
	}
	return claims
}

// Wires returns the URLs of the copies of every syndicated story, by the
// story's name.
func (w *World) Wires() map[string][]string {
	copies := map[string][]string{}
	for _, page := range w.Pages() {
		if page.Wire != "" {
			copies[page.Wire] = append(copies[page.Wire], page.URL)
		}
	}
	return copies
}

// OffTopic returns the URLs of pages that must yield no finding.
func (w *World) OffTopic() []string {
	var urls []string
	for _, page := range w.Pages() {
		if page.Nothing {
			urls = append(urls, page.URL)
		}
	}
	return urls
}
