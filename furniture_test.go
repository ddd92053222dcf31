package ewgwatch_test

import (
	"fmt"
	"testing"

	"ewgwatch"
)

func TestBlockIsFurnitureForTheRunsAfterItsThirdPage(t *testing.T) {
	var f ewgwatch.Furniture
	f.See("1", "https://a.test/x", []uint64{7, 8})
	f.See("1", "https://a.test/x", []uint64{7}) // the same page once more
	f.See("1", "https://a.test/y", []uint64{7})
	f.See("2", "https://a.test/y", []uint64{7})
	if known := f.Before("3"); known(7) {
		t.Error("two pages made furniture")
	}
	f.See("2", "https://a.test/z", []uint64{7, 9})
	if f.Before("2")(7) {
		t.Error("a run reads with what it has learnt itself")
	}
	if known := f.Before("3"); !known(7) || known(8) || known(9) {
		t.Errorf("the next run knows 7, 8, 9 as %t, %t, %t; want 7 alone", known(7), known(8), known(9))
	}
	if f.Before("2")(7) {
		t.Error("the past has changed")
	}
}

func TestBlocksThatDoNotRepeatAreForgottenAtLast(t *testing.T) {
	var f ewgwatch.Furniture
	for i := range uint64(9000) {
		f.See("1", fmt.Sprint("https://a.test/", i%97), []uint64{1000 + i})
		f.See("1", fmt.Sprint("https://a.test/", i%97), []uint64{1, 2})
	}
	if n := len(f.Seen); n > 4000 {
		t.Errorf("%d sightings are kept", n)
	}
	if known := f.Before("2"); !known(1) || !known(2) || known(1000) {
		t.Error("what stands on every page was not learnt, or what stands on one was")
	}
}
