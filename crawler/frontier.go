package crawler

import (
	"container/heap"
	"slices"
	"time"

	"ewgwatch"
)

// rank is the first thing that orders the frontier: what leads to more comes
// first, the cheapest before the rest.
type rank int

const (
	rankFeed rank = iota
	rankSeed
	rankFoundFeed
	rankSearch
	rankSitemap
	rankPage
)

// entry is a URL that waits to be visited.
type entry struct {
	url   string // canonical
	role  ewgwatch.Role
	rank  rank
	score int       // how much it speaks of the topic
	known bool      // visited on an earlier night
	at    time.Time // last changed, as a feed, a sitemap or the last visit says
	hope  hope      // how much may be learnt from it of other pages
	bare  int       // pages of a listing, up to the one it was found on, without a link that speaks of the topic
	looks standing  // how much the link to it looks like one to an article
	depth int       // clicks from the seed; for a sitemap, from the first one
	chain int       // "next" links followed to get here
	guess bool      // nobody named it: that it is not there is no trouble
	order int       // of finding
	index int       // in the heap; -1 once visited
	until time.Time // for a page at rest: a change after this wakes it; zero for any other
	again time.Time // for a page that is not due, and read for its links alone: a change after this makes it due

	question *question // to WordPress's REST API; nil for everything else
	spare    *entry    // a twin, visited where this one cannot be read
	claimed  bool      // not visited, since a page that was read says it is this one
	disputed bool      // two pages said so
}

// before says which of two is visited first: by rank; then what speaks of the
// topic or leads to more of it; then what no night has seen; then the newest; then
// what looks like an article; then the nearest; then what was found first.
func (e *entry) before(other *entry) bool {
	switch {
	case e.rank != other.rank:
		return e.rank < other.rank
	case e.worth() != other.worth():
		return e.worth() > other.worth()
	case e.known != other.known:
		return !e.known
	case !e.at.Equal(other.at):
		return e.at.After(other.at)
	case e.looks != other.looks:
		return e.looks > other.looks
	case e.depth != other.depth:
		return e.depth < other.depth
	}
	return e.order < other.order
}

const (
	maxWaiting = 5000  // URLs a frontier holds; beyond twice that the last are dropped
	maxSeen    = 50000 // URLs it remembers; beyond that it takes no new ones
)

// frontier is the queue of a source's URLs, each at most once.
type frontier struct {
	waiting entries
	seen    map[string]*entry // by URL; twins share an entry
	twins   map[string]*entry // by twinKey
	dropped int               // URLs known of and never to be visited: it overflowed
	aliases int               // of seen: twins, and ends of redirects that nothing else named
	resting int               // of seen: pages that are not due
}

func newFrontier() *frontier {
	return &frontier{seen: map[string]*entry{}, twins: map[string]*entry{}}
}

// discovered is the number of distinct URLs known of, up to maxSeen.
func (f *frontier) discovered() int { return len(f.seen) - f.aliases }

// left is the number of URLs that were not visited.
func (f *frontier) left() int { return len(f.waiting) + f.dropped }

// knows reports whether a URL or a twin of it was visited, waits or rests.
func (f *frontier) knows(url string) bool {
	if f.seen[url] != nil {
		return true
	}
	key, _ := twinKey(url)
	return f.twins[key] != nil
}

// push adds a URL. One that waits already is moved up where the new finding
// says more of it; one that was visited stays visited.
func (f *frontier) push(e entry) {
	if old := f.seen[e.url]; old != nil {
		f.improve(old, e)
		return
	}
	if len(f.seen) >= maxSeen {
		f.dropped++
		return
	}
	key, plain := twinKey(e.url)
	if old := f.twins[key]; old != nil && e.rank == rankPage {
		f.join(old, e, plain)
		return
	}
	e.order = len(f.seen)
	added := &e
	f.seen[e.url] = added
	if f.twins[key] == nil {
		f.twins[key] = added
	}
	heap.Push(&f.waiting, added)
	if len(f.waiting) > 2*maxWaiting {
		f.trim()
	}
}

// join makes one of two twins. The one that an earlier night knows is kept, so
// that it is not new under another name; or else the plain one.
func (f *frontier) join(old *entry, e entry, plain bool) {
	f.seen[e.url] = old
	f.aliases++
	if old.index < 0 {
		f.improve(old, e)
		return
	}
	spare := e
	if plain && (e.known || !old.known) && old.rank == rankPage {
		spare = *old
		old.url = e.url
	}
	spare.spare = nil
	old.spare = &spare
	f.improve(old, e)
}

// failed puts the twin of a page that could not be read into its place.
func (f *frontier) failed(e *entry) {
	if e.spare == nil {
		return
	}
	spare := *e.spare
	key, _ := twinKey(spare.url)
	delete(f.twins, key)
	delete(f.seen, spare.url)
	f.aliases--
	f.push(spare)
}

// claim keeps a URL from being visited because a page that was read says that
// it is this one. A second page that says so of itself shows that neither can
// be believed, and the URL is visited after all.
func (f *frontier) claim(named entry) {
	e := f.seen[named.url]
	switch {
	case e == nil:
		named.index, named.claimed = -1, true
		f.seen[named.url] = &named
	case e.claimed:
		e.claimed, e.disputed = false, true
		heap.Push(&f.waiting, e)
	case e.index >= 0 && e.url == named.url && e.rank == rankPage && !e.disputed:
		heap.Remove(&f.waiting, e.index)
		e.claimed = true
	}
}

// isList reports whether a URL was visited already, or waits as more than a
// page. What an earlier night knows as a page may yet prove a feed.
func (f *frontier) isList(url string) bool {
	e := f.seen[url]
	return e != nil && (e.index < 0 && e.until.IsZero() || e.rank < rankPage)
}

// rest adds a page that is not to be visited, unless a feed or a sitemap says
// that it changed since then, or it turns out to be more than a page.
func (f *frontier) rest(e entry, since time.Time) {
	if f.seen[e.url] != nil || len(f.seen) >= maxSeen {
		return
	}
	key, _ := twinKey(e.url)
	if f.twins[key] != nil { // a twin waits or rests already
		f.seen[e.url] = f.twins[key]
		f.aliases++
		return
	}
	e.order, e.index, e.until = len(f.seen), -1, since
	f.seen[e.url], f.twins[key] = &e, &e
	f.resting++
}

// wake has a page at rest wait for its visit.
func (f *frontier) wake(e *entry) {
	e.until = time.Time{}
	f.resting--
	heap.Push(&f.waiting, e)
}

func (f *frontier) improve(old *entry, e entry) {
	if !old.until.IsZero() && (e.rank < old.rank || e.at.After(old.until)) {
		f.wake(old)
	}
	if old.index < 0 && !old.claimed {
		return
	}
	if e.rank < old.rank || e.at.After(old.again) {
		old.again = time.Time{}
	}
	if e.rank < old.rank {
		old.rank, old.role, old.guess, old.question = e.rank, e.role, e.guess, e.question
	}
	old.score = max(old.score, e.score)
	old.depth = min(old.depth, e.depth)
	old.looks, old.hope, old.bare = max(old.looks, e.looks), max(old.hope, e.hope), min(old.bare, e.bare)
	if e.at.After(old.at) {
		old.at = e.at
	}
	if old.index >= 0 {
		heap.Fix(&f.waiting, old.index)
	}
}

func (f *frontier) trim() {
	slices.SortFunc(f.waiting, func(a, b *entry) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	for _, e := range f.waiting[maxWaiting:] {
		e.index = -1
		f.dropped++
	}
	f.waiting = slices.Clone(f.waiting[:maxWaiting]) // in order, so a heap as it is
	for i, e := range f.waiting {
		e.index = i
	}
}

// pop takes the next URL out; false where none waits.
func (f *frontier) pop() (*entry, bool) {
	if len(f.waiting) == 0 {
		return nil, false
	}
	return heap.Pop(&f.waiting).(*entry), true
}

// visited marks a URL as seen without its having waited: the end of a
// redirect.
func (f *frontier) visited(url string) {
	e := f.seen[url]
	switch {
	case e == nil:
		f.seen[url] = &entry{url: url, index: -1}
		f.aliases++
	case e.index >= 0 && e.rank == rankPage:
		heap.Remove(&f.waiting, e.index)
	}
}

// entries is the heap.
type entries []*entry

func (h entries) Len() int           { return len(h) }
func (h entries) Less(i, j int) bool { return h[i].before(h[j]) }
func (h entries) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *entries) Push(x any) {
	e := x.(*entry)
	e.index = len(*h)
	*h = append(*h, e)
}

func (h *entries) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	e.index = -1
	return e
}
