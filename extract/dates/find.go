package dates

// Find returns the dates of a text in order; their spans do not overlap and
// begin and end between runes. The longest form that fits at a place wins. It
// takes time linear in the length of the text.
func Find(text string, o Options) []Found {
	f := finder{text: text, opts: o, lang: o.base(), book: handbook()}
	f.machine.finder = &f
	lex := lexer{text: text, words: f.book.words, flush: f.segment}
	lex.run()
	return f.found
}

type finder struct {
	text  string
	opts  Options
	lang  string
	book  *book
	found []Found

	machine machine
}

// segment looks for dates in tokens that nothing unknown stands between, and
// returns how many it is done with. Where more follow, it leaves those that a
// date with them may begin in.
func (f *finder) segment(tokens []token, more bool) (read int) {
	until := len(tokens)
	if more {
		until -= longestDate
	}
	i := 0
	for i < until {
		if !tokens[i].kinds.any(opening) {
			i++
			continue
		}
		date, next, ok := f.dateAt(tokens, i)
		if !ok {
			i++
			continue
		}
		f.found = append(f.found, date)
		i = next
	}
	return i
}

// dateAt reads a date with the clock time after it or before it.
func (f *finder) dateAt(tokens []token, i int) (Found, int, bool) {
	m := &f.machine
	m.tokens = tokens
	if date, next, ok := m.longest(i); ok {
		return m.withClock(date, next)
	}
	if !tokens[i].kinds.any(clockOpening) {
		return Found{}, i, false
	}
	clock, j, ok := m.clock(f.book.clockBefore, i)
	if !ok {
		return Found{}, i, false
	}
	date, next, ok := m.longest(j)
	if !ok || date.Precision != precisionDay {
		return Found{}, i, false
	}
	date.From = tokens[i].from
	clock.stamp(&date)
	return date, next, true
}

// longest tries every form that may begin with token i.
func (m *machine) longest(i int) (best Found, next int, ok bool) {
	if i >= len(m.tokens) {
		return Found{}, i, false
	}
	for _, form := range m.finder.book.forms {
		if !form.begins(m.tokens, i) || !form.speaks(m.finder.lang, m.finder.opts.Lang) {
			continue
		}
		date, end, fits := m.match(form, i)
		if fits && (!ok || date.To > best.To) {
			best, next, ok = date, end, true
		}
	}
	return best, next, ok
}

func (m *machine) withClock(date Found, next int) (Found, int, bool) {
	if date.Precision != precisionDay || date.Range() || next >= len(m.tokens) {
		return date, next, true
	}
	clock, end, ok := m.clock(m.finder.book.clockAfter, next)
	if !ok {
		return date, next, true
	}
	date.To = m.tokens[end-1].to
	clock.stamp(&date)
	return date, end, true
}
