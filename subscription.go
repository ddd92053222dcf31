package ewgwatch

import (
	"cmp"
	"time"
)

// Subscription says who wants to hear what, how and when.
type Subscription struct {
	Name     string // of one line, for people and for logs; unique
	Interest Interest
	Channels []Channel // each gets every message, apart from the others
	Rhythm   Rhythm
	Quiet    QuietHours
	Lang     string // BCP 47 tag of its messages; "" for English
	Grouping Grouping
	Steps    []int     // independent voices at which a claim that was told is told again, ascending; none for never
	Paused   bool      // nothing is owed for what comes meanwhile; what was owed before is sent
	Since    time.Time // when it was made: what was claimed before is no news to it
	FromFile bool      // config.yaml says it, and it goes as that says it no more
}

// Interest is what a subscriber wants to hear of. Empty fields want all.
type Interest struct {
	States     []State
	Stances    []Stance // never Mentioned, unless it is named
	Events     []string // Event.IDs
	Kinds      []SourceKind
	Langs      []string
	MinSources int // independent voices that a claim must have; 0 for 1
	// Besides claims:
	Contradictions bool // a claim that another one contradicts
	Expectations   bool // that nobody named participants by the day
	Coverage       bool // sources that went blocked, silent or gone, and came back
}

// Channel is one way to reach a subscriber.
type Channel struct {
	Kind   ChannelKind
	To     string // e-mail address, URL, folder or command; may name a secret as ${env:NAME} or ${file:PATH}, which is read when it is used
	Secret string // reference to what signs a webhook: env:NAME or file:PATH; "" for none
}

// ChannelKind is what sort of channel one is.
type ChannelKind string

// The kinds.
const (
	MailChannel    ChannelKind = "mail"
	WebhookChannel ChannelKind = "webhook"
	ChatChannel    ChannelKind = "chat" // a service that shoutrrr speaks to
	FeedChannel    ChannelKind = "feed" // Atom and JSON feed in a folder
	StdoutChannel  ChannelKind = "stdout"
	CommandChannel ChannelKind = "command"
)

// ChannelKinds returns every kind.
func ChannelKinds() []ChannelKind {
	return []ChannelKind{MailChannel, WebhookChannel, ChatChannel, FeedChannel, StdoutChannel, CommandChannel}
}

// Rhythm says when messages go out. The zero value is at once.
type Rhythm struct {
	Every Period
	Day   time.Weekday   // of a weekly digest
	At    time.Duration  // since midnight
	Zone  *time.Location // nil for UTC
}

// Period is how often a digest goes out.
type Period string

// The periods.
const (
	Immediately Period = "" // no digest
	Daily       Period = "daily"
	Weekly      Period = "weekly"
)

// QuietHours are hours in which nothing is sent: what is due waits for their end.
// Where From and To are the same there are none. They may run over midnight.
type QuietHours struct {
	From, To time.Duration  // since midnight
	Zone     *time.Location // nil for UTC
}

// Grouping says which news of one night share a message.
type Grouping string

// The groupings.
const (
	ByClaim Grouping = "" // a message a claim
	ByEvent Grouping = "event"
	ByState Grouping = "state"
	ByNight Grouping = "night" // all of it
)

// Zone returns where a subscriber lives, as far as its rhythm or else its quiet hours
// say; UTC where neither does.
func (s *Subscription) Zone() *time.Location {
	return cmp.Or(s.Rhythm.Zone, s.Quiet.Zone, time.UTC)
}
