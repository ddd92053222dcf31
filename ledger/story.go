package ledger

import (
	"slices"

	"ewgwatch"
)

// stories keeps each sketch of a text once.
type stories struct {
	numbers  map[uint64]int32 // by a hash, or the first free number after it
	sketches []ewgwatch.Sketch
	sieves   []sieve // by number, made at the first asking
	last     ewgwatch.Sketch
	number   int32
}

// story is a text to compare, at its place in a forest.
type story struct{ at, number int32 }

// of returns the number of a sketch, none for that of a text too short to tell.
func (s *stories) of(sketch ewgwatch.Sketch) int32 {
	if len(sketch) == 0 {
		return none
	}
	if len(sketch) == len(s.last) && &sketch[0] == &s.last[0] {
		return s.number
	}
	s.last, s.number = sketch, s.find(sketch)
	return s.number
}

func (s *stories) find(sketch ewgwatch.Sketch) int32 {
	for hash := mix(sketch); ; hash++ {
		number, taken := s.numbers[hash]
		switch {
		case !taken:
			number = int32(len(s.sketches))
			s.numbers[hash] = number
			s.sketches = append(s.sketches, sketch)
			return number
		case slices.Equal(s.sketches[number], sketch):
			return number
		}
	}
}

// mix is FNV-1a over the hashes of a sketch, each taken whole.
func mix(sketch ewgwatch.Sketch) uint64 {
	hash := uint64(14695981039346656037)
	for _, part := range sketch {
		hash = (hash ^ uint64(part)) * 1099511628211
	}
	return hash
}

func (s *stories) sieve(number int32) *sieve {
	if missing := len(s.sketches) - len(s.sieves); missing > 0 {
		s.sieves = append(s.sieves, make([]sieve, missing)...)
	}
	made := &s.sieves[number]
	if made.kept == 0 {
		for _, hash := range s.sketches[number] {
			made.add(hash)
		}
		made.close()
	}
	return made
}

// join joins the texts that are copies of each other.
func (s *stories) join(f *forest, told []story) {
	if len(told) <= few {
		s.joinPairs(f, told)
		return
	}
	s.joinIndexed(f, told)
}

func (s *stories) joinPairs(f *forest, told []story) {
	for i, a := range told {
		sieve := s.sieve(a.number)
		for _, b := range told[:i] {
			if sieve.common(s.sieve(b.number)) >= ewgwatch.SketchCommon {
				s.joinIfCopies(f, a, b)
			}
		}
	}
}

func (s *stories) joinIfCopies(f *forest, a, b story) {
	if !f.joined(a.at, b.at) && s.sketches[a.number].Copies(s.sketches[b.number]) {
		f.join(a.at, b.at)
	}
}

// joinIndexed finds the same pairs as joinPairs: of each hash it notes who has it,
// and compares with those alone who share as many as copies do.
func (s *stories) joinIndexed(f *forest, told []story) {
	holders := map[uint32][]int32{}
	shared := make([]share, len(told))
	for i, a := range told {
		for _, hash := range s.sketches[a.number] {
			for _, j := range holders[hash] {
				if shared[j].count(int32(i)+1) == ewgwatch.SketchCommon {
					s.joinIfCopies(f, a, told[j])
				}
			}
			holders[hash] = append(holders[hash], int32(i))
		}
	}
}

// share counts the hashes that a text has in common with the one at hand.
type share struct{ with, hashes int32 }

func (s *share) count(with int32) int32 {
	if s.with != with {
		*s = share{with: with}
	}
	s.hashes++
	return s.hashes
}
