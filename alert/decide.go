package alert

import (
	"slices"
	"strings"

	"ewgwatch"
)

// decide returns what a subscriber is to hear of a claim that changed.
func (f *Facts) decide(s *ewgwatch.Subscription, v *view) Reason {
	t, told := v.told[s.Name]
	switch {
	case s.Paused:
		return Paused
	case told && len(v.said) == 0 && t.TakenBack:
		return TakenBackAlready
	case told && len(v.said) == 0:
		return TakenBack
	case told && t.TakenBack:
		return f.again(s, v)
	case told:
		return f.more(s, v, t)
	}
	return f.first(s, v)
}

// first decides of a claim that the subscriber never heard of.
func (f *Facts) first(s *ewgwatch.Subscription, v *view) Reason {
	if why := filter(s.Interest, v.claim); why != "" {
		return why
	}
	quote, why := v.quote(s.Interest)
	switch {
	case why != "":
		return why
	case !v.changed.gained && v.changed.back:
		return Backfilled
	case !v.changed.gained:
		return NothingNew
	case v.voices < s.Interest.MinSources:
		return BelowMinSources
	case f.met(s, v.before(s, !quote.Planned)):
		return KnownBefore
	}
	return NewClaim
}

// met reports whether findings are what a subscriber asked to hear of.
func (f *Facts) met(s *ewgwatch.Subscription, findings []ewgwatch.Finding) bool {
	matches := slices.ContainsFunc(findings, func(one ewgwatch.Finding) bool {
		why := filterSource(s.Interest, one)
		return why == "" || why == Backfilled
	})
	return matches && (s.Interest.MinSources <= 1 || f.voices(findings) >= s.Interest.MinSources)
}

// again decides of a claim that was taken back and stands.
func (f *Facts) again(s *ewgwatch.Subscription, v *view) Reason {
	_, why := v.quote(s.Interest)
	switch {
	case !v.changed.gained && !v.changed.returned:
		return NothingNew
	case why == Backfilled && v.changed.returned: // it was told, so that it is said again is news
	case why != "":
		return why
	case v.voices < s.Interest.MinSources:
		return BelowMinSources
	}
	return Returned
}

// more decides of a claim that the subscriber knows and that stands.
func (f *Facts) more(s *ewgwatch.Subscription, v *view, t ewgwatch.Told) Reason {
	quote, why := v.quote(s.Interest)
	switch {
	case v.changed.gained && why == "" && t.Planned && !quote.Planned && f.enoughDone(s, v):
		return Done
	case v.voices < t.Voices:
		return FewerVoices
	case v.voices == t.Voices:
		return ToldAlready
	case !v.changed.gained || why != "" || !crosses(s.Steps, t.Voices, v.voices):
		return NoStepCrossed
	}
	return StepCrossed
}

func (f *Facts) enoughDone(s *ewgwatch.Subscription, v *view) bool {
	done := slices.DeleteFunc(slices.Clone(v.said), func(one ewgwatch.Finding) bool { return one.Planned })
	return s.Interest.MinSources <= 1 || f.voices(done) >= s.Interest.MinSources
}

// crosses reports whether a step lies above one number and not above another.
func crosses(steps []int, from, to int) bool {
	return slices.ContainsFunc(steps, func(step int) bool { return from < step && step <= to })
}

// within reports whether a language tag is another one or a narrower one.
func within(tag, wide string) bool {
	return strings.EqualFold(tag, wide) ||
		len(tag) > len(wide) && tag[len(wide)] == '-' && strings.EqualFold(tag[:len(wide)], wide)
}
