package ledger

import "slices"

// Quotes are copies of one text from a likeness of 3/4: the Jaccard index of
// their sets of shingles, runs of a few characters (Broder, "On the resemblance
// and containment of documents", 1997), over the normalised quotes. A dateline
// added, a word changed or a short clause cut stays above it; lists of the same
// states in sentences of two reporters stay below, if not always by much.
const (
	likenessOver  = 3
	likenessUnder = 4
)

// text is a quote to compare, at its place in a forest.
type text struct {
	at int32
	*imprint
}

// few is up to how many texts every pair is compared. Beyond, an index finds the
// pairs that can be alike.
const few = 100

func (f *forest) joinAlike(texts []text) {
	if len(texts) <= few {
		f.joinPairs(texts)
		return
	}
	f.joinIndexed(texts)
}

func (f *forest) joinPairs(texts []text) {
	for i, a := range texts {
		for _, b := range texts[:i] {
			f.joinIfAlike(a, b)
		}
	}
}

func (f *forest) joinIfAlike(a, b text) {
	if a.mayBeLike(b.imprint) && !f.joined(a.at, b.at) && alike(a.shingles(), b.shingles()) {
		f.join(a.at, b.at)
	}
}

// mayBeLike reports false where two quotes have too little in common for certain.
func (p *imprint) mayBeLike(other *imprint) bool {
	return p.sieve.common(&other.sieve) >= leastCommon(p.sieve.kept+other.sieve.kept)
}

// leastCommon is how much two sets, of so many together, have in common at least
// where they are as like as copies are.
func leastCommon(together int32) int32 {
	const both = likenessOver + likenessUnder
	return (likenessOver*together + both - 1) / both
}

// joinIndexed finds the same pairs as joinPairs: two sets that are alike must
// share one of their rarest shingles (Bayardo, Ma and Srikant, "Scaling up all
// pairs similarity search", 2007).
func (f *forest) joinIndexed(texts []text) {
	common := map[uint32]uint32{}
	for _, t := range texts {
		for _, s := range t.shingles() {
			common[s]++
		}
	}
	holders := map[uint32][]int32{}
	compared := make([]int32, len(texts)) // with which text last, from 1
	var order []uint64
	for i, t := range texts {
		order = order[:0]
		for _, s := range t.shingles() {
			order = append(order, uint64(common[s])<<32|uint64(s))
		}
		slices.Sort(order)
		for _, rare := range order[:prefix(len(order))] {
			s := uint32(rare & (1<<32 - 1))
			for _, j := range holders[s] {
				if compared[j] != int32(i)+1 {
					compared[j] = int32(i) + 1
					f.joinIfAlike(t, texts[j])
				}
			}
			holders[s] = append(holders[s], int32(i))
		}
	}
}

// prefix returns how many of the rarest shingles of a set of a size must be
// looked at to miss no set that is like it.
func prefix(size int) int {
	if size == 0 {
		return 0
	}
	return size - (likenessOver*size+likenessUnder-1)/likenessUnder + 1
}

// alike reports whether two sorted sets are as like as copies are.
func alike(a, b []uint32) bool {
	want := int(leastCommon(int32(len(a) + len(b))))
	if want == 0 {
		return false
	}
	i, j := 0, 0
	for want > 0 && len(a)-i >= want && len(b)-j >= want {
		switch {
		case a[i] == b[j]:
			want--
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return want == 0
}
