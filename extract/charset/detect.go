package charset

import (
	"unicode/utf8"
)

// window is how many bytes are read to tell encodings apart.
const window = 32 << 10

// reading is one way to read a body, and how well it reads.
type reading struct {
	encoded
	score  float64 // points a byte: 0.4 and more where right, below 0 where wrong
	broken float64 // share of the bytes above ASCII that stand for nothing
}

// best reads the first bytes in every encoding. A declared one is kept unless
// its bytes do not allow it or another reads far better; UTF-8 with a few bad
// bytes is kept where it is declared.
func best(body []byte, claims []encoded, mostlyUTF8 bool) encoded {
	sample := firstForeign(body)
	winner := readings(sample)
	for _, claim := range claims {
		if claim.name == "utf-8" {
			if mostlyUTF8 {
				return claim
			}
			continue
		}
		said, ok := readAs(sample, claim)
		short := claim.name != "windows-1252" && foreignBytes(sample) < fewBytes && said.score >= rare
		if said.broken <= allowedBroken && (!ok || short || said.score >= winner.score-lead(claim.name)) {
			return claim
		}
	}
	if mostlyUTF8 && winner.score < 0.2 {
		return named("utf-8")
	}
	return winner.encoded
}

// allowedBroken is what share of foreign bytes may be damaged.
const allowedBroken = 0.02

// fewBytes is how many foreign bytes say nothing against a declaration that
// they fit.
const fewBytes = 8

// lead is how much better another encoding must read to overrule a
// declaration. Western ones are what servers declare unasked.
func lead(name string) float64 {
	if name == "windows-1252" {
		return 0.15
	}
	return 0.4
}

// firstForeign is the stretch of a body from its first byte above ASCII.
func firstForeign(body []byte) []byte {
	for i, c := range body {
		if c >= utf8.RuneSelf {
			from := max(0, i-1)
			return body[from:min(len(body), from+window)]
		}
	}
	return nil
}

// readings returns the way to read the bytes that reads best; windows-1252
// where none does.
func readings(sample []byte) reading {
	winner := reading{encoded: named("windows-1252"), score: -100}
	for _, m := range models {
		r := m.read(sample)
		if r.broken <= allowedBroken && r.score > winner.score+0.001 {
			winner = r
		}
	}
	return winner
}

// readAs reads the bytes as declared; false where there is no model to say how
// well that reads.
func readAs(sample []byte, claim encoded) (reading, bool) {
	for _, m := range models {
		if m.name == claim.name {
			return m.read(sample), true
		}
	}
	r := reading{encoded: claim}
	foreign := foreignBytes(sample)
	bad := 0
	for _, c := range claim.decode(sample) {
		if c == utf8.RuneError || c >= 0x80 && c < 0xa0 {
			bad++
		}
	}
	r.broken = share(bad, foreign)
	return r, false
}

func (m model) read(sample []byte) reading {
	r := reading{encoded: named(m.name)}
	points := common()[m.file]
	decoded, err := r.encoding.NewDecoder().Bytes(sample)
	if err != nil {
		return reading{encoded: r.encoded, score: -100, broken: 1}
	}
	foreign, bad := foreignBytes(sample), 0
	before, sum, all := rune(' '), 0.0, 0.0
	for _, c := range string(decoded) {
		if c < utf8.RuneSelf {
			before = c
			continue
		}
		p, mark := rateMark(c)
		if p == impossible {
			bad++
		}
		if !mark {
			p = m.rate(points, before, c)
		}
		sum += p * m.width(c)
		all += m.width(c)
		before = c
	}
	if foreign > fewBytes {
		bad = max(0, bad-1) // the window may end within a character
	}
	r.broken, r.score = share(bad, foreign), sum/max(all, 1)
	return r
}

// width is how many bytes a character takes in an encoding.
func (m model) width(r rune) float64 {
	if m.file[0] == 'z' || m.file == "ko" || m.file == "ja" && (r < 0xff61 || r > 0xff9f) {
		return 2
	}
	return 1
}

func foreignBytes(sample []byte) (n int) {
	for _, c := range sample {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
