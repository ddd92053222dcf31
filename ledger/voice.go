package ledger

import (
	"strings"

	"ewgwatch"
)

// Voices counts the independent voices among the findings of one claim. Two
// findings are one voice where
//   - one publisher says both: the hosts of their sources are the same, so that
//     the English and the Malay page of one agency count once;
//   - their quotes are the same once normalised (ewgwatch.NormaliseQuote); or
//   - their quotes are nearly the same: see alike.
//
// Copies of copies belong together, and the order of the findings does not
// matter. Titles are left out: two ministries head their pages "Experts'
// Working Group on Counter-Terrorism" and copy nothing. A translation counts as
// a voice of its own, and so does a story told in new words.
func Voices(findings []ewgwatch.Finding) int {
	q := newQuotes()
	sayings := make([]saying, len(findings))
	for i, f := range findings {
		sayings[i] = q.saying(f)
	}
	return q.voices(sayings)
}

// publisher returns the host a source stands on, with its port.
func publisher(s ewgwatch.Source) string {
	host, _, _ := strings.Cut(s.ID, "/")
	return host
}

func (q *quotes) voices(sayings []saying) int {
	f := newForest(len(sayings))
	firstOf := map[int]int{}
	for i, s := range sayings {
		f.joinFirst(firstOf, s.publisher, i)
	}
	if f.trees == 1 {
		return 1
	}
	clear(firstOf)
	var texts []text
	for i, s := range sayings {
		p := q.imprint(s.quote)
		if f.joinFirst(firstOf, p.words, i) {
			texts = append(texts, text{at: i, shingles: p.shingles})
		}
	}
	f.joinAlike(texts)
	return f.trees
}

// forest is a union-find over numbers.
type forest struct {
	parent []int
	trees  int
}

func newForest(size int) *forest {
	f := &forest{parent: make([]int, size), trees: size}
	for i := range f.parent {
		f.parent[i] = i
	}
	return f
}

func (f *forest) root(i int) int {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

func (f *forest) join(i, j int) {
	if a, b := f.root(i), f.root(j); a != b {
		f.parent[a] = b
		f.trees--
	}
}

// joinFirst joins i with the first of the same number, and reports whether it
// has a number and is that first.
func (f *forest) joinFirst(firstOf map[int]int, number, i int) bool {
	if number == none {
		return false
	}
	j, seen := firstOf[number]
	if seen {
		f.join(i, j)
		return false
	}
	firstOf[number] = i
	return true
}
