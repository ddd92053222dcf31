package extract

import (
	"slices"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// topic says whether an article is about an EWG CT activity, and why.
type topic struct {
	score    float64 // 0 to 1
	evidence []string
}

// onTopic is the score from which an article counts as on topic.
const onTopic = 0.5

// weigh reads the topic of an article off its sentences and title. Being
// about the working group takes the forum and counter-terrorism in one
// breath, and more of that than of the forum's other groups, of other
// exercises or of ministers' meetings.
func weigh(title []hit, body [][]hit) topic {
	var w weights
	w.add(title, 3)
	for i, hits := range body {
		w.add(hits, 1)
		if i > 0 {
			w.addPair(body[i-1], hits)
		}
	}
	return w.topic()
}

type weights struct {
	group, forumCT, aseanCT float64 // for
	rival                   float64 // against
	forum, ct, kind, asean  bool
	ctKind                  bool // an exercise against terrorism in one sentence
}

func (w *weights) add(hits []hit, weight float64) {
	has := roles(hits)
	forum, ct, rival := has[lexicon.Forum] || has[lexicon.Panel] && has[lexicon.Asean], has[lexicon.CT], has[lexicon.Rival]
	w.forum = w.forum || forum
	w.asean = w.asean || has[lexicon.Asean]
	w.kind = w.kind || has[lexicon.Kind]
	w.ctKind = w.ctKind || ct && !rival && slices.ContainsFunc(hits, hit.isExercise)
	if (forum || has[lexicon.Panel]) && rivals(hits) > 1 && !has[lexicon.Group] {
		return // a list of all the forum's groups is about none of them
	}
	w.ct = w.ct || ct || has[lexicon.Group]
	switch {
	case has[lexicon.Group]:
		w.group += weight
	case (forum || has[lexicon.Panel]) && ct:
		w.forumCT += weight
	case has[lexicon.Asean] && ct && has[lexicon.Kind] && !rival:
		w.aseanCT += weight
	}
	if rival && !has[lexicon.Group] && !(forum && ct) {
		w.rival += weight
	}
}

// addPair joins the forum in one sentence with counter-terrorism in the next.
func (w *weights) addPair(a, b []hit) {
	x, y := roles(a), roles(b)
	if (x[lexicon.Forum] && y[lexicon.CT] || x[lexicon.CT] && y[lexicon.Forum]) && !x[lexicon.Rival] && !y[lexicon.Rival] {
		w.forumCT += 0.5
	}
}

func (w *weights) topic() topic {
	var t topic
	support := 0.0
	say := func(points, most float64, what string) {
		if points > 0 {
			support += min(points, most)
			t.evidence = append(t.evidence, what)
		}
	}
	say(w.group, 3, "the working group on counter-terrorism is named")
	say(w.forumCT, 3, "the forum and counter-terrorism stand together")
	if w.rival > 0 {
		w.aseanCT = 0 // another exercise of ASEAN states with somebody else
	}
	say(w.aseanCT, 2, "ASEAN and a counter-terrorism exercise stand together")
	if (support > 0 || w.ctKind) && w.forum && w.ct && w.kind {
		say(0.7, 0.7, "forum, subject and activity are all named")
	}
	if w.rival > 0 {
		t.evidence = append(t.evidence, "another group, forum or exercise is named")
	}
	t.score = support / (support + 0.6 + 0.5*w.rival)
	return t
}

// isExercise reports whether a hit names a kind of activity other than a
// meeting, at which everything is spoken of.
func (h hit) isExercise() bool { return h.Role == lexicon.Kind && h.Kind != ewgwatch.Meeting }

func rivals(hits []hit) int {
	count := 0
	for _, h := range hits {
		if h.Role == lexicon.Rival {
			count++
		}
	}
	return count
}

func roles(hits []hit) map[lexicon.Role]bool {
	has := map[lexicon.Role]bool{}
	for _, h := range hits {
		has[h.Role] = true
	}
	return has
}

// withoutShadowed drops what stands inside a name of the forum or the group:
// the "Meeting" of ADMM-Plus, the "maritime security" of an exercise of both.
// hits are sorted by start.
func withoutShadowed(hits []hit) []hit {
	var kept []hit
	for i, h := range hits {
		if (h.Role == lexicon.Rival || h.Role == lexicon.Kind) && shadowed(hits, i) {
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// longestName is longer than any phrase of the lexicon, in bytes.
const longestName = 400

// shadowed looks at the hits around one for a name of the group's own that
// holds it.
func shadowed(hits []hit, i int) bool {
	h := hits[i]
	holds := func(o hit) bool {
		own := o.Role == lexicon.Group || o.Role == lexicon.Forum || o.Role == lexicon.CT && h.Role == lexicon.Rival
		return own && o.holds(h.span) && o.span != h.span
	}
	for j := i - 1; j >= 0 && hits[j].start > h.start-longestName; j-- {
		if holds(hits[j]) {
			return true
		}
	}
	return i+1 < len(hits) && hits[i+1].start == h.start && holds(hits[i+1])
}
