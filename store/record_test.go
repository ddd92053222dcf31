package store

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ewgwatch"
)

var (
	at        = time.Date(2023, time.August, 25, 12, 0, 0, 123456789, time.UTC)
	capture   = ewgwatch.Capture{SHA256: "ab", File: "run.warc.gz", Offset: 1 << 40}
	published = ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8}, At: at, Precision: ewgwatch.PrecisionMinute, Rule: "meta", Zone: "+07:00", Raw: "๒๕ ส.ค."}
	event     = ewgwatch.Event{ID: "e", Name: "Event", Kind: ewgwatch.Field, Place: "Hanoi", Host: ewgwatch.Vietnam,
		Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, End: ewgwatch.Date{Year: 2023}, Cycle: "2021-2023", Provisional: true}
	whole = ewgwatch.Finding{FirstRevision: 1, LastRevision: 3, ChangedAt: at.Add(1),
		ID: "f_00", FoundAt: at, State: ewgwatch.Laos, Stance: ewgwatch.Absent, Planned: true, Event: ewgwatch.Event{ID: "e"}, Quote: "q\x00\xff",
		QuoteStart: -1, QuoteEnd: math.MaxInt64, QuotePage: 7, Rule: "r", Confidence: 0.85, Via: "named", Status: ewgwatch.Withdrawn, URL: "u", Title: "t", Lang: "lo",
		Published: published, Source: ewgwatch.Source{ID: "s"}, Capture: capture, Wire: "tass", Sketch: ewgwatch.Sketch{1, 1 << 31}, EventScore: 0.5,
		Review: ewgwatch.Review{Finding: "f_00", Ruling: ewgwatch.Correct, State: ewgwatch.Japan, Stance: ewgwatch.Host, Event: "e2", By: "b", Why: "w", At: at},
	}
	visit = ewgwatch.Visit{URL: "u", Source: "s", At: at, Outcome: ewgwatch.New, Status: 200, Detail: "d", ETag: `W/"1"`, LastModified: "lm",
		BodySHA256: "cd", ReadAt: at, Capture: capture, FirstSeen: at, OnTopic: true, Listing: true, Onward: true}
	source = ewgwatch.Source{ID: "s", URL: "https://s.test/", Name: "S", Kind: ewgwatch.Ministry, State: ewgwatch.Laos, Lang: "lo", Feeds: []string{"a", "b"},
		Sitemaps: []string{"c"}, Select: "main", Delay: time.Second, MaxPages: 9, Zone: time.UTC, Group: "g",
		Search: []string{"d"}, Render: true, StateOwned: true, Proxy: "e", CAFile: "f", Line: 3}
	rev      = revision{URL: "u", Number: 2, Title: "t", TextSHA256: "ef", Lang: "en", Published: published, Source: "s", Capture: capture, FirstSeen: at, Wire: "tass", Sketch: ewgwatch.Sketch{7}}
	repeated = ewgwatch.Furniture{Learnt: []ewgwatch.Learnt{{Run: "r", Blocks: []uint64{1, 1 << 63}}, {Run: "s", Blocks: []uint64{7}}},
		Seen: []ewgwatch.Sighting{{Block: 3, First: 4}, {Block: 5, First: 6, Then: 7}}}
	run = ewgwatch.Run{ID: "r", StartedAt: at, EndedAt: at, Version: "1", Rules: "x", Complete: true, Coverage: []ewgwatch.Coverage{{}, {
		Source: "s", Name: "S", State: ewgwatch.Laos, Covers: []ewgwatch.State{ewgwatch.Laos, ewgwatch.Japan}, Discovered: 9,
		Outcomes: map[ewgwatch.Outcome]int{ewgwatch.New: 3, "of tomorrow": 1}, Articles: 3, OnTopic: 2, Undated: 1, Findings: 4, Reach: ewgwatch.ReachPartial, Why: "403",
		Pages: 5, Fresh: 2, Length: 900, Front: ewgwatch.Blocked, Cut: true, Kind: ewgwatch.Agency, Lang: "lo", Months: map[ewgwatch.Date]int{{Year: 2023, Month: 8}: 2, {Year: 2022}: 1},
	}}}
	amended = ewgwatch.Amendment{Number: 3, At: at, By: "b", Why: "w", Kind: ewgwatch.SplitEvent, Event: "e", Into: "e2", Name: "n", Findings: []string{"f_00", "f_01"}, Undoes: 2}
	asked   = ewgwatch.Wishes{Name: "https://h.test", Robots: []byte("User-agent: *"), RobotsStatus: 200, RobotsAt: at, Until: at, Why: "429", Refusals: 2}
	health  = ewgwatch.Health{Source: "s", Name: "S", State: ewgwatch.HealthBlocked, Since: at, Why: "403", Counted: 40, Newsy: 12, Quiet: 2, Longest: 6,
		Usual: ewgwatch.Usual{Pages: 1, Articles: 2, OnTopic: 3, Length: 4, Undated: 5},
		Nights: []ewgwatch.HealthNight{{}, {Run: "r", At: at, Verdict: ewgwatch.Barred, Reach: ewgwatch.ReachNone, Outcome: ewgwatch.Challenge, Pages: 1, Articles: 2,
			Fresh: 3, OnTopic: 4, Undated: 5, Discovered: 6, Length: 7, Short: true, Alarm: ewgwatch.AlarmShort}},
		Transitions: []ewgwatch.Transition{{}, {At: at, Run: "r", From: ewgwatch.HealthOK, To: ewgwatch.HealthBlocked, Why: "403"}}}
)

var (
	subscription = ewgwatch.Subscription{Name: "desk", Lang: "fr", Grouping: ewgwatch.ByState, Steps: []int{0, 3, 10}, Paused: true, Since: at,
		Interest: ewgwatch.Interest{States: []ewgwatch.State{ewgwatch.Laos, ""}, Stances: []ewgwatch.Stance{ewgwatch.Absent}, Events: []string{"e"},
			Kinds: []ewgwatch.SourceKind{ewgwatch.Agency}, Langs: []string{"lo", "th"}, MinSources: 2, Contradictions: true, Expectations: true, Coverage: true},
		Channels: []ewgwatch.Channel{{}, {Kind: ewgwatch.MailChannel, To: "a@b.test", Secret: "env:S"}},
		Rhythm:   ewgwatch.Rhythm{Every: ewgwatch.Weekly, Day: time.Friday, At: time.Hour, Zone: time.UTC},
		Quiet:    ewgwatch.QuietHours{From: 22 * time.Hour, To: 6 * time.Hour, Zone: time.UTC}}
	claim  = ewgwatch.Claim{State: ewgwatch.Laos, Event: "e", Stance: ewgwatch.Absent}
	moved  = ewgwatch.Transition{At: at, Run: "r", From: ewgwatch.HealthOK, To: ewgwatch.HealthGone, Why: "404"}
	change = ewgwatch.Change{Number: 1 << 40, At: at, Kind: ewgwatch.SourceMoved, Finding: "f_00", Was: claim, Source: "s", Transition: moved}
	knows  = ewgwatch.Told{Subscription: "desk", Claim: claim, Voices: 3, Planned: true, Contradicted: true, TakenBack: true, Thread: "a_1", At: at}
	sent   = ewgwatch.Receipt{Alert: "a_1", Subscription: "desk", Kind: ewgwatch.WebhookChannel, To: "https://h.test", At: at, Attempts: 2, Response: "200 OK",
		SHA256: strings.Repeat("0a", 32), Subject: "Laos"}
)

// owed is an alert whose notices hold all that one can.
func owed() dispatch {
	evidence := whole
	evidence.Event, evidence.Source = event, source
	notice := ewgwatch.Notice{Class: ewgwatch.Correction, Reason: "rule", Claim: claim, Event: event, Finding: evidence, Voices: 4,
		Beside: []ewgwatch.Beside{{}, {Stance: ewgwatch.Attended, Planned: true, Voices: 2, Against: true, Finding: evidence}},
		Before: "a_0", Now: claim, Why: "withdrawn", By: ewgwatch.Date{Year: 2023, Month: 8, Day: 9}, Source: source, Transition: moved, BeforeAt: at, Read: 2, Of: 3}
	return dispatch{tried: true, ended: at, Alert: ewgwatch.Alert{ID: "a_1", Subscription: "desk", Channel: subscription.Channels[1], Lang: "fr", Class: ewgwatch.Correction,
		Thread: "a_0", Notices: []ewgwatch.Notice{{}, notice}, MadeAt: at, DueAt: at, State: ewgwatch.Owed, Attempts: 7, LeasedUntil: at, RetryAt: at, LastError: "502"}}
}

// codec is one kind of record: back decodes data, and encodes it again.
type codec struct {
	name   string
	record []byte
	back   func(data []byte) (value any, again []byte, err error)
}

func codecs() []codec {
	return []codec{
		{"finding", encodeFinding(whole, nil), func(d []byte) (any, []byte, error) {
			v, err := decodeFinding(d, nil)
			return v, encodeFinding(v, nil), err
		}},
		{"visit", encodeVisit(visit), func(d []byte) (any, []byte, error) { v, err := decodeVisit(d); return v, encodeVisit(v), err }},
		{"source", encodeSource(source), func(d []byte) (any, []byte, error) { v, err := decodeSource(d); return v, encodeSource(v), err }},
		{"event", encodeEvent(event), func(d []byte) (any, []byte, error) { v, err := decodeEvent(d); return v, encodeEvent(v), err }},
		{"revision", encodeRevision(rev), func(d []byte) (any, []byte, error) { v, err := decodeRevision(d); return v, encodeRevision(v), err }},
		{"run", encodeRun(run), func(d []byte) (any, []byte, error) { v, err := decodeRun(d); return v, encodeRun(v), err }},
		{"furniture", encodeFurniture(repeated), func(d []byte) (any, []byte, error) { v, err := decodeFurniture(d); return v, encodeFurniture(v), err }},
		{"wishes", encodeWishes(asked), func(d []byte) (any, []byte, error) { v, err := decodeWishes(d); return v, encodeWishes(v), err }},
		{"health", encodeHealth(health), func(d []byte) (any, []byte, error) { v, err := decodeHealth(d); return v, encodeHealth(v), err }},
		{"amendment", encodeAmendment(amended), func(d []byte) (any, []byte, error) {
			v, err := decodeAmendment(amendmentKey(amended.Number), d)
			return v, encodeAmendment(v), err
		}},
		{"subscription", encodeSubscription(subscription), func(d []byte) (any, []byte, error) {
			v, err := decodeSubscription(d)
			return v, encodeSubscription(v), err
		}},
		{"change", encodeChange(change), func(d []byte) (any, []byte, error) { v, err := decodeChange(d); return v, encodeChange(v), err }},
		{"told", encodeTold(knows), func(d []byte) (any, []byte, error) { v, err := decodeTold(d); return v, encodeTold(v), err }},
		{"alert", encodeDispatch(owed()), func(d []byte) (any, []byte, error) { v, err := decodeDispatch(d); return v, encodeDispatch(v), err }},
		{"receipt", encodeReceipt(sent), func(d []byte) (any, []byte, error) { v, err := decodeReceipt(d); return v, encodeReceipt(v), err }},
	}
}

// same compares instants, not how they are written, and takes not a number for
// equal to itself.
var same = cmp.Options{cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(ewgwatch.Furniture{}), cmp.AllowUnexported(dispatch{}), cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })}

func TestEveryFieldOfARecordComesBack(t *testing.T) {
	want := map[string]any{"finding": whole, "visit": visit, "source": source, "event": event, "revision": rev, "run": run, "furniture": repeated, "wishes": asked, "health": health, "amendment": amended,
		"subscription": subscription, "change": change, "told": knows, "alert": owed(), "receipt": sent}
	for _, c := range codecs() {
		got, _, err := c.back(c.record)
		if diff := cmp.Diff(want[c.name], got, same); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", c.name, err, diff)
		}
	}
}

func TestAnEventWithoutAnIDIsKeptInItsFinding(t *testing.T) {
	want := whole
	want.Event = event
	want.Event.ID = ""
	got, err := decodeFinding(encodeFinding(want, nil), nil)
	if diff := cmp.Diff(want, got, same); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestAnOlderReaderSkipsFieldsItDoesNotKnow(t *testing.T) {
	for _, c := range codecs() {
		want, _, _ := c.back(c.record)
		w := &writer{buf: append([]byte(nil), c.record...)}
		w.text(4711, "from the future")
		got, _, err := c.back(w.buf)
		if diff := cmp.Diff(want, got, same); err != nil || diff != "" {
			t.Error(c.name, err, diff)
		}
	}
}

func TestACutOrForeignRecordIsAnError(t *testing.T) {
	for _, c := range codecs() {
		for _, bad := range [][]byte{nil, {}, {recordVersion + 1}, c.record[:len(c.record)-1], append(c.record[:1:1], 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)} {
			if _, _, err := c.back(bad); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %d bytes: error is %v", c.name, len(bad), err)
			}
		}
	}
}

func TestALengthThatIsNotThereAllocatesNothing(t *testing.T) {
	record := append([]byte{recordVersion, 1}, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f) // 4 TB of URL
	allocations := testing.AllocsPerRun(100, func() { _, _ = decodeVisit(record) })
	if allocations > 10 {
		t.Errorf("%v allocations", allocations)
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range codecs() {
		f.Add(c.record)
		f.Add(c.record[:len(c.record)/2])
	}
	f.Add([]byte(strings.Repeat("\x01", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, c := range codecs() {
			value, again, err := c.back(data)
			if err != nil {
				continue
			}
			if back, _, err := c.back(again); err != nil || !cmp.Equal(value, back, same) {
				t.Fatalf("%s: %v\n%s", c.name, err, cmp.Diff(value, back, same))
			}
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add("f_00", int64(1), int32(2), "LA", "quote", int64(-1), 0.5, "title", "e", "2023-08-25", "raw", true)
	f.Fuzz(func(t *testing.T, id string, sec int64, nano int32, state, quote string, start int64, confidence float64, title, eventID, date, raw string, planned bool) {
		day, _ := ewgwatch.ParseDate(date)
		if day.IsZero() {
			day = ewgwatch.Date{}
		}
		want := ewgwatch.Finding{FirstRevision: int(nano), LastRevision: int(start), ChangedAt: time.Unix(sec%(1<<40), int64(nano)).UTC(),
			ID: id, FoundAt: time.Unix(sec%(1<<40), int64(nano)).UTC(), State: ewgwatch.State(state), Planned: planned, Quote: quote, QuoteStart: int(start),
			QuoteEnd: int(sec), Confidence: confidence, Title: title, Event: ewgwatch.Event{ID: eventID}, URL: raw + title, Lang: state,
			Published: ewgwatch.Published{Date: day, Raw: raw}, Source: ewgwatch.Source{ID: title},
			Capture: ewgwatch.Capture{SHA256: "x" + raw, File: title, Offset: start},
		}
		got, err := decodeFinding(encodeFinding(want, nil), nil)
		if diff := cmp.Diff(want, got, same); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}
