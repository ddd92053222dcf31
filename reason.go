package ewgwatch

import "fmt"

// reason says why the source is in its state, by what the last night was like;
// "" for ok.
func (h Health) reason(c Coverage) string {
	last := h.Nights[len(h.Nights)-1]
	switch {
	case h.State == HealthOK:
		return ""
	case last.Verdict == Good:
		return "read whole again; one more such night and it is ok"
	case last.Verdict == Doubtful:
		return h.doubt(last)
	case last.Verdict == Quiet:
		return fmt.Sprintf("read whole, but nothing new for %d nights; the longest before was %d", h.Quiet, h.Longest)
	case h.State == HealthBlocked && last.Verdict == Barred:
		return h.oftenOf("kept out", 3, Barred) + orReach(c)
	case h.State == HealthGone && last.Verdict == Lost:
		return h.oftenOf("not there", 7, Lost) + orReach(c)
	case h.State == HealthDegraded:
		return h.oftenOf("not wholly read", 3, Poor, Barred, Lost, Doubtful) + orReach(c)
	}
	return "tonight" + orReach(c)
}

// oftenOf says on how many of the last nights something was so.
func (h Health) oftenOf(what string, nights int, verdicts ...Verdict) string {
	nights = min(nights, len(h.Nights))
	if nights == 1 {
		return what + " on its first night"
	}
	return fmt.Sprintf("%s on %d of %d nights", what, h.count(nights, verdicts...), nights)
}

func orReach(c Coverage) string {
	if c.Why == "" {
		return ": " + string(c.Reach)
	}
	return ": " + c.Why
}

// doubt says what an alarm is about.
func (h Health) doubt(n HealthNight) string {
	switch {
	case n.Articles == 0:
		return "no article tonight to tell whether its layout is read rightly again"
	case n.Alarm == AlarmShort:
		return fmt.Sprintf("its articles are %d characters long, usually %d: has its layout changed?", n.Length, h.Usual.Length)
	}
	return fmt.Sprintf("%d of %d articles have no date, usually %d%%: has its layout changed?", n.Undated, n.Articles, h.Usual.Undated)
}
