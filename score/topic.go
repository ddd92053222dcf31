package score

import (
	"ewgwatch"
)

// TopicLabel is one line of labels.jsonl.
type TopicLabel struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Lang      string `json:"lang"`
	OnTopic   bool   `json:"on_topic"`
	Published string `json:"published"` // "" where unknown
	States    []struct {
		Code   ewgwatch.State  `json:"code"`
		Stance ewgwatch.Stance `json:"stance"`
	} `json:"states"`
}

// Reading is what was read from a labelled page.
type Reading struct {
	OnTopic  bool
	Article  ewgwatch.Article
	Mentions []ewgwatch.Mention
	Findings []ewgwatch.Finding
}

// pair is a state and its stance, as labels give them: without an event.
type pair struct {
	State  ewgwatch.State
	Stance ewgwatch.Stance
}

// Topic counts one page. Findings read from a group without names ("all ASEAN
// members") count neither for nor against, and neither does mentioned for a
// state that has another stance. Pages off the topic are counted by whether
// they yield findings, under "off-topic page with findings".
func (r *Report) Topic(label TopicLabel, read Reading) {
	compare(r, label.ID, only(read.OnTopic), only(label.OnTopic), func(bool) []string { return []string{"topic"} })
	found, want := map[pair]bool{}, map[pair]bool{}
	named, named2 := map[ewgwatch.State]bool{}, map[ewgwatch.State]bool{}
	for _, s := range label.States {
		want[pair{s.Code, s.Stance}] = true
		named[s.Code] = true
	}
	for _, m := range read.Mentions {
		named2[m.State] = true
	}
	compare(r, label.ID, named2, named, func(ewgwatch.State) []string { return []string{"states named"} })
	for _, f := range read.Findings {
		if f.Via != "group" {
			found[pair{f.State, f.Stance}] = true
		}
	}
	if label.Published != "" {
		r.one(label.ID, "date", read.Article.Published.Date.String(), label.Published)
	}
	if !label.OnTopic {
		t := r.tally("off-topic without findings")
		if t.Hit++; len(found) > 0 {
			t.Hit--
			t.Extra++
		}
		return
	}
	lang := "stance, other languages"
	if label.Lang == "en" {
		lang = "stance, English"
	}
	compare(r, label.ID, weightiest(found), weightiest(want), func(p pair) []string {
		return []string{"stance", lang, "stance " + string(p.Stance), "stance in " + label.Lang}
	})
}

// Macro is the mean F1 over the stances that labels or readings hold, so that a
// rare stance weighs as much as a common one; 1 where there is none.
func (r *Report) Macro() float64 {
	sum, n := 0.0, 0
	for _, stance := range ewgwatch.Stances() {
		if t := r.tallies["stance "+string(stance)]; t != nil {
			sum += t.F1()
			n++
		}
	}
	if n == 0 {
		return 1
	}
	return sum / float64(n)
}

// only makes a set of what is true, so that being off topic is nothing found.
func only(b bool) map[bool]bool {
	if b {
		return map[bool]bool{true: true}
	}
	return nil
}

// weightiest drops mentioned for states that have another stance.
func weightiest(pairs map[pair]bool) map[pair]bool {
	kept := map[pair]bool{}
	said := map[ewgwatch.State]bool{}
	for p := range pairs {
		said[p.State] = said[p.State] || p.Stance != ewgwatch.Mentioned
	}
	for p := range pairs {
		if p.Stance != ewgwatch.Mentioned || !said[p.State] {
			kept[p] = true
		}
	}
	return kept
}
