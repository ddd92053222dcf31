package extract

import (
	"cmp"
	"regexp"
	"slices"

	"ewgwatch"
	"ewgwatch/extract/dates"
	"ewgwatch/extract/match"
)

// locate finds the events spoken of and recognises them.
func (r *reading) locate() {
	options := dates.Options{Lang: r.article.Lang, MonthFirst: dates.MonthFirst(r.article.Source.State, r.article.Lang)}
	r.refs = r.title.references(-1, r.whens(r.article.Title, options))
	whens := byClause(r.clauses, r.whens(r.article.Text, options))
	for i, c := range r.clauses {
		r.refs = append(r.refs, c.references(i, whens[i])...)
	}
	described := describe(r.refs)
	index := make([]int, len(described))
	r.scores = map[string]float64{}
	for i, e := range described {
		known, score := recognise(e, r.options.Catalogue, r.published)
		at := slices.IndexFunc(r.events, func(have ewgwatch.Event) bool { return have.ID == known.ID })
		if at < 0 {
			at = len(r.events)
			r.events = append(r.events, known)
		}
		index[i], r.scores[known.ID] = at, max(score, r.scores[known.ID])
	}
	for i := range r.refs {
		if r.refs[i].to >= 0 {
			r.refs[i].to = index[r.refs[i].to]
		}
	}
}

// byClause gives each clause the dates in it, in the order given.
func byClause(clauses []clause, whens []when) [][]when {
	all := make([][]when, len(clauses))
	for _, w := range whens {
		after, _ := slices.BinarySearchFunc(clauses, w.span.start+1, func(c clause, at int) int { return cmp.Compare(c.span.start, at) })
		if after > 0 {
			all[after-1] = append(all[after-1], w)
		}
	}
	return all
}

// whens finds the dates in a text and completes them against the article's.
func (r *reading) whens(text string, options dates.Options) []when {
	found := dates.Find(text, options)
	full := fullDays(found)
	var all []when
	for _, f := range found {
		start, end := f.Resolve(r.published)
		if f.Printed&(dates.Year|dates.Month|dates.Day) == dates.Month|dates.Day {
			start, end = sameYear(f, full, start, end)
		}
		if !start.IsZero() {
			all = append(all, when{span{f.From, f.To}, start, end})
		}
	}
	return append(all, years(text, all)...)
}

// years finds the years that stand alone ("planned for 2026"), as whens that
// come after all others: a fuller date goes before them.
func years(text string, fuller []when) []when {
	var all []when
	for _, at := range yearForm.FindAllStringIndex(text, -1) {
		s := span{at[0], at[1]}
		if slices.ContainsFunc(fuller, func(w when) bool { return w.overlaps(s) }) || !match.WholeWord(text, s.start, s.end) {
			continue
		}
		year := ewgwatch.Date{Year: 1000*int(text[s.start]-'0') + 100*int(text[s.start+1]-'0') + 10*int(text[s.start+2]-'0') + int(text[s.start+3]-'0')}
		if year.Year > 2500 {
			year.Year -= buddhistEra
		}
		all = append(all, when{s, year, year})
	}
	return all
}

// Years of the group's life, in the Gregorian and in the Buddhist calendar.
var yearForm = regexp.MustCompile(`20[1-4][0-9]|25[5-8][0-9]`)

const buddhistEra = 543

// fullDays returns the dates printed with day, month and year, each span of
// days once.
func fullDays(found []dates.Found) []dates.Found {
	var full []dates.Found
	seen := map[[2]ewgwatch.Date]bool{}
	for _, f := range found {
		days := [2]ewgwatch.Date{f.First, f.Last}
		if f.Printed == dates.FullDay && !seen[days] {
			seen[days] = true
			full = append(full, f)
		}
	}
	return full
}

// sameYear gives a date without a year that of a printed span which holds its
// day: "from 2 to 12 May 2016 … the finale on 9 May".
func sameYear(f dates.Found, full []dates.Found, start, end ewgwatch.Date) (ewgwatch.Date, ewgwatch.Date) {
	for _, other := range full {
		first, last := f.First, f.Last
		first.Year, last.Year = other.First.Year, other.First.Year
		if !first.First().Before(other.First.First()) && !last.First().After(other.Last.First()) {
			return first, last
		}
	}
	return start, end
}
