package pdf

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// maxDepth is how deep arrays and dictionaries may nest. Real files stay below
// ten; a file of brackets would otherwise use up the stack, which no recover
// catches.
const maxDepth = 48

// scanner reads objects from bytes. It never fails: what is not an object is
// passed over, and the end is told by more.
type scanner struct {
	src   []byte
	pos   int
	depth int
	left  *int // objects that may yet be made, for the whole file
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelim(c byte) bool {
	return strings.IndexByte("()<>[]{}/%", c) >= 0
}

func (s *scanner) more() bool {
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		if c == '%' {
			s.skipLine()
			continue
		}
		if !isSpace(c) {
			return *s.left > 0
		}
		s.pos++
	}
	return false
}

func (s *scanner) skipLine() {
	for s.pos < len(s.src) && s.src[s.pos] != '\n' && s.src[s.pos] != '\r' {
		s.pos++
	}
}

// next returns the next object or keyword; nil at the end and for what cannot
// be read.
func (s *scanner) next() object {
	if !s.more() {
		return nil
	}
	*s.left--
	switch c := s.src[s.pos]; {
	case c == '/':
		s.pos++
		return s.name()
	case c == '(':
		s.pos++
		return s.literal()
	case c == '[':
		s.pos++
		return s.array()
	case c == '<':
		if s.pos+1 < len(s.src) && s.src[s.pos+1] == '<' {
			s.pos += 2
			return s.dict()
		}
		s.pos++
		return s.hex()
	case c == '>' && s.pos+1 < len(s.src) && s.src[s.pos+1] == '>':
		s.pos += 2
		return word(">>")
	case isDelim(c):
		s.pos++
		return word(c)
	}
	return s.bare()
}

func (s *scanner) run() []byte {
	start := s.pos
	for s.pos < len(s.src) && !isSpace(s.src[s.pos]) && !isDelim(s.src[s.pos]) {
		s.pos++
	}
	return s.src[start:s.pos]
}

func (s *scanner) bare() object {
	text := s.run()
	if c := text[0]; c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9' {
		return number(text)
	}
	switch string(text) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if len(text) > 32 {
		text = text[:32]
	}
	return word(text)
}

// number reads what viewers read as a number, "--5" and "1.2.3" included.
func number(text []byte) float64 {
	if f, err := strconv.ParseFloat(string(text), 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		return max(-1e9, min(f, 1e9))
	}
	n := 0.0
	for _, c := range text {
		if c == '.' {
			break
		}
		if c >= '0' && c <= '9' {
			n = min(n*10+float64(c-'0'), 1e9)
		}
	}
	return n
}

func (s *scanner) name() name {
	text := s.run()
	if bytes.IndexByte(text, '#') < 0 {
		return name(text)
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '#' && i+2 < len(text) && nibble(text[i+1]) >= 0 && nibble(text[i+2]) >= 0 {
			out = append(out, byte(nibble(text[i+1])<<4|nibble(text[i+2])))
			i += 2
			continue
		}
		out = append(out, text[i])
	}
	return name(out)
}

func nibble(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (s *scanner) hex() string {
	var out []byte
	high := -1
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		s.pos++
		n := nibble(c)
		switch {
		case c == '>':
			if high >= 0 {
				out = append(out, byte(high<<4))
			}
			return string(out)
		case n < 0:
		case high < 0:
			high = n
		default:
			out = append(out, byte(high<<4|n))
			high = -1
		}
	}
	return string(out)
}

// literal reads a string in parentheses (7.3.4.2).
func (s *scanner) literal() string {
	var out []byte
	for open := 1; s.pos < len(s.src); {
		c := s.src[s.pos]
		s.pos++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return string(out)
			}
		case '\\':
			out = s.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

func (s *scanner) escape(out []byte) []byte {
	if s.pos >= len(s.src) {
		return out
	}
	c := s.src[s.pos]
	s.pos++
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\n':
		return out
	case c == '\r':
		if s.pos < len(s.src) && s.src[s.pos] == '\n' {
			s.pos++
		}
		return out
	case c >= '0' && c <= '7':
		return append(out, s.octal(c))
	}
	return append(out, c)
}

func (s *scanner) octal(c byte) byte {
	n := int(c - '0')
	for i := 0; i < 2 && s.pos < len(s.src) && s.src[s.pos] >= '0' && s.src[s.pos] <= '7'; i++ {
		n = n<<3 | int(s.src[s.pos]-'0')
		s.pos++
	}
	return byte(n)
}

// array reads up to the bracket, "1 0 R" made one reference.
func (s *scanner) array() array {
	var out array
	s.nest("]", func(o object) {
		out = append(out, o)
		out = foldRef(out)
	})
	return out
}

func foldRef(out array) array {
	n := len(out)
	if n < 3 || out[n-1] != word("R") {
		return out
	}
	id, ok := out[n-3].(float64)
	if _, gen := out[n-2].(float64); !ok || !gen {
		return out
	}
	return append(out[:n-3], ref(id))
}

func (s *scanner) dict() dict {
	var flat array
	s.nest(">>", func(o object) { flat = foldRef(append(flat, o)) })
	out := make(dict, len(flat)/2)
	for i := 0; i+1 < len(flat); {
		key, ok := flat[i].(name)
		if !ok {
			i++
			continue
		}
		out[key] = flat[i+1]
		i += 2
	}
	return out
}

// nest hands on objects until the closing word. Too deep, it passes over
// nothing and returns, so that the brackets left are read as stray words.
func (s *scanner) nest(closing word, add func(object)) {
	if s.depth >= maxDepth {
		return
	}
	s.depth++
	defer func() { s.depth-- }()
	for s.more() {
		o := s.next()
		if o == closing {
			return
		}
		if o == word("endobj") || o == word("stream") {
			s.pos -= len(o.(word))
			return
		}
		add(o)
	}
}
