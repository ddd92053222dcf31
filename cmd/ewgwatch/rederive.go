package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/store"
)

// rederivation reads the archive again into a database of its own, and compares
// that with the one there is.
type rederivation struct {
	app   *app
	data  folder
	store *store.Store // what there is

	fresh       *store.Store // what today's rules make of the archive
	dir         string       // that it lies in
	recapture   *recapture
	pages       int
	took        time.Duration
	damaged     []error
	latest      map[string]ewgwatch.Capture // of every article read, by its URL
	seen        map[ewgwatch.Capture]bool   // every page that was read
	kept        int                         // findings that no archived bytes stand behind
	differences []difference
}

func (r *rederivation) run(ctx context.Context) (err error) {
	if r.dir, err = os.MkdirTemp(string(r.data), ".rederive-"); err != nil {
		return err
	}
	r.latest, r.seen = map[string]ewgwatch.Capture{}, map[ewgwatch.Capture]bool{}
	if r.fresh, err = store.Open(ctx, filepath.Join(r.dir, "findings.db"), store.Options{}); err == nil {
		start := time.Now()
		err = r.read(ctx)
		r.took = time.Since(start)
	}
	if err == nil {
		err = r.compare(ctx)
	}
	if err != nil {
		return errors.Join(err, r.close())
	}
	return nil
}

func (r *rederivation) close() error {
	var err error
	if r.fresh != nil {
		err = r.fresh.Close()
	}
	return errors.Join(err, os.RemoveAll(r.dir))
}

// archived is one page on its way from the archive to the fresh database. Pages
// are read side by side and kept in the order in which they were archived.
type archived struct {
	archive.Kept
	reading ewgwatch.Reading
	err     error
	done    chan struct{}
}

func (r *rederivation) read(ctx context.Context) (err error) {
	if r.recapture, err = newRecapture(ctx, r.data, r.store); err != nil {
		return err
	}
	sources, err := sourcesByID(ctx, r.store)
	if err != nil {
		return err
	}
	job := r.app.newLongJob("reading archived pages again")
	defer job.stop()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	queue, jobs := make(chan *archived, 64), make(chan *archived)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for page := range jobs {
				page.reading, page.err = r.again(ctx, page.Kept, sources)
				close(page.done)
			}
		})
	}
	workers.Go(func() { r.walk(ctx, queue, jobs) })
	if err := r.keep(queue, job, stop); err != nil {
		stop(err)
	}
	workers.Wait()
	return context.Cause(ctx)
}

func sourcesByID(ctx context.Context, s *store.Store) (map[string]ewgwatch.Source, error) {
	sources := map[string]ewgwatch.Source{}
	for source, err := range s.Sources(ctx) {
		if err != nil {
			return nil, err
		}
		sources[source.ID] = source
	}
	return sources, nil
}

// walk goes through the archive and hands its pages on, twice each: to be read,
// and in their order.
func (r *rederivation) walk(ctx context.Context, queue, jobs chan<- *archived) {
	defer close(queue)
	defer close(jobs)
	for kept, err := range archive.Bodies(ctx, r.data.archive()) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			r.damaged = append(r.damaged, err)
			continue
		}
		if !kept.Outcome.HasBody() || kept.Role != ewgwatch.RoleSeed && kept.Role != ewgwatch.RoleArticle {
			continue
		}
		page := &archived{Kept: kept, done: make(chan struct{})}
		jobs <- page
		queue <- page
	}
}

// again reads one page. Where it cannot be read it holds nothing.
func (r *rederivation) again(ctx context.Context, kept archive.Kept, sources map[string]ewgwatch.Source) (reading ewgwatch.Reading, err error) {
	source, known := sources[kept.Source]
	if !known {
		source = ewgwatch.Source{ID: kept.Source, Name: kept.Source}
	}
	reading.Visit = ewgwatch.Visit{URL: kept.Record.URL, Source: source.ID, At: kept.Record.At, Outcome: ewgwatch.New}
	page, unread := r.recapture.read(ctx, kept.Record, kept.Capture, source)
	if ctx.Err() != nil || unread != nil || page.article.Listing || page.article.Text == "" {
		return reading, ctx.Err()
	}
	reading.Article, reading.Findings = &page.article, page.findings()
	return reading, nil
}

// keep puts what was read into the fresh database: what is of one article in its
// order, the rest side by side, so that many share a commit.
func (r *rederivation) keep(queue <-chan *archived, job *longJob, stop context.CancelCauseFunc) (err error) {
	lanes := make([]chan ewgwatch.Reading, 64)
	var writers sync.WaitGroup
	for i := range lanes {
		lanes[i] = make(chan ewgwatch.Reading, 4)
		writers.Go(func() {
			for reading := range lanes[i] {
				if _, err := r.fresh.Put(context.Background(), reading); err != nil {
					stop(err)
				}
			}
		})
	}
	for page := range queue {
		<-page.done
		r.pages++
		r.seen[page.Capture] = true
		job.add(1)
		if err = cmp.Or(err, page.err); err != nil || page.reading.Article == nil {
			continue
		}
		url := page.reading.Article.URL
		r.latest[url] = page.Capture
		lane := fnv.New32a()
		lane.Write([]byte(url))
		lanes[lane.Sum32()%uint32(len(lanes))] <- page.reading
	}
	for _, lane := range lanes {
		close(lane)
	}
	writers.Wait()
	return err
}

// released names the findings that releases hold and these rules lose.
func (r *rederivation) released() ([]string, error) {
	releases, err := listReleases(r.data)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range releases {
		release, err := openRelease(r.data, m.Name)
		if err != nil {
			return nil, err
		}
		for _, d := range r.differences {
			if _, is := release.rows[d.id()]; is && d.kind == isLost {
				names = append(names, d.id()+" of "+m.Name)
			}
		}
		release.close()
	}
	return names, nil
}

// write keeps the differences, article by article.
func (r *rederivation) write(ctx context.Context, now time.Time) error {
	urls := map[string]*store.Reread{}
	for _, d := range r.differences {
		urls[d.url()] = &store.Reread{URL: d.url()}
	}
	for f, err := range r.fresh.Findings(ctx, store.Query{}) {
		if err != nil {
			return err
		}
		if a := urls[f.URL]; a != nil && f.Status != ewgwatch.Withdrawn {
			a.Findings = append(a.Findings, f)
		}
	}
	var all []store.Reread
	for url, article := range urls {
		if err := r.readLatest(ctx, url, article, now); err != nil {
			return err
		}
		all = append(all, *article)
	}
	slices.SortFunc(all, func(x, y store.Reread) int { return cmp.Compare(x.URL, y.URL) })
	for some := range slices.Chunk(all, 200) {
		if err := r.store.Reread(some, now); err != nil {
			return err
		}
	}
	if !r.app.quiet {
		fmt.Fprintf(r.app.out, "Written: %d articles\n", len(all))
	}
	return nil
}

// readLatest reads the last archived bytes of an article once more.
func (r *rederivation) readLatest(ctx context.Context, url string, into *store.Reread, now time.Time) error {
	capture, known := r.latest[url]
	if !known {
		return nil
	}
	var source ewgwatch.Source
	if len(into.Findings) > 0 {
		source = into.Findings[0].Source
	}
	page, err := r.recapture.of(ctx, capture, source)
	if err != nil {
		return err
	}
	into.Reading = ewgwatch.Reading{Visit: ewgwatch.Visit{URL: url, At: now}, Article: &page.article, Findings: page.findings()}
	for i := range into.Reading.Findings {
		f := &into.Reading.Findings[i]
		f.FoundAt, f.Backfilled = now, true
	}
	return nil
}
