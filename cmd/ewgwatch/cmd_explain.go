package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/extract/wire"
	"ewgwatch/internal/plain"
)

func (a *app) explainCommand() *cobra.Command {
	var state, url string
	var fetch fetchFlags
	cmd := &cobra.Command{
		Use:   "explain FILE|URL",
		Short: "Show step by step how a page is read",
		Long: `explain shows every step of reading a saved page: how it was decoded, where its
text was found and what was cut from it, which dates it offers, its language, what
speaks for the topic, which names of states were found or passed over, and for
each sentence which phrases said something of whom, and why others did not.
With --state it tells only of one state, and so why nothing was found for it. A
URL is fetched as a crawl would, robots.txt first; nothing of it is kept.`,
		Example: `  ewgwatch explain page.html
  ewgwatch explain --state LA page.html
  ewgwatch explain --url https://example.org/story page.html.gz
  ewgwatch explain https://example.org/story`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			only := ewgwatch.State(strings.ToUpper(state))
			if state != "" && !only.Valid() {
				return usage(fmt.Errorf("--state: want the code of a member state (BN, SG, US …), have %q", state))
			}
			page, err := pageOf(cmd.Context(), args[0], url, &fetch)
			if err != nil {
				return err
			}
			return a.explain(cmd.Context(), args[0], page, only)
		},
	}
	cmd.Flags().StringVar(&state, "state", "", "code of the one state to tell of")
	cmd.Flags().StringVar(&url, "url", "", "where a saved page is from")
	fetch.registerWhere(cmd)
	return cmd
}

// pageOf is the page an argument names: a saved one, or one to be fetched.
func pageOf(ctx context.Context, arg, url string, fetch *fetchFlags) (ewgwatch.Page, error) {
	if isWeb(arg) {
		return fetchOne(ctx, arg, fetch)
	}
	body, err := pageBytes(arg)
	return ewgwatch.Page{URL: url, FinalURL: url, Header: http.Header{}, Body: body}, err
}

func (a *app) explain(ctx context.Context, name string, page ewgwatch.Page, only ewgwatch.State) error {
	e, err := extract.Explain(ctx, page, extract.Options{Now: time.Now()})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	out := explainer{a.out, only}
	out.page(e)
	out.names(e)
	out.sentences(e)
	out.verdict(e)
	return nil
}

func pageBytes(file string) ([]byte, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if body, err = gunzip(body); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return body, nil
}

// explainer prints an explanation, of one state only where that is set.
type explainer struct {
	w    io.Writer
	only ewgwatch.State
}

func (x explainer) say(format string, args ...any) { fmt.Fprintf(x.w, format+"\n", args...) }

func (x explainer) tells(state ewgwatch.State) bool { return x.only == "" || state == x.only }

func (x explainer) page(e extract.Explanation) {
	a := e.Article
	x.say("page      %s", orDash(plain.Line(a.URL)))
	x.say("decoded   as %s", e.Charset)
	x.say("text      %d bytes, found by %s", len(a.Text), orDash(e.Method))
	for _, t := range e.Trimmed {
		x.say("  cut     %-24s %s", t.Rule, plain.Cut(plain.Line(t.Text), 60))
	}
	x.say("title     %s", plain.Line(a.Title))
	x.say("authors   %s", orDash(plain.Line(strings.Join(a.Authors, "; "))))
	x.say("language  %s (confidence %.2f)", orDash(a.Lang), e.LangConfidence)
	x.say("date      %s (%s)", orDash(a.Published.String()), plain.Line(a.Published.Rule))
	for _, d := range e.Dates {
		x.say("  offers  %-12s %-40s -> %s", d.Where, plain.Cut(plain.Line(d.Raw), 40), plain.Line(d.Read))
	}
	x.say("wire      %s", agencyOf(a.Wire))
	about := "not about an EWG CT activity"
	if e.Result.OnTopic {
		about = "about an EWG CT activity"
	}
	if a.Listing {
		about = "a listing of articles, not read for findings"
	}
	x.say("topic     %s (score %.2f)", about, e.Result.Score)
	for _, why := range e.Result.Evidence {
		x.say("  because %s", why)
	}
	for _, event := range e.Result.Events {
		x.say("event     %s  %s", event.ID, plain.Line(event.Name))
	}
}

func (x explainer) names(e extract.Explanation) {
	x.say("names")
	for _, n := range e.Names {
		if !x.tells(n.State) {
			continue
		}
		if n.Kept {
			x.say("  %-2s      %-28s %s, at byte %d", n.State, plain.Cut(plain.Line(n.Form), 28), n.Role, n.Start)
			continue
		}
		x.say("  passed  %-28s %s", plain.Cut(plain.Line(n.Form), 28), n.Why)
	}
}

func (x explainer) sentences(e extract.Explanation) {
	if !e.Result.OnTopic {
		return
	}
	x.say("sentences")
	for _, s := range e.Sentences {
		if x.only != "" && !slices.Contains(s.States, x.only) && !slices.ContainsFunc(s.Rules, x.concerns) {
			continue
		}
		x.say("  “%s”", plain.Line(s.Text))
		for _, r := range s.Rules {
			switch {
			case len(r.States) == 0:
				x.say("    no    %s: %s", plain.Line(r.Rule), plain.Line(r.Veto))
			case x.only == "" || x.concerns(r):
				x.say("    yes   %s: %s, at %s", plain.Line(r.Rule), codes(r.States), orDash(r.Event))
			}
		}
	}
}

func (x explainer) concerns(r extract.RuleStep) bool { return slices.Contains(r.States, x.only) }

// agencyOf names an agency by its code and in full.
func agencyOf(code string) string {
	if code == "" {
		return orDash("")
	}
	return fmt.Sprintf("%s (%s)", code, wire.Name(code))
}

// aside says how well the event fits, and which agency the finding is from.
func aside(f ewgwatch.Finding) string {
	var said []string
	if f.Event.ID != "" {
		said = append(said, fmt.Sprintf("event %.2f", f.EventScore))
	}
	if f.Wire != "" {
		said = append(said, "from "+f.Wire)
	}
	if len(said) == 0 {
		return ""
	}
	return " (" + strings.Join(said, ", ") + ")"
}

// verdict sums up what was found.
func (x explainer) verdict(e extract.Explanation) {
	x.say("findings")
	found := false
	for _, f := range e.Result.Findings {
		if x.tells(f.State) {
			found = true
			x.say("  %s %-10s %-24s %.2f  %s%s", f.State, f.Stance, orDash(f.Event.ID), f.Confidence, plain.Line(f.Rule), aside(f))
		}
	}
	named := slices.ContainsFunc(e.Result.Mentions, func(m ewgwatch.Mention) bool { return x.tells(m.State) })
	switch {
	case found:
	case !e.Result.OnTopic:
		x.say("  none: the page is %s", map[bool]string{true: "a listing", false: "off the topic"}[e.Article.Listing])
	case x.only != "" && !named:
		x.say("  none: the text does not name %s; that is not evidence of its absence", x.only.Name())
	default:
		x.say("  none")
	}
}
