package review_test

import (
	"fmt"
	"math"
	"testing"

	"ewgwatch"
	"ewgwatch/review"
)

// both has ada and ben rule on findings as a table says: rows are ada's.
func both(cells [3][3]int) (words []ewgwatch.Review) {
	for i, row := range cells {
		for j, n := range row {
			for k := range n {
				id := fmt.Sprint(i, j, k)
				words = append(words,
					ewgwatch.Review{Finding: id, By: "ada", Ruling: ewgwatch.Rulings()[i]},
					ewgwatch.Review{Finding: id, By: "ben", Ruling: ewgwatch.Rulings()[j]})
			}
		}
	}
	return words
}

func TestKappaIsThatOfPublishedExamples(t *testing.T) {
	for _, c := range []struct {
		source  string
		cells   [3][3]int
		n       int
		raw     float64
		kappa   float64 // to three places
		defined bool
	}{
		{"Cohen 1968, table 1 without its weights", [3][3]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}, 200, 0.70, 0.492, true},
		{"Wikipedia, 50 grants", [3][3]int{{20, 5}, {10, 15}}, 50, 0.70, 0.400, true},
		{"Wikipedia, 60 agree, skewed alike", [3][3]int{{45, 15}, {25, 15}}, 100, 0.60, 0.130, true},
		{"Wikipedia, 60 agree, skewed apart", [3][3]int{{25, 35}, {5, 35}}, 100, 0.60, 0.259, true},
		{"agreement on everything", [3][3]int{{4}, {0, 3}, {0, 0, 2}}, 9, 1, 1, true},
		{"agreement on nothing", [3][3]int{{0, 5}, {5, 0}}, 10, 0, -1, true},
		{"one ruling of one analyst only", [3][3]int{{5, 5}}, 10, 0.5, 0, true},
		{"one ruling of both", [3][3]int{{7}}, 7, 1, 0, false},
	} {
		all := review.Agreements(both(c.cells))
		if len(all) != 1 {
			t.Fatalf("%s: %d pairs", c.source, len(all))
		}
		a := all[0]
		if a.A != "ada" || a.B != "ben" || a.N != c.n || a.Defined != c.defined || math.Abs(a.Raw()-c.raw) > 1e-9 || math.Abs(a.Kappa-c.kappa) > 0.0005 {
			t.Errorf("%s: %+v, raw %.3f", c.source, a, a.Raw())
		}
	}
}

func TestAgreementIsOfWhatEachSaidLast(t *testing.T) {
	words := both([3][3]int{{1}, {0, 1}})
	words[1].Ruling, words[1].At = ewgwatch.Reject, noon
	words = append(words,
		ewgwatch.Review{Finding: words[1].Finding, By: "ben", Ruling: ewgwatch.Correct, State: "LA", At: noon.Add(1)},
		ewgwatch.Review{Finding: words[0].Finding, By: "ada", Ruling: ewgwatch.Correct, State: "VN", At: noon.Add(-1)},
		ewgwatch.Review{Finding: "alone", By: "cy", Ruling: ewgwatch.Accept})
	words[0].At = noon.Add(-2)
	all := review.Agreements(words)
	if len(all) != 1 || all[0].N != 2 || all[0].Agreed != 2 || all[0].Otherwise != 1 {
		t.Errorf("%+v", all)
	}
	if all := review.Agreements(nil); len(all) != 0 || (review.Agreement{}).Raw() != 0 {
		t.Errorf("of nothing: %+v", all)
	}
}
