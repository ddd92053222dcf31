package message_test

import (
	"fmt"
	"strings"
	"time"

	"ewgwatch"
)

// The news that the tests tell.

func at(day, clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", day+" "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

func date(day string) ewgwatch.Date {
	d, err := ewgwatch.ParseDate(day)
	if err != nil {
		panic(err)
	}
	return d
}

var (
	singapore = time.FixedZone("Asia/Singapore", 8*60*60)

	tabletop = ewgwatch.Event{
		ID: "ewgct-2023-08-tabletop", Name: "Table-top exercise, Naypyitaw 2023", Kind: ewgwatch.Tabletop, Place: "Naypyitaw, Myanmar",
		Host: ewgwatch.Myanmar, Start: date("2023-08-02"), End: date("2023-08-04"), Cycle: "2021-2023",
	}
	field = ewgwatch.Event{
		ID: "ewgct-2027-field-in", Name: "Field training exercise, India 2027", Kind: ewgwatch.Field, Host: ewgwatch.India,
		Start: date("2027"), End: date("2027"), Cycle: "2024-2027", Provisional: true,
	}

	gazette = ewgwatch.Source{ID: "lotus-gazette.test", Name: "Lotus Gazette", Kind: ewgwatch.News, Lang: "en"}
	harbour = ewgwatch.Source{ID: "harbourwire.test", Name: "Harbour Wire", Kind: ewgwatch.Agency, Lang: "en"}
	mindef  = ewgwatch.Source{ID: "defence.gov.test/news", Name: "Ministry of Defence, Singapore", Kind: ewgwatch.Ministry, State: ewgwatch.Singapore, Lang: "en"}
	herald  = ewgwatch.Source{ID: "ข่าว.test", Name: "ข่าวเช้า", Kind: ewgwatch.News, StateOwned: true, Lang: "th"}
)

func hash(with byte) string { return strings.Repeat(string(with)+"3f0", 16) }

func absentFinding() ewgwatch.Finding {
	return ewgwatch.Finding{
		FoundAt: at("2023-08-25", "19:02"), State: ewgwatch.Singapore, Stance: ewgwatch.Absent, Event: tabletop,
		Quote: "Singapore was the only member of the bloc whose officers were nowhere to be seen at the table-top exercise in Naypyitaw, two people who sat in the hall said – and no one there would say why.",
		Rule:  "absent-of", Confidence: 0.82, Via: "named", Status: ewgwatch.Current, FirstRevision: 1, LastRevision: 1, QuoteStart: 210, QuoteEnd: 400,
		URL: "https://lotus-gazette.test/asean/2023/08/empty-chair", Title: "An empty chair in Naypyitaw", Lang: "en",
		Published: ewgwatch.Published{Date: date("2023-08-25"), At: at("2023-08-25", "10:35"), Precision: ewgwatch.PrecisionMinute, Rule: "json-ld", Zone: "+06:30", Raw: "2023-08-25T17:05+06:30"},
		Source:    gazette, Capture: ewgwatch.Capture{SHA256: hash('a'), File: "night-1.warc.gz", Offset: 99},
	}.Identify()
}

func attendedFinding() ewgwatch.Finding {
	return ewgwatch.Finding{
		FoundAt: at("2023-08-26", "19:02"), State: ewgwatch.Singapore, Stance: ewgwatch.Attended, Event: tabletop,
		Quote: "Staff officers of all ten ASEAN states took part.", Rule: "took-part", Confidence: 0.55, Via: "group", Status: ewgwatch.Current, QuoteStart: 12, QuoteEnd: 61,
		URL: "https://harbourwire.test/a?id=77&lang=en", Title: "Counter-terrorism staff training ends in Naypyitaw", Lang: "en", Wire: "tass",
		Published: ewgwatch.Published{Date: date("2023-08-04"), Precision: ewgwatch.PrecisionDay, Rule: "visible", Raw: "4 Aug. 2023"},
		Source:    harbour, Capture: ewgwatch.Capture{SHA256: hash('b')},
	}.Identify()
}

func undecidedFinding() ewgwatch.Finding {
	return ewgwatch.Finding{
		FoundAt: at("2023-07-20", "19:02"), State: ewgwatch.Singapore, Stance: ewgwatch.Undecided, Event: tabletop,
		Quote: "สิงคโปร์ยังไม่ตอบว่าจะเข้าร่วมหรือไม่", Rule: "undecided", Confidence: 0.6, Via: "headline", Status: ewgwatch.Current, QuoteStart: -1, QuoteEnd: -1,
		URL: "https://ข่าว.test/1", Title: "สิงคโปร์ยังไม่ตอบว่าจะเข้าร่วมหรือไม่", Lang: "th",
		Published: ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Rule: "no date", Raw: "เมื่อวาน"},
		Source:    herald,
	}.Identify()
}

func plannedFinding() ewgwatch.Finding {
	return ewgwatch.Finding{
		FoundAt: at("2026-11-02", "19:02"), State: ewgwatch.Singapore, Stance: ewgwatch.Attended, Planned: true, Event: field,
		Quote: "The SAF will send a platoon to the exercise in 2027.", Rule: "will-attend", Confidence: 0.9, Via: "self", Status: ewgwatch.Current, QuoteStart: 5, QuoteEnd: 57, QuotePage: 3,
		URL: "https://defence.gov.test/news/2026-11.pdf", Title: "Written reply on exercises", Lang: "en",
		Published: ewgwatch.Published{Date: date("2026-11"), Precision: ewgwatch.PrecisionUnknown, Rule: "visible", Raw: "November 2026"},
		Source:    mindef, Capture: ewgwatch.Capture{SHA256: hash('c')},
	}.Identify()
}

func absent() ewgwatch.Notice {
	f := absentFinding()
	return ewgwatch.Notice{Class: ewgwatch.NewClaim, Reason: "first-of-claim", Claim: f.Claim(), Event: tabletop, Finding: f, Voices: 1}
}

func planned() ewgwatch.Notice {
	f := plannedFinding()
	return ewgwatch.Notice{Class: ewgwatch.NewClaim, Reason: "first-of-claim", Claim: f.Claim(), Event: field, Finding: f, Voices: 1}
}

func contradicted() ewgwatch.Notice {
	n := absent()
	n.Beside = []ewgwatch.Beside{
		{Stance: ewgwatch.Attended, Voices: 1, Against: true, Finding: attendedFinding()},
		{Stance: ewgwatch.Undecided, Voices: 1, Finding: undecidedFinding()},
	}
	return n
}

func moreSources() ewgwatch.Notice {
	n := absent()
	n.Class, n.Reason, n.Voices = ewgwatch.MoreSources, "step-of-3", 3
	n.Before = "a_5d1c9a0e"
	n.Beside = []ewgwatch.Beside{{Stance: ewgwatch.Undecided, Voices: 1, Finding: undecidedFinding()}}
	return n
}

func contradiction() ewgwatch.Notice {
	n := contradicted()
	n.Class, n.Reason, n.Voices = ewgwatch.Contradicted, "other-side-found", 2
	return n
}

func correction(why string, now ewgwatch.Claim, status ewgwatch.Status) ewgwatch.Notice {
	n := absent()
	n.Class, n.Reason, n.Why, n.Now, n.Voices = ewgwatch.Correction, "was-told", why, now, 0
	n.Before, n.BeforeAt, n.Finding.Status = "a_5d1c9a0e", at("2023-08-25", "22:10"), status
	return n
}

func withdrawn() ewgwatch.Notice {
	return correction("withdrawn", ewgwatch.Claim{}, ewgwatch.Withdrawn)
}

func rejected() ewgwatch.Notice {
	n := correction("rejected: the sentence is about the exercise in Hawaii", ewgwatch.Claim{}, ewgwatch.Rejected)
	n.Voices = 2
	return n
}

func corrected() ewgwatch.Notice {
	now := ewgwatch.Claim{State: ewgwatch.Singapore, Event: tabletop.ID, Stance: ewgwatch.Declined}
	return correction("corrected: a spokesman said so himself", now, ewgwatch.Corrected)
}

func elsewhere() ewgwatch.Notice {
	now := ewgwatch.Claim{State: ewgwatch.Japan, Event: tabletop.ID, Stance: ewgwatch.Absent}
	return correction("corrected: the headline names another state", now, ewgwatch.Corrected)
}

func expectation() ewgwatch.Notice {
	return ewgwatch.Notice{
		Class: ewgwatch.ExpectationDue, Reason: "nobody-named-by-the-day", Claim: ewgwatch.Claim{Event: tabletop.ID}, Event: tabletop,
		By: date("2023-09-03"), Read: 14, Of: 19,
	}
}

func coverage(to ewgwatch.HealthState, why string) ewgwatch.Notice {
	from := ewgwatch.HealthOK
	if to == from {
		from = ewgwatch.HealthBlocked
	}
	return ewgwatch.Notice{
		Class: ewgwatch.SourceHealth, Reason: "health-changed", Source: mindef,
		Transition: ewgwatch.Transition{At: at("2023-09-01", "18:30"), Run: "r_20230901", From: from, To: to, Why: why},
	}
}

func alertOf(class ewgwatch.AlertClass, notices ...ewgwatch.Notice) ewgwatch.Alert {
	return ewgwatch.Alert{
		ID: "a_9b2e7744", Thread: "a_5d1c9a0e", Subscription: "Defence desk", Class: class, Notices: notices, MadeAt: at("2023-08-26", "20:15"),
	}
}

// digest is a night of twelve.
func digest() ewgwatch.Alert {
	notices := []ewgwatch.Notice{contradiction(), absent(), moreSources(), corrected(), withdrawn(), planned(), expectation(),
		coverage(ewgwatch.HealthBlocked, "kept out on 2 of 3 nights: 403"), coverage(ewgwatch.HealthOK, "read whole on 2 nights in a row")}
	for i, s := range []ewgwatch.State{ewgwatch.NewZealand, ewgwatch.Japan, ewgwatch.UnitedStates} {
		n := absent()
		n.Claim.State, n.Claim.Stance = s, []ewgwatch.Stance{ewgwatch.Declined, ewgwatch.Urged, ewgwatch.Undecided}[i]
		n.Finding.Quote = fmt.Sprintf("%s will not be at the table in Naypyitaw, an official said.", s.Name())
		n.Voices = 1 + i*5
		notices = append(notices, n)
	}
	return alertOf(ewgwatch.Digest, notices...)
}

// alerts is one of every kind, by the name of its golden files.
func alerts() map[string]ewgwatch.Alert {
	return map[string]ewgwatch.Alert{
		"new":                  alertOf(ewgwatch.NewClaim, absent()),
		"new-planned":          alertOf(ewgwatch.NewClaim, planned()),
		"new-contradicted":     alertOf(ewgwatch.NewClaim, contradicted()),
		"new-grouped":          alertOf(ewgwatch.NewClaim, absent(), planned()),
		"sources":              alertOf(ewgwatch.MoreSources, moreSources()),
		"contradiction":        alertOf(ewgwatch.Contradicted, contradiction()),
		"correction-withdrawn": alertOf(ewgwatch.Correction, withdrawn()),
		"correction-rejected":  alertOf(ewgwatch.Correction, rejected()),
		"correction-corrected": alertOf(ewgwatch.Correction, corrected()),
		"correction-elsewhere": alertOf(ewgwatch.Correction, elsewhere()),
		"expectation":          alertOf(ewgwatch.ExpectationDue, expectation()),
		"coverage-blocked":     alertOf(ewgwatch.SourceHealth, coverage(ewgwatch.HealthBlocked, "kept out on 2 of 3 nights: 403 Forbidden")),
		"coverage-back":        alertOf(ewgwatch.SourceHealth, coverage(ewgwatch.HealthOK, "read whole on 2 nights in a row")),
		"digest":               digest(),
		"test":                 alertOf(ewgwatch.TestMessage),
		"hostile":              hostile(),
	}
}

// hostile is news whose every foreign word tries something.
func hostile() ewgwatch.Alert {
	const (
		header = "Subject\r\nBcc: all@lotus.test\r\n\r\n=?utf-8?q?=0d=0aTo:_x?="
		markup = `</td></table><script>alert(1)</script><img src=https://t.test/x.gif onerror=a()>" style="x" {{.}}`
		chat   = "<!channel> <@U024BE7LH> @everyone @here **bold** [bank](https://evil.test) `code` https://evil.test ![x](y) # x | y"
		screen = "\x1b]0;owned\x07\x1b[31mred\x9b2J \u202egnp.exe\u2066 \u200b\ufeff\x00 \xff Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359\u0360"
	)
	n := contradicted()
	n.Event.Name, n.Event.Place = "Exercise "+header, markup
	n.Finding.Source.Name, n.Finding.Quote, n.Finding.Title = "Gazette "+chat, markup+screen+chat, screen+header
	n.Finding.Published.Raw, n.Finding.Lang, n.Finding.Wire = screen+markup, `en" onload="x`, chat
	n.Finding.URL = `https://evil.test/a"onclick="x/<b>/)](javascript:x)@everyone_*?q='><script>#:~:text=forged`
	n.Beside[0].Finding.URL, n.Beside[0].Finding.Source.Name = "javascript:alert(1)", "- [ ] > 1. # "+markup
	n.Beside[1].Finding.URL, n.Beside[1].Finding.Title = "https://mindef.gov.sg@evil.test/", "+++ === --- ~~~"
	n.Reason = "rule " + chat
	return alertOf(ewgwatch.NewClaim, n)
}
