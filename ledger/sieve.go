package ledger

import "math/bits"

// sieve is what is looked at of a set of hashes before the set itself: one bit
// for each of them, where several may share one. Most pairs of texts have so few
// bits in common that they cannot be copies, which is cheap to see.
type sieve struct {
	bits [16]uint64
	kept int32 // bits that are set
	lost int32 // hashes that set none of their own, at most
}

func (s *sieve) add(hash uint32) {
	s.bits[hash>>6&15] |= 1 << (hash & 63)
	s.lost++
}

// close counts the bits once all hashes are in.
func (s *sieve) close() {
	s.kept = s.same(s)
	s.lost -= s.kept
}

// common returns how many hashes two sets have in common at most.
func (s *sieve) common(other *sieve) int32 { return s.same(other) + min(s.lost, other.lost) }

func (s *sieve) same(other *sieve) int32 {
	n := 0
	for i, word := range s.bits {
		n += bits.OnesCount64(word & other.bits[i])
	}
	return int32(n)
}
