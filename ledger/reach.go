package ledger

import "ewgwatch"

// reach is what the sources could have said of whom.
type reach struct {
	telling map[string]map[string]bool // event -> IDs of the sources that tell of it
	watched []*watched
	counted map[ewgwatch.State]Nothing // without Telling
}

// watched is what the runs saw of one source.
type watched struct {
	last    ewgwatch.Coverage
	earlier bool // an earlier run than the last one read it
	topical bool // some run read an article on the topic
	covers  map[ewgwatch.State]bool
}

// reached takes together what is known of every source, over all runs.
func reached(telling map[string]map[string]bool, coverage []ewgwatch.Coverage) reach {
	r := reach{telling: telling, counted: map[ewgwatch.State]Nothing{}}
	byID := map[string]*watched{}
	for _, c := range coverage {
		w := byID[c.Source]
		if w == nil {
			w = &watched{covers: map[ewgwatch.State]bool{}}
			byID[c.Source] = w
			r.watched = append(r.watched, w)
		}
		w.see(c)
	}
	for _, sources := range telling {
		for id := range sources {
			if w := byID[id]; w != nil {
				w.topical = true
			}
		}
	}
	for _, state := range ewgwatch.States() {
		r.counted[state] = r.count(state)
	}
	return r
}

func (w *watched) see(c ewgwatch.Coverage) {
	w.earlier = w.earlier || w.read()
	w.topical = w.topical || c.OnTopic > 0
	for _, state := range c.Covers {
		w.covers[state] = true
	}
	w.last = c
}

func (w *watched) read() bool {
	return w.last.Reach == ewgwatch.ReachRead || w.last.Reach == ewgwatch.ReachPartial
}

// blank reports whether the source answered with what could not be read.
func (w *watched) blank() bool {
	for _, o := range []ewgwatch.Outcome{ewgwatch.Unreadable, ewgwatch.EmptyShell, ewgwatch.NoBrowser, ewgwatch.ConsentWall, ewgwatch.Paywall, ewgwatch.NotHTML, ewgwatch.TooLarge} {
		if w.last.Outcomes[o] > 0 {
			return true
		}
	}
	return false
}

// nothing says which kind of nothing an empty cell is.
func (r reach) nothing(state ewgwatch.State, event string) Nothing {
	n, counted := r.counted[state]
	if !counted {
		n = r.count(state)
	}
	n.Telling = len(r.telling[event])
	return n
}

func (r reach) count(state ewgwatch.State) Nothing {
	var n Nothing
	for _, w := range r.watched {
		switch {
		case w.last.State == state:
			n.Own.add(w)
		case w.topical || w.covers[state]:
			n.Others.add(w)
		}
	}
	n.Kind = n.Own.kind()
	if n.Own.Watched == 0 {
		n.Kind = n.Others.kind()
	}
	return n
}

func (c *Count) add(w *watched) {
	c.Watched++
	switch {
	case w.read():
		c.Read++
		if w.last.Reach == ewgwatch.ReachPartial {
			c.Partial++
		}
		return
	case w.blank():
		c.Unreadable++
	}
	if w.earlier {
		c.Earlier++
	}
}

func (c Count) kind() NothingKind {
	switch {
	case c.Watched == 0:
		return NotCovered
	case c.Read > 0:
		return NotMentioned
	case c.Unreadable > 0:
		return Unreadable
	}
	return Unreachable
}
