package message

import (
	"fmt"
	"time"

	"ewgwatch"
)

// Message is an alert in every shape that a channel may want.
type Message struct {
	ID, Thread string // Alert.ID and Alert.Thread, as they are
	Subject    string // one line of plain text without control characters, at most 150 columns
	Topic      string // of a thread, for answers: the same for all that is told of a state at an event
	Text       string // plain text, safe on a terminal; lines of 72 columns but for those of links
	HTML       string // a whole document that loads nothing
	Markdown   string // CommonMark; foreign text is escaped, and calls nobody
	Short      string // one line of at most 300 characters
	JSON       []byte // by [Schema]; foreign text is as it was read
}

// Options says for whom a message is rendered. The zero value is a reader of English
// whose clock is on UTC.
type Options struct {
	Zone        *time.Location // of the reader; nil for UTC
	Lang        string         // BCP 47 tag; English where there are no words for it
	Base        string         // http or https URL of a dashboard that has alerts at alerts/ID below it; "" for none
	Unsubscribe string         // how to leave, in one line; "" to say nothing of it
}

// Render returns the message of an alert. It refuses one of a class it does not know,
// and one without a notice that is no test.
func Render(alert ewgwatch.Alert, options Options) (Message, error) {
	l, err := letterOf(tidyAlert(alert), options)
	if err != nil {
		return Message{}, fmt.Errorf("message of alert %q: %w", alert.ID, err)
	}
	m := Message{ID: alert.ID, Thread: alert.Thread, Subject: l.Subject, Topic: l.Topic, Short: short(l), Text: text(l), Markdown: markdown(l)}
	if m.HTML, err = html(l); err == nil {
		m.JSON, err = webhook(alert, m)
	}
	if err != nil {
		return Message{}, fmt.Errorf("message of alert %q: %w", alert.ID, err)
	}
	return m, nil
}
