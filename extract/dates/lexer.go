package dates

import (
	"unicode"
	"unicode/utf8"
)

// lexer cuts a text into segments: runs of tokens with nothing unknown
// between them.
type lexer struct {
	text   string
	words  *trie
	flush  func(tokens []token, more bool) (read int)
	tokens []token
	kinds  kindSet // of the segment at hand
	gap    gap
	breaks int // line breaks since the last token
}

func (l *lexer) run() {
	for i := 0; i < len(l.text); {
		i = l.step(i)
	}
	l.end()
}

// end hands the segment over and begins a new one.
func (l *lexer) end() {
	if l.kinds.any(core) {
		l.flush(l.tokens, false)
	}
	l.tokens, l.kinds, l.gap, l.breaks = l.tokens[:0], 0, glued, 0
}

// fullSegment is how many tokens are looked at together: a text of nothing but
// numbers must not be kept twice. No date is longer than longestDate.
const (
	fullSegment = 2048
	longestDate = 64
)

func (l *lexer) push(t token) {
	t.gap = l.gap
	if l.breaks > 1 {
		t.gap = blankLine
	}
	if len(l.tokens) == fullSegment {
		read := l.flush(l.tokens, true)
		l.tokens = l.tokens[:copy(l.tokens, l.tokens[read:])]
	}
	l.tokens = append(l.tokens, t)
	l.kinds |= t.kinds
	l.gap, l.breaks = glued, 0
}

// step reads one token, or passes over what is none, and returns where the
// next begins.
func (l *lexer) step(i int) int {
	switch c := l.text[i]; {
	case c == '\n':
		l.gap, l.breaks = spaced, l.breaks+1
		return i + 1
	case c <= ' ':
		l.gap = max(l.gap, spaced)
		return i + 1
	case c >= '0' && c <= '9':
		return l.number(i)
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return l.word(i, 1)
	case c < utf8.RuneSelf:
		return l.mark(i, rune(c), 1)
	}
	return l.wide(i)
}

// wide reads what begins with a rune outside ASCII.
func (l *lexer) wide(i int) int {
	r, size := utf8.DecodeRuneInString(l.text[i:])
	switch {
	case r == '\u00a0' || r == '\u3000' || r >= '\u2000' && r <= '\u200a' || r == '\u202f':
		l.gap = max(l.gap, spaced)
		return i + size
	case r >= '\u200b' && r <= '\u200f' || r == '\ufeff' || r == '\u00ad':
		return i + size
	}
	if _, _, ok := digitOf(r); ok {
		return l.number(i)
	}
	if folded := foldMark(r); folded != 0 {
		return l.mark(i, folded, size)
	}
	return l.word(i, size)
}

func (l *lexer) number(i int) int {
	value, digits, size := readNumber(l.text[i:])
	if tail := groupedTail(l.text[i+size:]); tail > 0 && digits <= 3 {
		l.end()
		return i + size + tail
	}
	if digits > 9 {
		l.end()
		return i + size
	}
	l.push(token{from: i, to: i + size, kinds: number.set(), value: value, digits: int8(digits)})
	return i + size
}

func (l *lexer) mark(i int, r rune, size int) int {
	k := markKind(r)
	if k == kinds || len(l.tokens) == 0 && k != leftParen {
		l.end()
		return i + size
	}
	l.push(token{from: i, to: i + size, kinds: k.set()})
	return i + size
}

// word reads the longest entry of the lexicon that begins here.
func (l *lexer) word(i, size int) int {
	first, _ := utf8.DecodeRuneInString(l.text[i:])
	apart := spacedScript(first)
	if apart && !l.beginsWord(i) {
		l.end()
		return skipWord(l.text, i)
	}
	senses, set, n := l.words.longest(l.text, i)
	if n <= size && !apart {
		if next := l.hanNumber(i, n, senses, set); next > i {
			return next
		}
	}
	if n == 0 {
		l.end()
		if apart {
			return skipWord(l.text, i)
		}
		return i + size
	}
	l.push(token{from: i, to: i + n, kinds: set, senses: senses, capital: unicode.IsUpper(first)})
	return i + n
}

// hanNumber reads a number in Chinese characters, whose signs also stand for
// weekdays (senses, where as long).
func (l *lexer) hanNumber(i, n int, senses []sense, set kindSet) (next int) {
	value, digits, size := readHan(l.text[i:])
	if size == 0 {
		return i
	}
	if n != size {
		senses, set = nil, 0
	}
	l.push(token{from: i, to: i + size, kinds: set | number.set(), senses: senses,
		value: value, digits: int8(digits), han: true})
	return i + size
}

// beginsWord reports whether a spaced script's letter at i begins a word. A
// suffix such as the "rd" of 3rd does.
func (l *lexer) beginsWord(i int) bool {
	if i == 0 {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(l.text[:i])
	return !(spacedScript(before) && isLetter(before))
}

// skipWord returns where the word at i ends, at least one rune further on.
func skipWord(text string, i int) int {
	for start := i; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c|0x20 < 'a' || c|0x20 > 'z' {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if i > start && (!spacedScript(r) || !isLetter(r)) {
			return i
		}
		i += size
	}
	return i
}

// isLetter is true of letters and of the marks that stand on them.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// spacedScript is false for the scripts that put no space between words (Thai,
// Lao, Burmese, Khmer, Han, kana) and for Hangul, whose particles are glued on.
func spacedScript(r rune) bool {
	return r < 0x0E00 || r >= 0x1E00 && r < 0x2000 || r == utf8.RuneError
}

// foldMark returns the ASCII mark a rune stands for, or zero.
func foldMark(r rune) rune {
	switch r {
	case '–', '—', '−', '‑', '‐', '‒', '―', '－', '﹣':
		return '-'
	case '～', '〜', '∼', '˜':
		return '~'
	case '，', '、', '،', '၊':
		return ','
	case '．':
		return '.'
	case '：':
		return ':'
	case '／', '⁄':
		return '/'
	case '（', '【', '［', '〔':
		return '('
	case '）', '】', '］', '〕':
		return ')'
	case '｜', '·', '•', '丨':
		return '|'
	case '’', '‘':
		return '\''
	case '＋':
		return '+'
	}
	return 0
}

func markKind(r rune) kind {
	switch r {
	case '/':
		return slash
	case '-':
		return dash
	case '.':
		return dot
	case ',':
		return comma
	case ':':
		return colon
	case '(', '[':
		return leftParen
	case ')', ']':
		return rightParen
	case '|':
		return bar
	case '\'':
		return apostrophe
	case '~':
		return tilde
	case '+':
		return plus
	}
	return kinds
}
