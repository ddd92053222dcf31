package message

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// How many columns foreign text is given at most.
const (
	quoteColumns = 700
	titleColumns = 240
	nameColumns  = 160
	codeColumns  = 80
	mostMarks    = 6 // that combine with one letter; no script needs more
)

// tidyAlert returns alert with every text in it that is shown on one line, of
// bounded length and without what could move a cursor or turn text around, and every
// URL of a finding such that it leads to the quote; "" where it is none to be trusted.
func tidyAlert(alert ewgwatch.Alert) ewgwatch.Alert {
	alert.ID, alert.Thread = tidy(alert.ID, codeColumns), tidy(alert.Thread, codeColumns)
	alert.Subscription = tidy(alert.Subscription, nameColumns)
	alert.Notices = slices.Clone(alert.Notices)
	for i, n := range alert.Notices {
		alert.Notices[i] = tidyNotice(n)
	}
	return alert
}

func tidyNotice(n ewgwatch.Notice) ewgwatch.Notice {
	n.Reason = tidy(n.Reason, nameColumns)
	n.Claim, n.Now = tidyClaim(n.Claim), tidyClaim(n.Now)
	n.Event = tidyEvent(n.Event)
	n.Finding = tidyFinding(n.Finding)
	n.Beside = slices.Clone(n.Beside)
	for i, b := range n.Beside {
		b.Stance, b.Finding = ewgwatch.Stance(tidy(string(b.Stance), codeColumns)), tidyFinding(b.Finding)
		n.Beside[i] = b
	}
	n.Before = tidy(n.Before, codeColumns)
	n.Why = tidy(n.Why, titleColumns)
	n.Source = tidySource(n.Source)
	n.Transition.Why = tidy(n.Transition.Why, titleColumns)
	n.Transition.Run = tidy(n.Transition.Run, codeColumns)
	return n
}

func tidyClaim(c ewgwatch.Claim) ewgwatch.Claim {
	return ewgwatch.Claim{
		State: ewgwatch.State(tidy(string(c.State), codeColumns)), Event: tidy(c.Event, codeColumns),
		Stance: ewgwatch.Stance(tidy(string(c.Stance), codeColumns)),
	}
}

func tidyEvent(e ewgwatch.Event) ewgwatch.Event {
	e.ID, e.Name, e.Place = tidy(e.ID, codeColumns), tidy(e.Name, nameColumns), tidy(e.Place, nameColumns)
	return e
}

func tidyFinding(f ewgwatch.Finding) ewgwatch.Finding {
	f.URL = addressOf(f).URL // before the quote is cut, for its last words are in it
	f.Event = tidyEvent(f.Event)
	f.Quote, f.Title = tidy(f.Quote, quoteColumns), tidy(f.Title, titleColumns)
	f.Wire = tidy(f.Wire, codeColumns)
	f.Published.Raw = tidy(f.Published.Raw, codeColumns)
	f.Source = tidySource(f.Source)
	f.Capture.SHA256 = tidy(f.Capture.SHA256, codeColumns)
	if !languageTag.MatchString(f.Lang) {
		f.Lang = ""
	}
	return f
}

// languageTag is what a page may call its language by.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$`)

func tidySource(s ewgwatch.Source) ewgwatch.Source {
	s.ID, s.Name = tidy(s.ID, nameColumns), tidy(s.Name, nameColumns)
	return s
}

// tidy returns s on one line of at most so many columns, see [plain.Line]. Piles of
// marks that combine with one letter are cut, noncharacters dropped.
func tidy(s string, columns int) string {
	var b strings.Builder
	marks := 0
	for _, r := range plain.Line(s) {
		marks++
		if !unicode.In(r, unicode.M, unicode.Cf) {
			marks = 0
		}
		if marks > mostMarks || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef {
			continue
		}
		b.WriteRune(r)
	}
	return plain.Cut(plain.Line(b.String()), columns)
}

// inert returns s without what chat services take for a call to people or for a
// command, as <!channel>, <@U024BE7LH> or @everyone: its marks are replaced by ones
// that look alike and mean nothing to them.
func inert(s string) string { return callers.Replace(s) }

var callers = strings.NewReplacer("@", "＠", "<", "‹", ">", "›")
