package crawler

import (
	"fmt"
	"io"
	"time"
)

// A body that only drips keeps a connection and a place in the night for
// nothing. After the grace it must have come at this rate.
const (
	dripGrace = 10 * time.Second
	dripRate  = 256 // bytes a second, from the start
)

// dripError is the flaw of a body that came too slowly.
type dripError struct {
	bytes int64
	after time.Duration
}

func (e *dripError) Error() string {
	return fmt.Sprintf("body drips: %d bytes within %v", e.bytes, e.after.Round(time.Second))
}

// steady reads a body as long as it comes steadily.
type steady struct {
	body  io.Reader
	began time.Time
	got   int64
}

func newSteady(body io.Reader) *steady { return &steady{body: body, began: time.Now()} }

func (s *steady) Read(b []byte) (int, error) {
	n, err := s.body.Read(b)
	s.got += int64(n)
	after := time.Since(s.began)
	if err == nil && after > dripGrace && float64(s.got) < dripRate*after.Seconds() {
		return n, &dripError{s.got, after}
	}
	return n, err
}
