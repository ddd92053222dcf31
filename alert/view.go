package alert

import (
	"cmp"
	"slices"
	"time"

	"ewgwatch"
)

// view is one claim as it stands, and what some changes did to it.
type view struct {
	claim   ewgwatch.Claim
	event   ewgwatch.Event
	said    []ewgwatch.Finding // those by which it stands, the best to quote first
	voices  int
	beside  []ewgwatch.Beside
	told    map[string]ewgwatch.Told
	changed changed
}

// changed is what changes did to a claim.
type changed struct {
	findings  map[string]bool    // that make or made the claim and changed, by ID
	gained    bool               // something that is no back-fill makes it now
	returned  bool               // something makes it again, a back-fill perhaps
	back      bool               // a back-fill makes it now
	first     time.Time          // since when the earliest of those that were gained says it
	lost      []ewgwatch.Finding // as they are kept, that make it no more, by ID
	companion []ewgwatch.Claim   // what those say instead
}

// rereading is how long a finding may be known before the change that tells of it: one
// that is older was not found, but read again.
const rereading = 30 * 24 * time.Hour

// view looks at a claim.
func (f *Facts) view(c ewgwatch.Claim) *view {
	v := &view{claim: c, said: f.standing(c), beside: f.beside(c), told: f.told(c)}
	v.changed.findings = map[string]bool{}
	slices.SortFunc(v.said, better)
	v.voices = f.voices(v.said)
	v.event = f.event(c.Event)
	for _, said := range v.said {
		if said.Event.Name != "" && v.event.Name == "" {
			v.event = said.Event
		}
	}
	return v
}

// better orders findings by how well they are quoted: what is done before what is
// planned, what is surely read, what was found first.
func better(a, b ewgwatch.Finding) int {
	switch {
	case a.Planned != b.Planned && b.Planned:
		return -1
	case a.Planned != b.Planned:
		return 1
	}
	return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), since(a).Compare(since(b)), cmp.Compare(a.ID, b.ID))
}

// since returns from when on a finding says what it is believed to say.
func since(f ewgwatch.Finding) time.Time {
	if f.Review.Ruling == ewgwatch.Correct && !f.Review.At.IsZero() {
		return f.Review.At
	}
	return f.FoundAt
}

// gain notes that a change made a finding say the claim.
func (v *view) gain(f ewgwatch.Finding, change ewgwatch.Change) {
	c := &v.changed
	c.findings[f.ID] = true
	c.returned = c.returned || change.Kind == ewgwatch.FindingReturned
	if f.Backfilled || since(f).Before(change.At.Add(-rereading)) && change.Kind == ewgwatch.FindingFound {
		c.back = true
		return
	}
	if at := since(f); !c.gained || at.Before(c.first) {
		c.first = at
	}
	c.gained = true
}

// lose notes that a change made a finding say the claim no more.
func (v *view) lose(f ewgwatch.Finding, instead ewgwatch.Claim) {
	c := &v.changed
	if c.findings[f.ID] {
		return
	}
	c.findings[f.ID] = true
	c.lost = append(c.lost, f)
	c.companion = append(c.companion, instead)
}

// against returns the claims of the cell that cannot be true as well.
func (v *view) against() (all []ewgwatch.Claim) {
	if len(v.said) == 0 {
		return nil
	}
	for _, b := range v.beside {
		if b.Against {
			all = append(all, ewgwatch.Claim{State: v.claim.State, Event: v.claim.Event, Stance: b.Stance})
		}
	}
	return all
}

// quote returns the finding to quote to a subscriber: the best that its filters of
// kind and language let through and that is no back-fill; the reason where there is
// none.
func (v *view) quote(i ewgwatch.Interest) (ewgwatch.Finding, Reason) {
	why := NotStanding
	for _, f := range v.said {
		r := filterSource(i, f)
		if r == "" {
			return f, ""
		}
		if why == NotStanding || rank(r) > rank(why) {
			why = r
		}
	}
	return ewgwatch.Finding{}, why
}

// filterSource returns why a finding is not one to quote; "" where it is.
func filterSource(i ewgwatch.Interest, f ewgwatch.Finding) Reason {
	switch {
	case !admits(i.Kinds, f.Source.Kind):
		return FilterKind
	case !speaks(i.Langs, f.Lang):
		return FilterLang
	case f.Backfilled:
		return Backfilled
	}
	return ""
}

// rank says how near to being told a reason comes.
func rank(r Reason) int { return slices.Index([]Reason{FilterKind, FilterLang, Backfilled}, r) }

// speaks reports whether a language is among those that are wished for: zh lets
// zh-Hant through as well.
func speaks(wishes []string, lang string) bool {
	return len(wishes) == 0 || slices.ContainsFunc(wishes, func(wish string) bool { return within(lang, wish) })
}

// before returns those of the findings to quote to a subscriber that are no news to
// it: found before what the changes brought, or claimed before the subscription was
// made. Only what was done is, where something done is to be told.
func (v *view) before(s *ewgwatch.Subscription, done bool) (old []ewgwatch.Finding) {
	for _, f := range v.said {
		if (!done || !f.Planned) && v.old(s, f) {
			old = append(old, f)
		}
	}
	return old
}

func (v *view) old(s *ewgwatch.Subscription, f ewgwatch.Finding) bool {
	switch at := since(f); {
	case at.Before(s.Since):
		return true
	case f.Backfilled: // found since, and told to nobody: it is no news only if the world knew it
		return f.Published.Known() && f.Published.Date.Last().AddDate(0, 0, 1).Before(s.Since)
	case v.changed.findings[f.ID]:
		return false
	case !v.changed.gained:
		return true
	default:
		return at.Before(v.changed.first)
	}
}
