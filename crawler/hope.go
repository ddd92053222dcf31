package crawler

import "net/url"

// hope is how much may be learnt of other pages from a page that does not speak
// of the topic itself. One page of a listing tells ten headlines, and what is on
// the topic is then read first; one article tells but its own.
// Its values are points of [Options.Score].
type hope int

const (
	hopeNone    hope = 0
	hopeListing hope = 1 // the next page of a listing
	hopeSection hope = 2 // the front page leads to it in a word or two
	hopeFertile hope = 3 // the next page of a listing that named something likely on the topic
)

// worth is what a page is worth reading before others for: what it says of
// itself, or what may be learnt from it. One that is read again for its links alone
// waits for what is new.
func (e *entry) worth() int {
	if !e.again.IsZero() {
		return 0
	}
	return max(e.score, int(e.hope))
}

const (
	likelyTopic = 4  // points of a link that is likely on the topic
	maxSections = 12 // of a front page; the others of its menus are read later
	maxBare     = 4  // pages of a listing without the topic, after which the next is no better than an article
)

// outlook is what a page lets hope of its links.
type outlook struct {
	from    *entry
	vain    bool // there is a feed that tells the news: nothing is to be hoped from digging
	stories int  // links that look like articles: without them what looks like a menu may be anything
	fertile bool // a link is likely on the topic
	links   []prospect
}

// prospect is a link to follow.
type prospect struct {
	entry entry
	u     *url.URL
	next  bool
}

func (t *tour) outlook(from *entry) *outlook {
	o := &outlook{from: from, vain: (t.fed || len(t.source.Feeds) > 0) && t.night.options.Since.IsZero()}
	return o
}

func (o *outlook) add(e entry, u *url.URL, next bool) {
	if e.looks >= likely {
		o.stories++
	}
	o.fertile = o.fertile || e.score >= likelyTopic && !next
	o.links = append(o.links, prospect{e, u, next})
}

// entries returns the links, once all are known.
func (o *outlook) entries() []prospect {
	if o.vain {
		return o.links
	}
	bare, sections := o.from.bare+1, 0
	if o.fertile {
		bare = 0
	}
	if o.from.rank == rankSeed && o.stories >= crowd {
		sections = maxSections
	}
	for i := range o.links {
		l := &o.links[i]
		switch {
		case l.next:
			l.entry.bare, l.entry.hope = bare, hopeAfter(bare)
			if l.entry.hope == hopeNone {
				l.entry.looks = likely
			}
		case sections > 0 && l.entry.looks == navigation:
			sections--
			l.entry.hope = hopeSection
		}
	}
	return o.links
}

// hopeAfter is that of the next page, after so many pages of a listing in a row
// without the topic.
func hopeAfter(bare int) hope {
	switch {
	case bare == 0:
		return hopeFertile
	case bare < maxBare:
		return hopeListing
	}
	return hopeNone
}
