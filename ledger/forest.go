package ledger

// forest is a union-find over numbers.
type forest struct {
	parent []int32
	trees  int
}

func newForest(size int) *forest {
	f := &forest{parent: make([]int32, size), trees: size}
	for i := range f.parent {
		f.parent[i] = int32(i)
	}
	return f
}

func (f *forest) root(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

func (f *forest) joined(i, j int32) bool { return f.root(i) == f.root(j) }

func (f *forest) join(i, j int32) {
	if a, b := f.root(i), f.root(j); a != b {
		f.parent[a] = b
		f.trees--
	}
}

// firsts tells where each number was seen first, round by round: a round begins
// without forgetting the one before, which would cost as much as all numbers.
type firsts struct {
	seen  []sighting // by number
	round int32
}

type sighting struct{ round, at int32 }

func (f *firsts) begin() { f.round++ }

// of returns where a number was seen first in this round, which is at where it
// was not seen yet.
func (f *firsts) of(number, at int32) int32 {
	for int(number) >= len(f.seen) {
		f.seen = append(f.seen, sighting{})
	}
	if s := &f.seen[number]; s.round != f.round {
		*s = sighting{f.round, at}
	}
	return f.seen[number].at
}
