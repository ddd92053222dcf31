package ewgwatch_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

// world is a coverage of some sources, each on a host of its own.
func world(nights string) (coverage []ewgwatch.Coverage) {
	for i, kind := range nights {
		c := kinds[kind]
		c.Source = fmt.Sprintf("host%d.example/news", i)
		coverage = append(coverage, c)
	}
	return coverage
}

func TestANetworkThatIsDownIsTold(t *testing.T) {
	for _, c := range []struct {
		name, sources string
		down          bool
	}{
		{"no source answers", "DDDTTD", true},
		{"one of ten is read", "DDDDDDDDDG", true},
		{"two of ten are read", "DDDDDDDDGG", false},
		{"one of ten answers with a refusal", "DDDDDTTTTB", true},
		{"those that were not visited do not count", "DDDOOOCCC", true},
		{"of two sources nobody can tell", "DD", false},
		{"all answer", "GGGGBB", false},
		{"all are gone by their own word", "4444", false},
		{"nothing was watched", "", false},
		{"nothing was visited", "CCCC", false},
	} {
		if got := ewgwatch.NetworkDown(world(c.sources)); got != c.down {
			t.Errorf("%s: %s is down: %v", c.name, c.sources, got)
		}
	}
	one := world("DDDD")
	for i := range one {
		one[i].Source = fmt.Sprintf("host.example/%d", i)
	}
	if ewgwatch.NetworkDown(one) {
		t.Error("four sources of one host that is down are no proof")
	}
}

// Whatever came before, and whoever is watched: a night without a network moves
// nothing, and a night that was cut short moves nothing.
func TestNothingChangesOnANightWithoutANetwork(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "GG1..PBRLD4TSsUCO"
	for range 300 {
		healths, sources := map[string]ewgwatch.Health{}, 3+random.IntN(20)
		for night := range 1 + random.IntN(30) {
			var kinds strings.Builder
			for range sources {
				kinds.WriteByte(letters[random.IntN(len(letters))])
			}
			for _, h := range ewgwatch.Checkup(healths, runOf(night, world(kinds.String())...)) {
				healths[h.Source] = h
			}
		}
		for _, dark := range []string{strings.Repeat("D", sources), strings.Repeat("T", sources), strings.Repeat("C", sources), strings.Repeat("O", sources)} {
			if got := ewgwatch.Checkup(healths, runOf(99, world(dark)...)); len(got) > 0 {
				t.Fatalf("%s moved %v", dark, got)
			}
		}
	}
}

func TestACheckupMovesThoseTheNightCountsFor(t *testing.T) {
	before := map[string]ewgwatch.Health{}
	for night, kinds := range []string{"GGG", "GBC", "PBG"} {
		for _, h := range ewgwatch.Checkup(before, runOf(night, world(kinds)...)) {
			before[h.Source] = h
		}
	}
	got := map[string]string{}
	for id, h := range before {
		got[id] = fmt.Sprint(h.State, h.Counted)
	}
	want := map[string]string{"host0.example/news": "ok3", "host1.example/news": "blocked3", "host2.example/news": "ok2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheMedianIsTheMiddleOne(t *testing.T) {
	for _, c := range []struct {
		of   []int
		want int
	}{{nil, 0}, {[]int{7}, 7}, {[]int{9, 1}, 1}, {[]int{3, 100, 1}, 3}} {
		if got := ewgwatch.Median(c.of); got != c.want {
			t.Errorf("of %v it is %d, want %d", c.of, got, c.want)
		}
	}
}
