// Package match finds many fixed phrases in a text at once: an Aho-Corasick
// automaton over folded text whose matches overlap and whose offsets lead back
// to the original bytes. It knows nothing of languages or words; what counts
// as a whole word is the caller's business.
//
// The libraries looked at either drop overlapping matches, which hides "port"
// in "port strike", or do not say where in the original a match stands.
package match

import (
	"sort"
)

// Match is one occurrence of a pattern in the original text.
type Match struct {
	Pattern int // index into the patterns given to Build
	Start   int // byte offset into the original text
	End     int
}

// Automaton finds a fixed set of patterns. It is immutable and safe for
// concurrent use.
type Automaton struct {
	// dense[state*classes+class] is the next state of the states near the
	// root, failure transitions resolved; most of a text is read there.
	dense   []int32
	class   [256]uint8
	classes int
	nodes   []node
	lengths []int32 // of each pattern, in folded bytes
	shallow int32   // states below this number are dense
}

type node struct {
	fail    int32
	output  int32   // nearest suffix state that ends a pattern, or -1
	ends    []int32 // patterns that end here
	edges   []edge  // sorted by byte class
	ownEnds bool
}

type edge struct {
	class uint8
	to    int32
}

const denseStates = 1 << 12

// Build prepares an automaton for patterns, which are folded first. Empty
// patterns never match. A pattern given twice matches twice.
func Build(patterns []string) *Automaton {
	folded := make([]string, len(patterns))
	for i, p := range patterns {
		folded[i] = Fold(p).text
	}
	a := &Automaton{lengths: make([]int32, len(patterns))}
	a.classify(folded)
	t := newTrie()
	for i, p := range folded {
		a.lengths[i] = int32(len(p))
		if p != "" {
			t.insert(p, int32(i), &a.class)
		}
	}
	a.number(t)
	a.link()
	a.densify()
	return a
}

// classify gives every byte that occurs in a pattern a class of its own; all
// others share class 0.
func (a *Automaton) classify(patterns []string) {
	var used [256]bool
	for _, p := range patterns {
		for i := range len(p) {
			used[p[i]] = true
		}
	}
	next := 1
	for b, u := range used {
		if u && next < 256 {
			a.class[b] = uint8(next)
			next++
		}
	}
	a.classes = next
}

type trie struct{ nodes []trieNode }

type trieNode struct {
	next map[uint8]int32
	ends []int32
}

func newTrie() *trie { return &trie{nodes: []trieNode{{}}} }

func (t *trie) insert(p string, id int32, class *[256]uint8) {
	at := int32(0)
	for i := range len(p) {
		c := class[p[i]]
		to, ok := t.nodes[at].next[c]
		if !ok {
			to = int32(len(t.nodes))
			t.nodes = append(t.nodes, trieNode{})
			if t.nodes[at].next == nil {
				t.nodes[at].next = map[uint8]int32{}
			}
			t.nodes[at].next[c] = to
		}
		at = to
	}
	t.nodes[at].ends = append(t.nodes[at].ends, id)
}

// number lays the trie out breadth first, so that the states near the root,
// where a text is mostly read, have the lowest numbers.
func (a *Automaton) number(t *trie) {
	order := make([]int32, 1, len(t.nodes)) // breadth-first order of trie nodes
	name := make([]int32, len(t.nodes))
	a.nodes = make([]node, len(t.nodes))
	for at := 0; at < len(order); at++ {
		from := t.nodes[order[at]]
		n := &a.nodes[at]
		n.ends, n.ownEnds = from.ends, len(from.ends) > 0
		classes := make([]int, 0, len(from.next))
		for c := range from.next {
			classes = append(classes, int(c))
		}
		sort.Ints(classes)
		for _, c := range classes {
			child := from.next[uint8(c)]
			name[child] = int32(len(order))
			order = append(order, child)
			n.edges = append(n.edges, edge{uint8(c), name[child]})
		}
	}
}

// link sets failure and output links; breadth-first numbers make every link
// point to a lower number.
func (a *Automaton) link() {
	a.nodes[0].output = -1
	for i := range a.nodes {
		for _, e := range a.nodes[i].edges {
			child := &a.nodes[e.to]
			if i != 0 {
				child.fail = a.step(a.nodes[i].fail, e.class)
			}
			child.output = a.nodes[child.fail].output
			if a.nodes[child.fail].ownEnds {
				child.output = child.fail
			}
		}
	}
}

func (a *Automaton) step(state int32, class uint8) int32 {
	for {
		if to := a.nodes[state].child(class); to != 0 {
			return to
		}
		if state == 0 {
			return 0
		}
		state = a.nodes[state].fail
	}
}

func (n *node) child(class uint8) int32 {
	if len(n.edges) <= 8 {
		for _, e := range n.edges {
			if e.class == class {
				return e.to
			}
		}
		return 0
	}
	i := sort.Search(len(n.edges), func(i int) bool { return n.edges[i].class >= class })
	if i < len(n.edges) && n.edges[i].class == class {
		return n.edges[i].to
	}
	return 0
}

func (a *Automaton) densify() {
	a.shallow = int32(min(len(a.nodes), denseStates))
	a.dense = make([]int32, int(a.shallow)*a.classes)
	for s := range a.shallow {
		for c := 1; c < a.classes; c++ {
			a.dense[int(s)*a.classes+c] = a.step(s, uint8(c))
		}
	}
}

// Find calls yield for every occurrence of every pattern, by the end of the
// occurrence, the longest first, until yield returns false. Where among is not
// empty, only the patterns it marks are reported; passing over the others costs
// next to nothing.
func (a *Automaton) Find(f *Folded, among []bool, yield func(Match) bool) {
	state := int32(0)
	for i := range len(f.text) {
		state = a.next(state, a.class[f.text[i]])
		if n := &a.nodes[state]; (n.ownEnds || n.output >= 0) && !a.report(f, among, state, i+1, yield) {
			return
		}
	}
}

func (a *Automaton) next(state int32, class uint8) int32 {
	for state >= a.shallow {
		n := &a.nodes[state]
		if to := n.child(class); to != 0 {
			return to
		}
		state = n.fail
	}
	return a.dense[int(state)*a.classes+int(class)]
}

func (a *Automaton) report(f *Folded, among []bool, state int32, end int, yield func(Match) bool) bool {
	if !a.nodes[state].ownEnds {
		state = a.nodes[state].output
	}
	for ; state >= 0; state = a.nodes[state].output {
		for _, p := range a.nodes[state].ends {
			if len(among) > 0 && !among[p] {
				continue
			}
			start, stop := f.Original(end-int(a.lengths[p]), end)
			if !yield(Match{Pattern: int(p), Start: start, End: stop}) {
				return false
			}
		}
	}
	return true
}
