package match

import (
	"cmp"
	"slices"
)

// trie is a double array: the child of a state by a letter lies at the state's
// base plus the letter, and is its child where its parent says so. A step is
// one addition and one look, and a state takes twelve bytes.
type trie struct {
	states []state
	final  [][]int32 // patterns that end at a state; the first entry is empty
	width  int32     // letters there are
	free   int32     // the first vacant state
	top    int32     // all states from it on are vacant
}

type state struct {
	base   int32
	parent int32
	final  int32 // index into final
}

const (
	root   = int32(0)
	dead   = int32(-1) // what a step off the trie leads to
	vacant = int32(-2) // parent of a state that is none
)

// key is a folded pattern.
type key struct {
	text []letter
	id   int32
}

// newTrie holds those of the folded patterns that are wanted.
func newTrie(folded []string, a *alphabet, wanted func(int) bool) trie {
	var keys []key
	for i, text := range folded {
		if text != "" && wanted(i) {
			keys = append(keys, key{a.spell(text), int32(i)})
		}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(slices.Compare(a.text, b.text), cmp.Compare(a.id, b.id)) })
	t := trie{final: [][]int32{nil}, width: int32(a.size) + 1}
	t.free = t.width
	t.grow(t.free)
	t.states[root].parent = dead
	t.fill(root, keys, 0)
	return t
}

func (t *trie) empty() bool { return len(t.final) == 1 }

// fill hangs keys under a state. They are sorted and share their first depth
// letters.
func (t *trie) fill(at int32, keys []key, depth int) {
	var ends []int32
	for len(keys) > 0 && len(keys[0].text) == depth {
		ends, keys = append(ends, keys[0].id), keys[1:]
	}
	if len(ends) > 0 {
		t.states[at].final = int32(len(t.final))
		t.final = append(t.final, ends)
	}
	if len(keys) == 0 {
		return
	}
	children := firsts(keys, depth)
	base := t.place(children)
	t.adopt(at, base, children)
	for _, l := range children {
		n := 0
		for n < len(keys) && keys[n].text[depth] == l {
			n++
		}
		t.fill(base+int32(l), keys[:n], depth+1)
		keys = keys[n:]
	}
}

// firsts returns the letters at a depth of sorted keys, each once.
func firsts(keys []key, depth int) []letter {
	var all []letter
	for _, k := range keys {
		if l := k.text[depth]; len(all) == 0 || all[len(all)-1] != l {
			all = append(all, l)
		}
	}
	return all
}

// place finds a base from which the states of all children are vacant. Only
// single children, which fit anywhere, look for gaps far back.
func (t *trie) place(children []letter) int32 {
	first, at := int32(children[0]), t.free
	if len(children) > 1 {
		at = max(at, t.top-lookBack)
	}
	for !t.fits(at-first, children) {
		at++
	}
	return at - first
}

const lookBack = 128

// grow makes room for all children of the states below a number.
func (t *trie) grow(to int32) {
	for int32(len(t.states)) < to+t.width {
		t.states = append(t.states, state{parent: vacant})
	}
}

// adopt makes the states from a base on children of another.
func (t *trie) adopt(parent, base int32, children []letter) {
	t.states[parent].base = base
	for _, l := range children {
		t.states[base+int32(l)].parent = parent
	}
	t.top = max(t.top, base+int32(children[len(children)-1])+1)
	t.grow(t.top)
	for t.states[t.free].parent != vacant {
		t.free++
	}
}

func (t *trie) fits(base int32, children []letter) bool {
	t.grow(base + 1)
	for _, l := range children {
		if t.states[base+int32(l)].parent != vacant {
			return false
		}
	}
	return true
}

func (t *trie) child(at int32, l letter) int32 {
	to := t.states[at].base + int32(l)
	if t.states[to].parent == at {
		return to
	}
	return dead
}
