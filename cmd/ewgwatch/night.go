package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/crawler"
	"ewgwatch/extract"
	"ewgwatch/store"
)

// night is one run of the pipeline: sources to pages, pages to findings,
// findings into the store, with the archive fsynced before each commit.
type night struct {
	app      *app
	sources  []ewgwatch.Source
	folder   folder
	fetch    crawler.Options
	progress *progress
	now      func() time.Time
	keep     int // snapshots of the database; 0 for none

	store     *store.Store
	desk      *desk         // who is to hear of it; nil for nobody
	alerts    *alertOptions // how they are told; nil for not at all
	furniture *furniture
	hosts     *hosts
	mu        sync.Mutex // guards tallies
	tallies   map[string]*tally
}

// maxReading is how long a night waits for exports and the like to end.
const maxReading = 10 * time.Minute

// run does the night on a folder that nobody holds. A report comes back also where
// ctx was done; an error means that the night failed.
func (n *night) run(ctx context.Context) (rep report, err error) {
	evidence, err := n.openEvidence()
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, evidence.Close()) }()
	h, err := n.app.hold(ctx, n.folder, n.now, evidence, maxReading)
	if err != nil {
		return rep, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if rep, err = n.on(ctx, h, evidence); err != nil || n.desk == nil || n.alerts.silent {
		return rep, err
	}
	rep.alerts, err = n.tell(ctx)
	return rep, err
}

func (n *night) openEvidence() (*archive.Archive, error) {
	return archive.Open(n.folder.archive(), archive.Options{
		Software: "ewgwatch/" + version(), Contact: n.fetch.Contact, UserAgent: n.fetch.UserAgent, Robots: "classic", Now: n.now,
	})
}

// on does the night on a folder that is held.
func (n *night) on(ctx context.Context, h *held, evidence *archive.Archive) (rep report, err error) {
	n.store = h.store
	if err := h.journal.lend(evidence); err != nil {
		return rep, err
	}
	defer h.journal.takeBack()
	if err := n.openDesk(ctx, h); err != nil {
		return rep, err
	}
	authority, err := n.folder.timeAuthority(ctx, n.fetch.AllowAddresses)
	if err != nil {
		return rep, err
	}
	chronicle, err := n.openChronicle(evidence)
	if err != nil {
		return rep, err
	}
	if rep, err = n.crawl(ctx, evidence); err != nil {
		return rep, err
	}
	h.journal.takeBack()
	if err := errors.Join(evidence.Close(), chronicle.end(rep.run)); err != nil {
		return rep, err
	}
	chronicle.stamp(ctx, authority)
	return rep, nil
}

// openDesk opens the desk of a night of its own; one that is served has one that is
// open, which looks anew who wants to hear of what.
func (n *night) openDesk(ctx context.Context, h *held) (err error) {
	switch {
	case n.desk != nil:
		return n.desk.readAnew(ctx)
	case n.alerts != nil:
		n.desk, err = n.app.openDesk(ctx, h, *n.alerts)
	}
	return err
}

// tell decides who is to hear of the night, and delivers for as long as there is time.
// Of a night that was stopped it only decides: what is owed is kept.
func (n *night) tell(ctx context.Context) (*delivery, error) {
	stopped := ctx.Err() != nil
	if err := n.desk.plan(context.WithoutCancel(ctx)); err != nil {
		return nil, err
	}
	if stopped || n.alerts.atEnd == 0 {
		return n.desk.left(context.WithoutCancel(ctx))
	}
	return n.desk.deliver(ctx)
}

func (n *night) crawl(ctx context.Context, evidence *archive.Archive) (report, error) {
	start := n.now().UTC()
	run := ewgwatch.Run{ID: start.Format("20060102T150405.000Z"), StartedAt: start, Version: version(), Rules: extract.Rules()}
	whole, err := n.wholeLastTime(ctx)
	if err != nil {
		return report{}, err
	}
	if err := n.store.BeginRun(run); err != nil {
		return report{}, err
	}
	n.tallies, n.furniture = map[string]*tally{}, newFurniture(n.store, run.ID)
	n.hosts = &hosts{store: n.store}
	n.fetch.Hosts = n.hosts
	n.fetch.Recorder, n.fetch.Score, n.fetch.Now = evidence, extract.LinkScore, n.now
	n.fetch.Progress = n.progress.step
	n.fetch.Queries = func(source ewgwatch.Source) []string { return extract.Queries(source.Lang) }
	n.fetch.Whole = func(source string) bool { return whole[source] }
	coverage, crawlErr := crawler.New(n.store, n.fetch).Crawl(ctx, n.sources, n.read)
	n.progress.stop()
	stopped := ctx.Err() != nil && errors.Is(crawlErr, ctx.Err())
	if crawlErr != nil && !stopped {
		return report{}, crawlErr
	}
	if err := errors.Join(n.furniture.keep(), n.hosts.keep()); err != nil {
		return report{}, err
	}
	rep := n.report(run, coverage, stopped)
	if rep.healths, err = n.checkup(ctx, rep.run); err != nil {
		return report{}, err
	}
	if err := n.store.EndRun(rep.run, rep.healths...); err != nil {
		return rep, err
	}
	n.snapshot(context.WithoutCancel(ctx))
	return rep, nil
}

// snapshot copies the database for readers who come while it is held and do not
// get an answer, and for whoever loses it. That it cannot does not touch what the
// night found.
func (n *night) snapshot(ctx context.Context) {
	if n.keep == 0 {
		return
	}
	if _, err := n.store.Backup(ctx, n.keep); err != nil {
		n.app.log.Warn("no snapshot was taken", "error", err)
	}
}

// wholeLastTime tells which sources the latest run that visited them read to the
// end. Of a run that was killed nobody knows what it left unread, so that none
// counts as whole after it.
func (n *night) wholeLastTime(ctx context.Context) (map[string]bool, error) {
	whole := map[string]bool{}
	for run, err := range n.store.Runs(ctx) {
		if err != nil {
			return nil, err
		}
		if run.EndedAt.IsZero() {
			clear(whole)
		}
		for _, c := range run.Coverage {
			whole[c.Source] = c.Reach == ewgwatch.ReachRead && c.Outcomes[ewgwatch.OffBudget] == 0
		}
	}
	return whole, nil
}

// read takes one page through reading and storing. What a page is like never
// ends the night; a store failure does.
func (n *night) read(ctx context.Context, page ewgwatch.Page) error {
	reading, result, err := n.reading(ctx, page)
	if err != nil {
		return err
	}
	kept, err := n.store.Put(ctx, reading)
	if err != nil {
		return err
	}
	n.count(page.Source.ID, reading, result, kept)
	return nil
}

// reading reads a page that has something to read. It fails only where the
// night must: on the store, and where ctx is done.
func (n *night) reading(ctx context.Context, page ewgwatch.Page) (reading ewgwatch.Reading, result extract.Result, err error) {
	reading.Visit = visitOf(page)
	if !page.Outcome.HasBody() || page.Role != ewgwatch.RoleSeed && page.Role != ewgwatch.RoleArticle {
		return reading, result, nil
	}
	repeats, err := n.furniture.of(page.FinalURL)
	if err != nil {
		return reading, result, err
	}
	options := extract.Options{Now: page.FetchedAt, Furniture: repeats}
	article, unread := extract.Article(ctx, page, options)
	reading.Visit.Listing = article.Listing
	switch {
	case ctx.Err() != nil:
		return reading, result, ctx.Err()
	case unread != nil:
		reading.Visit.Outcome, reading.Visit.Detail = ewgwatch.Unreadable, unread.Error()
		n.unread(page, unread)
	case !article.Listing && article.Text != "":
		result = extract.Findings(article, options)
		reading.Visit.OnTopic = result.OnTopic
		reading.Article, reading.Findings = &article, n.identified(result.Findings, page.FetchedAt)
		err = n.furniture.see(page.FinalURL, article)
	}
	return reading, result, err
}

func visitOf(page ewgwatch.Page) ewgwatch.Visit {
	v := ewgwatch.Visit{
		URL: page.URL, Source: page.Source.ID, At: page.FetchedAt, Outcome: page.Outcome, Status: page.Status, Detail: page.Detail,
		Onward: page.Onward,
	}
	if page.Outcome.HasBody() {
		v.ETag, v.LastModified = page.Header.Get("ETag"), page.Header.Get("Last-Modified")
		v.BodySHA256, v.ReadAt, v.Capture = sha256Hex(page.Body), page.FetchedAt, page.Capture
	}
	return v
}

func (n *night) identified(findings []ewgwatch.Finding, at time.Time) []ewgwatch.Finding {
	for i := range findings {
		findings[i].FoundAt, findings[i].Backfilled = at, !n.fetch.Since.IsZero()
		findings[i] = findings[i].Identify()
	}
	return findings
}

// openForReading opens the database of a data folder for a command that only
// reads.
func (a *app) openForReading(ctx context.Context) (*store.Store, error) {
	data, err := a.data()
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, data.database(), store.Options{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	if taken, is := s.Snapshot(); is {
		a.log.Warn("another process holds the database and does not answer: this is read from the snapshot of an earlier night", "taken", taken.Format(time.RFC3339))
	}
	return s, nil
}
