package extract

import (
	"context"
	"fmt"
	"slices"

	"ewgwatch"
	"ewgwatch/extract/document"
	"ewgwatch/extract/lexicon"
)

// Explanation says how a page was read, step by step.
type Explanation struct {
	Article        ewgwatch.Article
	Result         Result
	Charset        string
	LangConfidence float64
	Method         string // which way gave the text, see document.Document
	Trimmed        []document.Trim
	Dates          []DateStep
	Names          []NameStep
	Sentences      []SentenceStep // only those with a state or a phrase in them
}

// DateStep is one string of the page that may be its date.
type DateStep struct {
	Raw, Where string
	Read       string // the date, or why it is none
}

// NameStep is one name of a state in the text, or something that looks like
// one.
type NameStep struct {
	Form  string
	State ewgwatch.State // "" for a mask
	Role  string         // see lexicon.Role
	Start int
	Kept  bool
	Why   string // for one that was not kept
}

// SentenceStep is one sentence and what its phrases came to.
type SentenceStep struct {
	Text   string
	States []ewgwatch.State
	Rules  []RuleStep
}

// RuleStep is one phrase that says something of states, and what came of it.
type RuleStep struct {
	Rule   string
	States []ewgwatch.State // it was read of
	Event  string           // it was tied to
	Veto   string           // why it was read of none
}

// Explain reads a page as [Article] and [Findings] do, and says how.
func Explain(ctx context.Context, page ewgwatch.Page, options Options) (Explanation, error) {
	p, err := open(ctx, page, options)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{
		Article: p.article, Charset: p.charset, LangConfidence: p.confidence, Method: p.doc.Method, Trimmed: p.doc.Trimmed,
		Result: Findings(p.article, options),
	}
	for _, candidate := range p.doc.Dates {
		step := DateStep{Raw: candidate.Raw, Where: candidate.Where}
		if d, ok := readDate(candidate, page, p.article, options); ok {
			step.Read = d.String()
		} else {
			step.Read = d.Rule
		}
		e.Dates = append(e.Dates, step)
	}
	if options.Catalogue == nil {
		options.Catalogue = Catalogue()
	}
	r := newReading(p.article, options)
	e.Names = r.nameSteps()
	if e.Result.OnTopic {
		r.parse()
		r.locate()
		e.Sentences = r.sentenceSteps()
	}
	return e, nil
}

// nameSteps tells of every name found, also of those that were dropped.
func (r *reading) nameSteps() []NameStep {
	var steps []NameStep
	for _, h := range r.hits {
		if !isStateRole(h.Role) {
			continue
		}
		step := NameStep{Form: h.of(r.article.Text), State: h.State, Role: string(h.Role), Start: h.start}
		step.Kept = slices.ContainsFunc(r.mentions, func(m mention) bool { return m.span == h.span && m.role == h.Role })
		if !step.Kept {
			step.Why = r.whyDropped(h)
		}
		steps = append(steps, step)
	}
	return steps
}

func (r *reading) whyDropped(h hit) string {
	switch {
	case h.Role == lexicon.Mask:
		return "a phrase that only contains a name"
	case slices.ContainsFunc(r.hits, func(o hit) bool { return isStateRole(o.Role) && o.holds(h.span) && o.span != h.span }):
		return "inside a longer name or a phrase that only contains one"
	case h.Role == lexicon.Needs:
		return "counts only where the state is named in full"
	case h.Role == lexicon.Short:
		return "counts only joined to another state's"
	case h.Role == lexicon.Self:
		return "whose publisher's state is not known"
	}
	return "another reading of the same words was kept"
}

func (r *reading) sentenceSteps() []SentenceStep {
	var steps []SentenceStep
	told := r.told()
	var subject *group
	for i, c := range r.clauses {
		claims := told[i]
		_, next := c.claims(subject)
		step := SentenceStep{Text: c.span.of(r.article.Text)}
		for _, g := range c.groups {
			step.States = append(step.States, g.states()...)
		}
		for _, cue := range c.cues {
			step.Rules = append(step.Rules, r.ruleStep(i, c, cue, claims, subject))
		}
		step.Rules = append(step.Rules, r.otherSteps(i, c, claims)...)
		if len(step.States)+len(step.Rules) > 0 {
			steps = append(steps, step)
		}
		subject = next
	}
	return steps
}

// otherSteps tells of claims that no phrase of the sentence itself makes: of
// delegations, known pairs of chairs, lines of a list.
func (r *reading) otherSteps(sentence int, c clause, claims []claim) []RuleStep {
	var steps []RuleStep
	for _, cl := range claims {
		if slices.ContainsFunc(c.cues, func(cue hit) bool { return cue.span == cl.cue.span && ruleName(cue) == cl.rule }) {
			continue
		}
		step := RuleStep{Rule: cl.rule, States: []ewgwatch.State{cl.state}}
		if event, ok := r.eventOf(sentence, cl); ok {
			step.Event = event.ID
		} else {
			step.States, step.Veto = nil, "it is about another group's or another exercise's event"
		}
		steps = append(steps, step)
	}
	return steps
}

func (r *reading) ruleStep(sentence int, c clause, cue hit, claims []claim, subject *group) RuleStep {
	step := RuleStep{Rule: ruleName(cue)}
	for _, cl := range claims {
		if cl.rule != step.Rule || cl.cue.span != cue.span {
			continue
		}
		event, ok := r.eventOf(sentence, cl)
		if !ok {
			step.Veto = "it is about another group's or another exercise's event"
			continue
		}
		step.States, step.Event = append(step.States, cl.state), event.ID
	}
	if len(step.States) == 0 && step.Veto == "" {
		step.Veto = c.veto(cue)
	}
	if len(step.States) == 0 && step.Veto == "" {
		step.Veto = "another phrase was read in its place"
		if _, _, ok := c.states(cue, subject); !ok {
			step.Veto = fmt.Sprintf("no state stands where it looks (%s)", cue.Role)
		}
	}
	return step
}
