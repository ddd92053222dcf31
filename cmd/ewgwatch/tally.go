package main

import (
	"fmt"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract"
)

// tally is what a night has made of one source's pages.
type tally struct {
	articles, onTopic, undated, findings, withdrawn, revisions int
	fresh                                                      int
	lengths                                                    []int                 // of article texts, in runes
	months                                                     map[ewgwatch.Date]int // articles by the month they were published in
	states                                                     map[ewgwatch.State]bool
	unread                                                     map[ewgwatch.Outcome]int // pages fetched and then found to hold nothing we can read, by how they were fetched
	why                                                        string                   // of the first of them
}

// tally returns that of a source. The caller holds mu, or is the last to count.
func (n *night) tally(source string) *tally {
	t := n.tallies[source]
	if t == nil {
		t = &tally{states: map[ewgwatch.State]bool{}, unread: map[ewgwatch.Outcome]int{}, months: map[ewgwatch.Date]int{}}
		n.tallies[source] = t
	}
	return t
}

// unread counts a page that came whole and holds no text that can be read: a
// scan, a broken PDF. The crawler, which reads no articles, took it for read.
func (n *night) unread(page ewgwatch.Page, why error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := n.tally(page.Source.ID)
	t.unread[page.Outcome]++
	if t.why == "" {
		t.why = fmt.Sprintf("%s: %s", page.URL, why)
	}
}

// correct takes from the coverage what was not read after all.
func (t *tally) correct(c *ewgwatch.Coverage) {
	for outcome, n := range t.unread {
		c.Pages -= n
		c.Outcomes[ewgwatch.Unreadable] += n
		if c.Outcomes[outcome] -= n; c.Outcomes[outcome] == 0 {
			delete(c.Outcomes, outcome)
		}
	}
	if len(t.unread) == 0 {
		return
	}
	switch {
	case c.Pages <= 0:
		c.Reach = ewgwatch.ReachNone
	case c.Reach == ewgwatch.ReachRead:
		c.Reach = ewgwatch.ReachPartial
	}
	if c.Why == "" {
		c.Why = t.why
	}
}

func (n *night) count(source string, reading ewgwatch.Reading, result extract.Result, kept ewgwatch.Kept) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := n.tally(source)
	t.findings += kept.Findings
	t.withdrawn += kept.Withdrawn
	switch kept.Article {
	case ewgwatch.ArticleRevision:
		t.revisions++
	case ewgwatch.ArticleNew:
		t.fresh++
	}
	n.progress.found(kept.Findings)
	if reading.Article == nil {
		return
	}
	t.articles++
	t.lengths = append(t.lengths, utf8.RuneCountInString(reading.Article.Text))
	t.date(reading.Article.Published)
	if result.OnTopic {
		t.onTopic++
	}
	for _, f := range reading.Findings {
		t.states[f.State] = true
	}
}

// date counts an article in the month it was published in.
func (t *tally) date(published ewgwatch.Published) {
	day := published.Date
	if !published.Known() {
		t.undated++
		return
	}
	t.months[ewgwatch.Date{Year: day.Year, Month: day.Month}]++
}

// report is how a night ended.
type report struct {
	run       ewgwatch.Run
	stopped   bool // by Ctrl-C, with everything committed kept
	revisions int
	withdrawn int
	named     []ewgwatch.State
	healths   []ewgwatch.Health // of the sources that the night counts for
	alerts    *delivery         // nil where nobody is told
}

// report adds what reading made of the pages to what the crawler saw.
func (n *night) report(run ewgwatch.Run, coverage []ewgwatch.Coverage, stopped bool) report {
	run.EndedAt, run.Coverage, run.Complete = n.now().UTC(), coverage, !stopped
	rep := report{stopped: stopped}
	named := map[ewgwatch.State]bool{}
	for i := range run.Coverage {
		c := &run.Coverage[i]
		t := n.tally(c.Source)
		t.correct(c)
		run.Complete = run.Complete && c.Reach == ewgwatch.ReachRead
		c.Articles, c.OnTopic, c.Undated, c.Findings = t.articles, t.onTopic, t.undated, t.findings
		c.Months = t.months
		c.Fresh, c.Length = t.fresh, ewgwatch.Median(t.lengths)
		rep.revisions += t.revisions
		rep.withdrawn += t.withdrawn
		for _, s := range ewgwatch.States() {
			if t.states[s] {
				c.Covers = append(c.Covers, s)
				named[s] = true
			}
		}
	}
	for _, s := range ewgwatch.States() {
		if named[s] {
			rep.named = append(rep.named, s)
		}
	}
	rep.run = run
	return rep
}
