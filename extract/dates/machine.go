package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// machine runs the program of one form over the tokens of a segment. It tries
// what comes first in the pattern first and gives the first match that is a
// date; forms have no loops, so it ends.
type machine struct {
	finder *finder
	tokens []token
	form   *form
	start  int
	got    capture
	accept func(m *machine, end int) bool
	date   Found
	end    int
}

// capture is what the slots of a form took.
type capture struct {
	taken
	values [slots]int32 // of the slots in has; the others hold what earlier tries left
}

// taken is what going back to try something else restores.
type taken struct {
	has     uint64
	token   int    // of the zone
	word    string // language of the month's name
	weak    bool   // a month that wants day and year beside it
	capital bool   // a month that wants a capital has none
}

func (c *capture) is(s slot) bool { return c.has&(1<<s) != 0 }

// value is zero for a slot that took nothing.
func (c *capture) value(s slot) int32 {
	if !c.is(s) {
		return 0
	}
	return c.values[s]
}

// set refuses a second value that differs: a date has one weekday.
func (c *capture) set(s slot, v int) bool {
	if c.is(s) {
		return c.values[s] == int32(v)
	}
	c.has |= 1 << s
	c.values[s] = int32(v)
	return true
}

// match reports the date a form reads at a token, and the token after it.
func (m *machine) match(f *form, start int) (Found, int, bool) {
	m.form, m.start, m.got.taken, m.accept = f, start, taken{}, (*machine).dated
	if !m.run(0, start) {
		return Found{}, 0, false
	}
	return m.date, m.end, true
}

func (m *machine) run(pc, at int) bool {
	for {
		in := &m.form.code[pc]
		switch in.op {
		case opDone:
			return at > m.start && m.accept(m, at)
		case opJump:
			pc = in.first
		case opSplit:
			if m.mayOpen(in, at) {
				before := m.got.taken
				if m.run(in.first, at) {
					return true
				}
				m.got.taken = before
			}
			pc = in.second
		case opNot:
			if at < len(m.tokens) && m.tokens[at].gap == glued && m.tokens[at].kinds.any(in.accepts) {
				return false
			}
			pc++
		default:
			if !m.take(in, at) {
				return false
			}
			at++
			pc++
		}
	}
}

// mayOpen reports whether the first branch of a split can begin here.
func (m *machine) mayOpen(in *instruction, at int) bool {
	if at >= len(m.tokens) {
		return in.accepts == anything
	}
	return m.tokens[at].kinds.any(in.accepts)
}

func (m *machine) take(in *instruction, at int) bool {
	if at >= len(m.tokens) {
		return false
	}
	t := &m.tokens[at]
	if !t.kinds.any(in.accepts) {
		return false
	}
	if at > m.start && (t.gap == blankLine || in.glued && t.gap != glued) {
		return false
	}
	if in.slot == slotNone {
		return true
	}
	if in.accepts == number.set() {
		return m.takeNumber(in.slot, t)
	}
	return m.takeWord(in.slot, t, at)
}

func (m *machine) takeNumber(s slot, t *token) bool {
	if t.han && !m.form.han || !slotRules[s].takes(t) {
		return false
	}
	return m.got.set(s, t.value)
}

func (m *machine) takeWord(s slot, t *token, at int) bool {
	if s == slotZone || s == slotPlus || s == slotMinus {
		m.got.token = at
	}
	if s == slotPlus || s == slotMinus {
		return m.got.set(s, 0)
	}
	found, ok := pick(t.senses, slotRules[s].kind, m.finder.lang)
	if !ok {
		return false
	}
	if relativeKinds.any(found.kind.set()) && m.finder.text[t.from] < utf8.RuneSelf && !m.finder.understands(found.lang) {
		return false
	}
	foreign := found.weak && found.lang != m.finder.lang
	switch {
	case s == slotBareMonth && (foreign || found.capital && !t.capital):
		return false
	case s == slotFullWeekday && (found.weak || found.capital && !t.capital):
		return false
	}
	if found.kind == month {
		m.got.word = found.lang
		m.got.weak = m.got.weak || foreign
		m.got.capital = m.got.capital || found.capital && !t.capital
	}
	return m.got.set(s, int(found.value))
}

// relativeKinds are words such as "hier", French for yesterday and German for
// here: they count in their own language only. Scripts other than Latin say
// which language that is.
const relativeKinds = kindSet(1<<relDay | 1<<relWeek | 1<<relMonth | 1<<relYear | 1<<direction | 1<<unit | 1<<ago)

// understands reports whether a language's phrases are read in this text:
// English ones are in any, for they look like no others and pages mix them in;
// Malay and Indonesian read each other's.
func (f *finder) understands(lang string) bool {
	switch f.lang {
	case "id", "ms":
		return lang == "en" || lang == "id" || lang == "ms"
	}
	return lang == "en" || lang == f.lang
}

// dated accepts a match that is a date and stands free of what is around it.
func (m *machine) dated(end int) bool {
	first, last := &m.tokens[m.start], &m.tokens[end-1]
	if m.form.wordIn != "" && m.got.word != m.form.wordIn {
		return false
	}
	if first.is(number) && !beginsFree(m.finder.text, first.from) {
		return false
	}
	if last.is(number) && !endsFree(m.finder.text, last.to) {
		return false
	}
	date, ok := m.got.date(m.finder)
	if !ok {
		return false
	}
	date.From, date.To, date.Rule = first.from, last.to, m.form.name
	m.date, m.end = date, end
	return true
}

// joints join numbers to larger ones.
const joints = ".-/:,~∼～"

// beginsFree is false inside a larger number or code: v2.3.2023, F-16, $20.
func beginsFree(text string, i int) bool {
	r, size := utf8.DecodeLastRuneInString(text[:i])
	switch {
	case size == 0:
		return true
	case spacedScript(r) && isLetter(r), unicode.Is(unicode.Sc, r), r == '#', r == '_':
		return false
	case !strings.ContainsRune(joints, r):
		return true
	}
	r, _ = utf8.DecodeLastRuneInString(text[:i-size])
	_, _, digit := digitOf(r)
	return !digit && !(r < utf8.RuneSelf && isLetter(r) && (text[i-1] == '-' || text[i-1] == '/'))
}

// endsFree is false where a number goes on: 2.3.1.4, 20%, 3rd-5, 8:30.
func endsFree(text string, i int) bool {
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case size == 0:
		return true
	case spacedScript(r) && isLetter(r) && r != 'T', r == '%', r == '％', r == '°', r == '_', unicode.Is(unicode.Sc, r):
		return false
	case r != '.' && r != '-' && r != '/' && r != ':' && r != ',':
		return true
	}
	r, _ = utf8.DecodeRuneInString(text[i+size:])
	_, _, digit := digitOf(r)
	return !digit
}
