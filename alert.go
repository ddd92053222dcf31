package ewgwatch

import "time"

// Alert is one message owed to one subscriber through one channel.
type Alert struct {
	ID           string // stable: who decides twice by the same facts names the same alert, and a receiver that keeps IDs sees none twice
	Subscription string
	Channel      Channel
	Lang         string
	Class        AlertClass
	Thread       string   // alerts about one claim share it, by whatever channel; the Alert.ID of the first
	Notices      []Notice // one, or those of a group or digest
	MadeAt       time.Time
	DueAt        time.Time // not to be sent before
	State        AlertState
	Attempts     int       // begun so far, that of a lease that runs among them
	LeasedUntil  time.Time // somebody is at it until then
	RetryAt      time.Time // after an attempt that failed: not to be tried again before
	LastError    string    // of the last attempt, without secrets
	Unsure       bool      // an attempt got no answer, or nobody ever said how it ended, as after a kill: the receiver may have it, by this ID
}

// AlertClass is what kind of news an alert tells.
type AlertClass string

// The classes.
const (
	NewClaim       AlertClass = "new"
	MoreSources    AlertClass = "sources"       // a claim that was told has more independent voices now
	Contradicted   AlertClass = "contradiction" // another claim cannot be true as well
	Correction     AlertClass = "correction"    // what was told is withdrawn, corrected or rejected
	ExpectationDue AlertClass = "expectation"   // nobody named participants by the day
	SourceHealth   AlertClass = "coverage"      // a source went, or came back
	Digest         AlertClass = "digest"        // several of them
	TestMessage    AlertClass = "test"
)

// AlertState says how far an alert has come.
type AlertState string

// The states.
const (
	Owed AlertState = "owed"
	Sent AlertState = "sent"
	Dead AlertState = "dead" // given up, with the reason; may be replayed
	// Replaced is an alert that was owed until another one told all of it as well.
	Replaced AlertState = "replaced"
)

// Notice is one piece of news as it is told: the facts as they were when it was
// decided.
type Notice struct {
	Class      AlertClass
	Reason     string // why it is told, by the name of the rule that decided
	Claim      Claim
	Event      Event
	Finding    Finding   // the one to quote; zero for an expectation and for a source
	Voices     int       // independent ones that say it
	Beside     []Beside  // what else is claimed of that state at that event
	Before     string    // of a correction: the Alert.ID by which it was told
	BeforeAt   time.Time // … and when; zero where that is not known
	Now        Claim     // of a correction by an analyst: what it says instead; zero where it is taken back
	Why        string    // of a correction: "withdrawn", "rejected", "corrected", with the analyst's words
	By         Date      // of an expectation
	Read, Of   int       // of an expectation: ministries that were read since, of how many; 0 of 0 where that is not known
	Source     Source    // of a source's health
	Transition Transition
}

// Beside is another claim in the cell of a notice.
type Beside struct {
	Stance  Stance
	Planned bool
	Voices  int
	Against bool    // it cannot be true as well
	Finding Finding // its best
}

// Told is what a subscriber knows of a claim.
type Told struct {
	Subscription string
	Claim        Claim
	Voices       int  // as last told
	Planned      bool // it was told as what is still to come, and nothing else: that it came is news
	Contradicted bool
	TakenBack    bool   // the last that was told is that it does not hold
	Thread       string // Alert.ID of the first
	At           time.Time
}

// Receipt says that a message was sent.
type Receipt struct {
	Alert        string // Alert.ID
	Subscription string
	Kind         ChannelKind
	To           string // without secrets
	At           time.Time
	Attempts     int
	Response     string // of the receiver, one line
	SHA256       string // of the text that was sent, lower-case hex
	Subject      string
}

// Plan is what is decided of some changes: alerts that are owed, what their
// subscribers know once they have them, and the changes that are dealt with. It is
// kept whole or not at all. An alert that is kept already is left as it is, but that
// a digest which nobody has tried to send yet takes the notices of one of the same
// ID; one that was tried already is followed by another with the rest of them, whose
// ID is the same with "-2" behind it, and so on.
type Plan struct {
	Alerts   []Alert
	Told     []Told
	Replaces []string // Alert.IDs of owed alerts, which nobody is sending, that one of Alerts tells as well
	Upto     uint64   // Change.Number of the last that is dealt with; 0 for none
	Marks    []string // of expectations that were told, so that none is told twice
}
