// Package stdout prints messages for a person at a terminal, a paragraph each.
package stdout

import (
	"context"
	"io"
	"strings"
	"sync"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

// Open returns what opens w as a channel. Senders share it and write whole
// messages.
func Open(w io.Writer) send.Opener {
	printer := &printer{w: w}
	return func(ewgwatch.Channel) (send.Sender, error) { return printer, nil }
}

type printer struct {
	mu sync.Mutex
	w  io.Writer
}

// Send prints one message. No character of it can move the cursor or colour the
// screen.
func (p *printer) Send(_ context.Context, d send.Delivery) (send.Answer, error) {
	text := paragraph(d.Message)
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := io.WriteString(p.w, text+"\n"); err != nil {
		return send.Answer{}, err
	}
	return send.Answer{Response: "printed", Text: text}, nil
}

// Close does nothing: the writer is not ours.
func (*printer) Close() error { return nil }

// paragraph is subject and text, without empty lines.
func paragraph(m send.Message) string {
	var b strings.Builder
	b.WriteString(plain.Line(m.Subject) + "\n")
	for line := range strings.Lines(m.Text) {
		if line = plain.Line(line); line != "" {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}
