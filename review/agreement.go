package review

import (
	"cmp"
	"slices"

	"ewgwatch"
)

// Agreement is how far two analysts agree on the findings on which both ruled, by
// what each said last.
type Agreement struct {
	A, B      string // in this order
	N         int    // findings on which both ruled
	Agreed    int    // those on which both accept, both reject or both correct
	Otherwise int    // of these, those that both correct, each to something else
	Kappa     float64
	Defined   bool // whether Kappa is: not where chance alone would make them agree on everything
}

// Raw is the part of the findings on which they agree, 0 to 1; 0 where there are
// none.
func (a Agreement) Raw() float64 {
	if a.N == 0 {
		return 0
	}
	return float64(a.Agreed) / float64(a.N)
}

// Agreements returns the agreement of every pair of analysts who ruled on one finding
// at least, by name. Kappa is that of Cohen, A coefficient of agreement for nominal
// scales, Educational and Psychological Measurement 20 (1960), over accept, reject
// and correct.
func Agreements(words []ewgwatch.Review) []Agreement {
	counts := map[[2]string]*table3{}
	for _, said := range Latest(words) {
		slices.SortFunc(said, func(a, b ewgwatch.Review) int { return cmp.Compare(a.By, b.By) })
		for i, a := range said {
			for _, b := range said[i+1:] {
				pair := [2]string{a.By, b.By}
				if counts[pair] == nil {
					counts[pair] = &table3{}
				}
				counts[pair].add(a, b)
			}
		}
	}
	all := make([]Agreement, 0, len(counts))
	for pair, counted := range counts {
		all = append(all, counted.agreement(pair))
	}
	slices.SortFunc(all, func(a, b Agreement) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return all
}

// table3 counts what two analysts said: a row for each ruling of the first, a column
// for each of the second.
type table3 struct {
	cells     [3][3]int
	otherwise int
}

func (t *table3) add(a, b ewgwatch.Review) {
	row, column := slices.Index(ewgwatch.Rulings(), a.Ruling), slices.Index(ewgwatch.Rulings(), b.Ruling)
	if row < 0 || column < 0 {
		return // of a later program
	}
	t.cells[row][column]++
	if row == column && !a.Agrees(b) {
		t.otherwise++
	}
}

func (t *table3) agreement(pair [2]string) Agreement {
	a := Agreement{A: pair[0], B: pair[1], Otherwise: t.otherwise}
	var rows, columns [3]int
	for i, row := range t.cells {
		a.Agreed += row[i]
		for j, n := range row {
			a.N += n
			rows[i] += n
			columns[j] += n
		}
	}
	byChance := 0 // times N squared: whole numbers, so that 1 is exactly 1
	for i := range rows {
		byChance += rows[i] * columns[i]
	}
	if whole := a.N * a.N; byChance != whole {
		a.Defined = true
		a.Kappa = float64(a.N*a.Agreed-byChance) / float64(whole-byChance)
	}
	return a
}
