package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// text is a story as one paper prints it.
type text struct {
	story
	of   int    // number of the story
	edit string // "" for the first to print it
}

// editor is what papers do to a story that they take from another. others are all
// stories, for what comes from elsewhere.
type editor struct {
	name string
	do   func(random *rand.Rand, s story, others []story) story
}

var editors = []editor{
	{"cut to a half", func(_ *rand.Rand, s story, _ []story) story { return s.first(2) }},
	{"cut to a third", func(_ *rand.Rand, s story, _ []story) story { return s.first(3) }},
	{"cut at the front", func(_ *rand.Rand, s story, _ []story) story {
		s.lines = s.lines[len(s.lines)/2:]
		return s
	}},
	{"another headline", func(random *rand.Rand, s story, _ []story) story {
		s.title = strings.ToUpper(s.lines[len(s.lines)/2][:strings.IndexByte(s.lines[len(s.lines)/2]+" ", ' ')]) + ": " + one(random, "what happened", "the story", "a report")
		return s
	}},
	{"title of another language", func(random *rand.Rand, s story, others []story) story {
		other := others[random.IntN(len(others))]
		for other.lang == s.lang {
			other = others[random.IntN(len(others))]
		}
		s.title = other.title
		return s
	}},
	{"a paragraph more", func(random *rand.Rand, s story, _ []story) story {
		paragraph := colour(random)
		if own := s.fillers[s.lang]; len(own) > 0 { // each once: two papers do not add the same
			paragraph, s.fillers[s.lang] = own[0], own[1:]
		}
		s.lines = slices.Insert(slices.Clone(s.lines), 1+random.IntN(len(s.lines)), paragraph)
		return s
	}},
	{"a line of place added", func(random *rand.Rand, s story, _ []story) story { return s.placed(random) }},
	{"one word in twenty changed", func(random *rand.Rand, s story, _ []story) story { return s.reworded(random) }},
}

// first returns the first of so many parts of a story.
func (s story) first(parts int) story {
	s.lines = s.lines[:(len(s.lines)+parts-1)/parts]
	return s
}

// placed returns a story with a line of place and date before it, and its agency
// where it has one.
func (s story) placed(random *rand.Rand) story {
	place := one(random, "YANGON, August 5", "MOSCOW, August 5", "BANGKOK", "TOKYO, Aug. 5")
	if s.agency != "" {
		place += " (" + s.agency + ")"
	}
	s.lines = slices.Clone(s.lines)
	s.lines[0] = place + " -- " + s.lines[0]
	return s
}

// reworded changes words in place: where a script puts spaces between them the
// letters of every twentieth, elsewhere two characters in forty.
func (s story) reworded(random *rand.Rand) story {
	s.lines = slices.Clone(s.lines)
	for i, line := range s.lines {
		words := strings.Split(line, " ")
		if len([]rune(line)) > 20*len(words) {
			runes := []rune(line)
			for at := random.IntN(40); at+1 < len(runes); at += 40 {
				runes[at], runes[at+1] = runes[at+1], runes[at]
			}
			s.lines[i] = string(runes)
			continue
		}
		for at := random.IntN(20); at < len(words); at += 20 {
			words[at] = one(random, "indeed", "perhaps", "again", "still", "soon")
		}
		s.lines[i] = strings.Join(words, " ")
	}
	return s
}

// agencies each have a story of their own: what one agency says of one claim is one
// voice, whether it is one story or two.
var agencies = []string{
	"TASS", "RIA Novosti", "Interfax", "Reuters", "AFP", "AP", "Xinhua", "Kyodo", "Yonhap", "ANI", "PTI", "IANS", "Bernama", "ANTARA", "VNA", "PNA", "KPL", "Jiji Press", "KUNA", "dpa",
}

// copied returns every story with a copy for each edit and one for two together. Of
// the last stories, which are generated, each has an agency: it is printed with its
// name, copied without, and told in other words with it.
func copied(random *rand.Rand, stories []story) (all []text) {
	for i, agency := range agencies {
		stories[len(stories)-1-i].agency = agency
	}
	for of, s := range stories {
		add := func(edit string, s story) { all = append(all, text{story: s, of: of, edit: edit}) }
		if s.agency == "" {
			add("", s)
		} else {
			add("", s.placed(random))
			add("a line of place taken away", s)
			retold := generated(random, 1)[0]
			retold.agency = s.agency
			add("other words, agency named", retold.placed(random))
		}
		for _, e := range editors {
			add(e.name, e.do(random, s, stories))
		}
		two := random.Perm(len(editors))[:2]
		add("two of these together", editors[two[1]].do(random, editors[two[0]].do(random, s, stories), stories))
	}
	return all
}
