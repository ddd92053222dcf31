package ewgwatch

import "hash/fnv"

// Furniture is what a host prints on page after page: menus, tickers, teasers,
// mottoes. A block is furniture once it was seen on three pages, for the runs
// after the one that saw it: what a run reads with does not change under it,
// and can be told again later.
type Furniture struct {
	Host   string
	Learnt []Learnt   // oldest run first
	Seen   []Sighting // blocks seen on one or two pages, the latest seen last

	known map[uint64]bool // all of Learnt; nil until needed
}

// Learnt is what one run found to be furniture.
type Learnt struct {
	Run    string // Run.ID
	Blocks []uint64
}

// Sighting is a block with the pages it was seen on, 0 where there is no second.
type Sighting struct {
	Block       uint64
	First, Then uint64 // hashes of canonical URLs
}

// Bounds of one host's memory. What repeats is seen again soon: of blocks seen
// once only the latest hundred pages' worth is kept.
const (
	maxLearnt   = 4000
	maxSighting = 4000
)

// Before returns what runs before the given one learnt.
func (f *Furniture) Before(run string) func(block uint64) bool {
	known := map[uint64]bool{}
	for _, l := range f.Learnt {
		if l.Run < run {
			for _, b := range l.Blocks {
				known[b] = true
			}
		}
	}
	return func(block uint64) bool { return known[block] }
}

// See remembers the blocks of a page, by its canonical URL.
func (f *Furniture) See(run, page string, blocks []uint64) {
	fresh := f.unknown(blocks)
	name := pageHash(page)
	rest := make([]Sighting, 0, len(f.Seen)+len(fresh))
	var again []Sighting
	for _, s := range f.Seen {
		if !fresh[s.Block] {
			rest = append(rest, s)
			continue
		}
		delete(fresh, s.Block)
		if s.third(name) && len(f.known) < maxLearnt {
			f.learn(run, s.Block)
			continue
		}
		again = append(again, s.with(name))
	}
	rest = append(rest, again...)
	for _, b := range blocks {
		if fresh[b] {
			rest = append(rest, Sighting{Block: b, First: name})
			delete(fresh, b)
		}
	}
	f.Seen = rest[max(0, len(rest)-maxSighting):]
}

// unknown returns the blocks that are not furniture yet.
func (f *Furniture) unknown(blocks []uint64) map[uint64]bool {
	if f.known == nil {
		f.known = map[uint64]bool{}
		for _, l := range f.Learnt {
			for _, b := range l.Blocks {
				f.known[b] = true
			}
		}
	}
	unknown := map[uint64]bool{}
	for _, b := range blocks {
		if !f.known[b] {
			unknown[b] = true
		}
	}
	return unknown
}

func (f *Furniture) learn(run string, block uint64) {
	f.known[block] = true
	if n := len(f.Learnt); n == 0 || f.Learnt[n-1].Run != run {
		f.Learnt = append(f.Learnt, Learnt{Run: run})
	}
	last := &f.Learnt[len(f.Learnt)-1]
	last.Blocks = append(last.Blocks, block)
}

func (s Sighting) third(page uint64) bool {
	return s.Then != 0 && s.First != page && s.Then != page
}

func (s Sighting) with(page uint64) Sighting {
	if s.Then == 0 && s.First != page {
		s.Then = page
	}
	return s
}

// pageHash is never 0, which stands for no page.
func pageHash(url string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(url))
	return max(1, h.Sum64())
}
