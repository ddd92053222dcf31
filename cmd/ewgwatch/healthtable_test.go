package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

var evening = time.Date(2026, time.March, 2, 2, 15, 0, 0, time.UTC)

// saw is what one night saw of a source: a letter.
func saw(name string, kind rune) ewgwatch.Coverage {
	c := ewgwatch.Coverage{Source: name + ".example", Name: name, Reach: ewgwatch.ReachRead, Front: ewgwatch.New, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.New: 12},
		Pages: 112, Articles: 12, OnTopic: 2, Fresh: 1, Length: 1200}
	switch kind {
	case 'b', 'd':
		outcome := map[rune]ewgwatch.Outcome{'b': ewgwatch.Challenge, 'd': ewgwatch.DNSError}[kind]
		c = ewgwatch.Coverage{Source: c.Source, Name: name, Reach: ewgwatch.ReachNone, Front: outcome, Outcomes: map[ewgwatch.Outcome]int{outcome: 1},
			Why: "https://www." + c.Source + "/news/: it said \x1b[31mno\x1b[0m and then went on to say \u202ewhy that was so"}
	case 's':
		c.Length = 90
	case '.':
		c.Articles, c.OnTopic, c.Fresh, c.Length = 0, 0, 0, 0
	case 'c':
		c.Cut, c.Reach, c.Why = true, ewgwatch.ReachPartial, "stopped before its end: context canceled"
	}
	return c
}

// nights lives the nights of some sources: name and letters of each.
func nights(sources ...[2]string) (last ewgwatch.Run, healths map[string]ewgwatch.Health, moved []ewgwatch.Health) {
	healths = map[string]ewgwatch.Health{}
	for i := range sources[0][1] {
		at := evening.AddDate(0, 0, i)
		last = ewgwatch.Run{ID: at.Format("20060102T150405.000Z"), StartedAt: at, EndedAt: at.Add(time.Hour)}
		for _, s := range sources {
			last.Coverage = append(last.Coverage, saw(s[0], rune(s[1][i])))
		}
		moved = ewgwatch.Checkup(healths, last)
		for _, h := range moved {
			healths[h.Source] = h
		}
	}
	return last, healths, moved
}

func seen(last ewgwatch.Run, healths map[string]ewgwatch.Health) string {
	var b bytes.Buffer
	printHealth(&b, last, time.Time{}, healthRows(last, healths))
	return b.String()
}

func TestTheTableHasTheWorstFirstAndSaysWhy(t *testing.T) {
	last, healths, _ := nights(
		[2]string{"Alpha", strings.Repeat("g", 16) + "ggg"},
		[2]string{"Beta, whose name is a very long one indeed", strings.Repeat("g", 16) + "gbb"},
		[2]string{"Gamma", strings.Repeat("g", 16) + "..."},
		[2]string{"Delta", strings.Repeat("g", 16) + "sss"},
		[2]string{"Epsilon", strings.Repeat("g", 12) + "ddddddd"},
		[2]string{"Zeta", strings.Repeat("g", 16) + "ggc"},
		[2]string{"Eta", strings.Repeat("c", 16) + "ccc"},
		[2]string{"新加坡国防部", strings.Repeat("g", 16) + "bbg"},
	)
	want := `state     since       source                 reach        pages  articles  topic
gone      2026-03-18  Epsilon                unread     0 (112)    0 (12)  0 (2)
          not there on 7 of 7 nights: https://www.Epsilon.example/news/: it said
          [31mno [0m and then went on to say why that was so
blocked   2026-03-20  Beta, whose name is …  unread     0 (112)    0 (12)  0 (2)
          was ok until tonight: kept out on 2 of 3 nights: https://www.Beta,
          whose name is a very long one indeed.example/news/: it said [31mno [0m
          and then went on to say why that was so
blocked   2026-03-19  新加坡国防部           read     112 (112)   12 (12)  2 (2)
          read whole again; one more such night and it is ok
degraded  2026-03-18  Delta                  read     112 (112)   12 (12)  2 (2)
          its articles are 90 characters long, usually 1200: has its layout
          changed?
silent    2026-03-20  Gamma                  read     112 (112)    0 (12)  0 (2)
          was ok until tonight: read whole, but nothing new for 3 nights; the
          longest before was 0
unknown   -           Eta                    cut        112 (-)    12 (-)  2 (-)
          tonight does not count: stopped before its end: context canceled
ok        2026-03-02  Alpha                  read     112 (112)   12 (12)  2 (2)
ok        2026-03-02  Zeta                   cut      112 (112)   12 (12)  2 (2)
          tonight does not count: stopped before its end: context canceled

8 sources: 1 gone, 2 blocked, 1 degraded, 1 silent, 2 ok, 1 unknown
Night of 2026-03-20 02:15 UTC: 4 read, 2 in part, 2 unread. It does not count
for 2 of them.
`
	if diff := cmp.Diff(want, seen(last, healths)); diff != "" {
		t.Error(diff)
	}
}

func TestTheTableIsNoWiderThanTheTerminal(t *testing.T) {
	last, healths, _ := nights([2]string{"Alpha", "ggg"}, [2]string{strings.Repeat("新加坡国防部", 20), "gbb"}, [2]string{"\x1b]0;owned\x07\u202e", "gdd"})
	for _, width := range []int{72, 80, 120, 200} {
		for _, colour := range []bool{false, true} {
			var b bytes.Buffer
			healthTable{w: &b, width: width, colour: colour}.print(healthRows(last, healths))
			text := strings.NewReplacer("\x1b[31m", "", "\x1b[33m", "", "\x1b[0m", "").Replace(b.String())
			for line := range strings.Lines(text) {
				line = strings.TrimSuffix(line, "\n")
				if plain.Width(line) > width && !strings.Contains(line, "https://") || line != plain.Line(line) && strings.ContainsAny(line, "\x1b\x07\u202e") {
					t.Errorf("at %d columns: %q", width, line)
				}
			}
		}
	}
}

func TestANightWithoutANetworkIsSaidToBeOne(t *testing.T) {
	last, healths, moved := nights([2]string{"Alpha", "ggd"}, [2]string{"Beta", "ggd"}, [2]string{"Gamma", "ggd"})
	text := seen(last, healths)
	var b bytes.Buffer
	changed(&b, last, moved)
	for _, text := range []string{text, b.String()} {
		if !strings.Contains(strings.ReplaceAll(text, "\n", " "), "own network seems to have been down") {
			t.Errorf("not said in:\n%s", text)
		}
	}
	if !strings.Contains(text, "3 sources: 3 ok\n") {
		t.Errorf("it moved something:\n%s", text)
	}
}

func TestASummaryListsTenChangesAtMost(t *testing.T) {
	sources := [][2]string{{"Silent", strings.Repeat("g", 16) + "..."}, {"Better", strings.Repeat("b", 17) + "gg"}, {"Well", strings.Repeat("g", 19)}}
	for i := range 5 {
		sources = append(sources, [2]string{fmt.Sprint("Shut ", i), strings.Repeat("g", 17) + "bb"})
	}
	last, _, moved := nights(sources...)
	var b bytes.Buffer
	changed(&b, last, moved)
	want := `Changed tonight (ewgwatch sources health says more):
  ok → blocked         Shut 0
  ok → blocked         Shut 1
  ok → blocked         Shut 2
  ok → blocked         Shut 3
  ok → blocked         Shut 4
  ok → silent          Silent
                       read whole, but nothing new for 3 nights; the longest
                       before was 0
  blocked → ok         Better
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	for i := range 7 {
		sources = append(sources, [2]string{fmt.Sprint("More ", i), strings.Repeat("g", 17) + "bb"})
	}
	last, _, moved = nights(sources...)
	b.Reset()
	if changed(&b, last, moved); strings.Count(b.String(), "\n") != 12 || !strings.HasSuffix(b.String(), "\n  … and 4 more\n") {
		t.Errorf("of 14 changes it lists\n%s", b.String())
	}
}

func TestACrawlThatDidNotEndIsNamed(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), filepath.Join(dir, "findings.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	begin := func(day int) ewgwatch.Run {
		run := ewgwatch.Run{ID: fmt.Sprintf("2026030%dT021500.000Z", day), StartedAt: evening.AddDate(0, 0, day)}
		if err := s.BeginRun(run); err != nil {
			t.Fatal(err)
		}
		return run
	}
	health := func(want int) string {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		out := mustRun(t, want, "sources", "health", "--data", dir)
		if s, err = store.Open(t.Context(), filepath.Join(dir, "findings.db"), store.Options{}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	defer func() { _ = s.Close() }()
	begin(1) // and is killed
	if out := health(exitPartial); !strings.Contains(out, "No crawl into this folder has come to its end yet") {
		t.Errorf("says\n%s", out)
	}
	run := begin(2)
	run.EndedAt, run.Complete, run.Coverage = run.StartedAt.Add(time.Hour), true, []ewgwatch.Coverage{saw("Alpha", 'g')}
	if err := s.EndRun(run, ewgwatch.Checkup(nil, run)...); err != nil {
		t.Fatal(err)
	}
	if out := health(exitOK); !strings.Contains(out, "1 sources: 1 ok\n") || strings.Contains(out, "did not come to its end") {
		t.Errorf("says\n%s", out)
	}
	begin(3) // and is killed
	if out := health(exitPartial); !strings.Contains(out, "A later crawl, of 2026-03-05 02:15 UTC, did not come to its end.") {
		t.Errorf("says\n%s", out)
	}
}
