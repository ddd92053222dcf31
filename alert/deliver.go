package alert

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

// Most is the number of messages that a subscriber who wants news at once gets of one
// plan; of more news, all go into one message.
const Most = 10

// group is the news that share an alert.
type group struct {
	all    []*news
	digest bool
}

// settle makes the alerts of all that one subscriber is owed, and what it knows then.
func (p *planner) settle(at int, plan *ewgwatch.Plan) {
	s := &p.book.subscriptions[at]
	if len(p.due[at]) == 0 || len(s.Channels) == 0 {
		return
	}
	due := s.Quiet.After(s.Rhythm.Next(p.facts.Now))
	for _, g := range grouped(s, p.due[at]) {
		thread := ""
		for _, channel := range s.Channels {
			a := g.alert(s, channel, p.facts.Now, due)
			if thread == "" {
				thread = a.Thread
				plan.Told = append(plan.Told, g.told(a)...)
			}
			a.Thread = thread // what follows knows of one, by whatever channel it goes
			plan.Alerts = append(plan.Alerts, a)
		}
	}
}

// grouped returns news by the alerts that tell them: in one where there is a digest,
// or where there would be too many.
func grouped(s *ewgwatch.Subscription, all []*news) (groups []group) {
	for _, n := range all {
		n.order = orderOf(n.notice)
	}
	slices.SortFunc(all, compareNews)
	if s.Rhythm.Every != ewgwatch.Immediately {
		return []group{{all: all, digest: true}}
	}
	place := map[string]int{}
	for _, n := range all {
		key := n.groupKey(s.Grouping)
		i, there := place[key]
		if !there {
			i = len(groups)
			place[key], groups = i, append(groups, group{})
		}
		groups[i].all = append(groups[i].all, n)
	}
	if len(groups) > Most {
		return []group{{all: all}}
	}
	return groups
}

// compareNews puts what was wrong first, then what is new.
func compareNews(a, b *news) int {
	return cmp.Or(strings.Compare(a.order, b.order), strings.Compare(a.id, b.id))
}

// orderOf returns a text by which news are put in order: by class, event, state and
// stance; sources by their IDs.
func orderOf(n ewgwatch.Notice) string {
	return strings.Join([]string{
		strconv.Itoa(weight(n.Class)), n.Claim.Event, string(n.Claim.State), strconv.Itoa(stanceRank(n.Claim.Stance)), n.Source.ID,
	}, "\x00")
}

func weight(c ewgwatch.AlertClass) int {
	return slices.Index([]ewgwatch.AlertClass{
		ewgwatch.Correction, ewgwatch.Contradicted, ewgwatch.NewClaim, ewgwatch.MoreSources, ewgwatch.ExpectationDue, ewgwatch.SourceHealth,
	}, c)
}

// groupKey is the same for news that share an alert. The health of sources is apart
// from claims, unless a subscriber wants one message a night.
func (n *news) groupKey(by ewgwatch.Grouping) string {
	switch {
	case by == ewgwatch.ByNight:
		return ""
	case n.notice.Class == ewgwatch.SourceHealth:
		return n.share
	case by == ewgwatch.ByEvent:
		return "event " + n.notice.Claim.Event
	case by == ewgwatch.ByState:
		return "state " + string(n.notice.Claim.State)
	case n.share != "":
		return n.share
	}
	return n.id
}

// alert makes the alert of a group for one channel.
func (g group) alert(s *ewgwatch.Subscription, channel ewgwatch.Channel, now, due time.Time) ewgwatch.Alert {
	a := ewgwatch.Alert{
		Subscription: s.Name, Channel: channel, Lang: cmp.Or(s.Lang, "en"), Class: g.class(),
		MadeAt: now, DueAt: due, State: ewgwatch.Owed, Notices: make([]ewgwatch.Notice, 0, len(g.all)),
	}
	for _, n := range g.all {
		a.Notices = append(a.Notices, n.notice)
	}
	told := g.ids()
	if g.digest { // what comes until it is due joins it
		told = []string{string(ewgwatch.Digest), due.UTC().Format(time.RFC3339)}
	}
	a.ID = name(a, append(told, version(s.Since))...)
	a.Thread = cmp.Or(g.thread(), a.ID)
	return a
}

func (g group) ids() (all []string) {
	for _, n := range g.all {
		all = append(all, n.id)
	}
	return all
}

// class returns the class of all news of a group, a digest where they differ.
func (g group) class() ewgwatch.AlertClass {
	if g.digest {
		return ewgwatch.Digest
	}
	return classOf(g.all[0].notice.Class, len(g.all), func(i int) ewgwatch.AlertClass { return g.all[i].notice.Class })
}

// classOf returns a class that some have in common, else that of a digest.
func classOf(first ewgwatch.AlertClass, size int, class func(i int) ewgwatch.AlertClass) ewgwatch.AlertClass {
	for i := range size {
		if class(i) != first {
			return ewgwatch.Digest
		}
	}
	return first
}

// thread returns the thread that a group goes on with: that of the one cell it is of;
// "" where it begins one.
func (g group) thread() (thread string) {
	for _, n := range g.all {
		one := g.all[0].notice
		same := cellOf(n.notice.Claim) == cellOf(one.Claim) && n.notice.Source.ID == one.Source.ID
		if g.digest || !same {
			return ""
		}
		thread = cmp.Or(thread, n.thread)
	}
	return thread
}

// told returns what a subscriber knows by an alert, each claim once.
func (g group) told(a ewgwatch.Alert) (all []ewgwatch.Told) {
	place := map[ewgwatch.Claim]int{}
	all = make([]ewgwatch.Told, 0, len(g.all))
	for _, n := range g.all {
		for _, t := range n.told {
			t.Thread = cmp.Or(t.Thread, a.Thread)
			if i, there := place[t.Claim]; there {
				all[i] = t
				continue
			}
			place[t.Claim] = len(all)
			all = append(all, t)
		}
	}
	return all
}

// name returns the ID of an alert, by whom it is for and what it tells.
func name(a ewgwatch.Alert, parts ...string) string {
	h := sha256.New()
	for _, part := range append([]string{a.Subscription, string(a.Channel.Kind), a.Channel.To}, parts...) {
		h.Write([]byte(part))
		h.Write([]byte{0, 0})
	}
	return "a_" + hex.EncodeToString(h.Sum(nil)[:16])
}
