package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ewgwatch"
	"ewgwatch/store"
)

func TestFurnitureComesBackAsItWasKept(t *testing.T) {
	s := open(t, store.Options{})
	want := ewgwatch.Furniture{
		Host:   "tribune.test",
		Learnt: []ewgwatch.Learnt{{Run: "20230101T000000.000Z", Blocks: []uint64{1, 1 << 63}}, {Run: "20230102T000000.000Z", Blocks: []uint64{7}}},
		Seen:   []ewgwatch.Sighting{{Block: 3, First: 4}, {Block: 5, First: 6, Then: 7}},
	}
	if err := s.PutFurniture([]ewgwatch.Furniture{want, {Host: "other.test"}}); err != nil {
		t.Fatal(err)
	}
	have, err := s.Furniture("tribune.test")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have, cmpopts.IgnoreUnexported(ewgwatch.Furniture{})); diff != "" {
		t.Error(diff)
	}
	if none, err := s.Furniture("never.test"); err != nil || len(none.Learnt)+len(none.Seen) > 0 {
		t.Errorf("of a host never met: %+v, %v", none, err)
	}
}
