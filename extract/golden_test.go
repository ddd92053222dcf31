package extract

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

// pair is a small article of our own and what a careful reader finds in it:
// testdata/stance/LANG/NAME.txt, named for the trap or the phrase it shows.
//
//	lang: en
//	published: 2023-08-25
//	title: …
//	                         (also source-state: SG, skip: why it is misread today)
//	one paragraph a line
//	---
//	LA attended ewgct-2023-08-tabletop
//
// An event of - is none, of * any. "SG attended … group" is a claim read from a
// group without names, "! SG attended" must not be found, "off-topic" says that
// nothing is. States that are only mentioned are not compared unless listed.
type pair struct {
	article ewgwatch.Article
	skip    string
	want    map[string]bool
	forbid  []string
	off     bool
}

func readPair(file string) (pair, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return pair{}, err
	}
	head, rest, _ := strings.Cut(string(body), "\n\n")
	text, want, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return pair{}, fmt.Errorf("%s: want a line ---", file)
	}
	p := pair{article: ewgwatch.Article{Text: text}, want: map[string]bool{}}
	for line := range strings.SplitSeq(head, "\n") {
		if err := p.field(line); err != nil {
			return pair{}, fmt.Errorf("%s: %w", file, err)
		}
	}
	for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		forbidden, isForbidden := strings.CutPrefix(line, "! ")
		switch {
		case line == "off-topic":
			p.off = true
		case isForbidden:
			p.forbid = append(p.forbid, forbidden)
		case line != "":
			p.want[line] = true
		}
	}
	return p, nil
}

func (p *pair) field(line string) (err error) {
	key, value, _ := strings.Cut(line, ": ")
	switch key {
	case "lang":
		p.article.Lang = value
	case "title":
		p.article.Title = value
	case "published":
		p.article.Published.Date, err = ewgwatch.ParseDate(value)
	case "source-state":
		p.article.Source.State = ewgwatch.State(value)
	case "skip":
		p.skip = value
	default:
		err = fmt.Errorf("unknown line %q", line)
	}
	return err
}

// found lists what was read in the form of a pair's lines, and what it may not
// have been.
func (p *pair) found(r Result) map[string]bool {
	have := map[string]bool{}
	listsMentions := strings.Contains(strings.Join(slices.Collect(maps.Keys(p.want)), "\n"), " mentioned ")
	for _, f := range r.Findings {
		claim := string(f.State) + " " + string(f.Stance)
		if slices.Contains(p.forbid, claim) {
			have["! "+claim] = true
		}
		if f.Stance == ewgwatch.Mentioned && !listsMentions {
			continue
		}
		event := f.Event.ID
		if event == "" {
			event = "-"
		}
		line, suffix := claim+" "+event, ""
		if f.Via == "group" {
			suffix = " group"
		}
		if p.want[claim+" *"+suffix] {
			line = claim + " *"
		}
		if f.Via != "group" || p.want[line+suffix] {
			have[line+suffix] = true
		}
	}
	return have
}

func TestGoldenPairsAreReadAsACarefulReaderWould(t *testing.T) {
	files, err := filepath.Glob("testdata/stance/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 120 {
		t.Errorf("%d pairs, want at least 120", len(files))
	}
	skips := 0
	for _, file := range files {
		p, err := readPair(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if p.skip != "" {
			skips++
		}
		t.Run(strings.TrimPrefix(file, "testdata/stance/"), func(t *testing.T) {
			r := Findings(p.article, Options{})
			diff := cmp.Diff(p.want, p.found(r))
			if r.OnTopic == p.off {
				diff += fmt.Sprintf("on topic is %v, score %.2f: %v", r.OnTopic, r.Score, r.Evidence)
			}
			switch {
			case p.skip != "" && diff != "":
				t.Log("known misreading: ", p.skip)
			case p.skip != "":
				t.Errorf("it is read rightly now: take away its line skip: %s", p.skip)
			case diff != "":
				t.Error(diff)
			}
			quotesStandAtTheirSpans(t, p.article, r)
		})
	}
	t.Logf("%d pairs, %d of them known to be misread", len(files), skips)
}

func quotesStandAtTheirSpans(t *testing.T, a ewgwatch.Article, r Result) {
	t.Helper()
	for _, f := range r.Findings {
		switch {
		case f.QuoteStart < 0 && f.Quote != a.Title:
			t.Errorf("a quote without a place is not the title: %q", f.Quote)
		case f.QuoteStart >= 0 && a.Text[f.QuoteStart:f.QuoteEnd] != f.Quote:
			t.Errorf("quote %q, at its span %q", f.Quote, a.Text[f.QuoteStart:f.QuoteEnd])
		case f.Quote == "" || f.Quote != strings.TrimSpace(f.Quote) || strings.Contains(f.Quote, "\n"):
			t.Errorf("a quote is no sentence of one paragraph: %q", f.Quote)
		}
	}
}
