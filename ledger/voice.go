package ledger

import (
	"hash/fnv"
	"slices"

	"ewgwatch"
)

// Likeness from which two quotes count as copies of one text: the Jaccard
// index of their sets of five-character shingles (Broder 1997) over the
// normalised quote. Re-headlined and lightly cut copies stay well above it,
// two reporters' own sentences about one fact well below.
const copyLikeness = 0.6

const shingle = 5 // characters

// Voices counts the independent voices among findings: those of one source
// count once, and so do those whose quotes are copies of one text, whoever
// prints them. Copies of copies belong together.
func Voices(findings []ewgwatch.Finding) int {
	v := voices{parent: make([]int, len(findings)), count: len(findings)}
	for i := range v.parent {
		v.parent[i] = i
	}
	v.joinEqual(findings, func(f ewgwatch.Finding) string { return f.Source.ID })
	v.joinEqual(findings, func(f ewgwatch.Finding) string { return ewgwatch.NormaliseQuote(f.Quote) })
	v.joinAlike(findings)
	return v.count
}

// voices is a union-find forest over findings.
type voices struct {
	parent []int
	count  int
}

func (v *voices) root(i int) int {
	for v.parent[i] != i {
		v.parent[i] = v.parent[v.parent[i]]
		i = v.parent[i]
	}
	return i
}

func (v *voices) join(i, j int) {
	if a, b := v.root(i), v.root(j); a != b {
		v.parent[a] = b
		v.count--
	}
}

// joinEqual joins findings that agree in something known.
func (v *voices) joinEqual(findings []ewgwatch.Finding, of func(ewgwatch.Finding) string) {
	first := map[string]int{}
	for i, f := range findings {
		what := of(f)
		if what == "" {
			continue
		}
		if j, ok := first[what]; ok {
			v.join(i, j)
			continue
		}
		first[what] = i
	}
}

// joinAlike joins findings whose quotes are nearly the same.
func (v *voices) joinAlike(findings []ewgwatch.Finding) {
	prints := make([][]uint32, len(findings))
	for i, f := range findings {
		prints[i] = shingles(ewgwatch.NormaliseQuote(f.Quote))
	}
	for i := range findings {
		for j := range i {
			if v.root(i) != v.root(j) && alike(prints[i], prints[j]) {
				v.join(i, j)
			}
		}
	}
}

// shingles returns the hashes of the shingles of a text, sorted, each once.
func shingles(s string) []uint32 {
	runes := []rune(s)
	if len(runes) < shingle {
		return nil
	}
	hashes := make([]uint32, 0, len(runes))
	for i := range len(runes) - shingle + 1 {
		h := fnv.New32a()
		h.Write([]byte(string(runes[i : i+shingle])))
		hashes = append(hashes, h.Sum32())
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

func alike(a, b []uint32) bool {
	if min(len(a), len(b))*10 < max(len(a), len(b))*6 {
		return false // even one inside the other would be too unlike
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return common > 0 && float64(common) >= copyLikeness*float64(len(a)+len(b)-common)
}
