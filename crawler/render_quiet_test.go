package crawler

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestPageIsDoneWhenLoadedAndQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQuiet(500 * time.Millisecond)
		start := time.Now()
		for _, step := range []struct {
			after time.Duration
			do    func()
		}{
			{0, q.begin},
			{time.Second, q.end}, // quiet, but not loaded
			{2 * time.Second, q.loaded},
			{2400 * time.Millisecond, q.begin},
			{2500 * time.Millisecond, q.loaded}, // of a page it moved on to
			{3 * time.Second, q.end},
			{3400 * time.Millisecond, q.begin},
			{3450 * time.Millisecond, q.end},
		} {
			time.AfterFunc(step.after, step.do)
		}
		<-q.rest
		if got := time.Since(start); got != 3950*time.Millisecond {
			t.Errorf("done after %v", got)
		}
		q.begin()
		q.end()
		<-time.After(time.Second) // a second rest is none
	})
}
