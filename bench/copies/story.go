package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/internal/newsworld"
)

// story is what one reporter wrote.
type story struct {
	title, lang, day string
	lines            []string
	agency           string              // as it prints its name; "" for the paper's own
	fillers          map[string][]string // paragraphs off the topic that an editor may add, by language
}

// demo returns what the demo's sites print, each story once. Paragraphs of those off
// the topic are what editors add.
func demo() (all []story, err error) {
	world, err := newsworld.Start(newsworld.Options{AnyPort: true})
	if err != nil {
		return nil, err
	}
	fillers := map[string][]string{}
	wires := map[string]bool{}
	for _, page := range world.Pages() {
		lines := strings.Split(page.Text(), "\n")
		switch {
		case page.Nothing:
			fillers[page.Lang] = append(fillers[page.Lang], slices.DeleteFunc(lines, namesStates)...)
		case !wires[page.Wire]:
			wires[page.Wire] = page.Wire != ""
			all = append(all, story{title: page.Title, lang: page.Lang, day: page.PublishedOn().String(), lines: lines, fillers: fillers})
		}
	}
	return all, world.Close()
}

func namesStates(line string) bool {
	return len(extract.Findings(ewgwatch.Article{Text: line}, extract.Options{}).Mentions) > 0
}

// generated returns reports of one day on one event. All say that Laos was there and
// that Singapore was not, each in its own words, and all close with the same
// background.
func generated(random *rand.Rand, count int) (all []story) {
	for range count {
		lines := []string{opening(random), telling(random, "Laos", there), telling(random, "Singapore", away)}
		for range 5 + random.IntN(4) {
			lines = append(lines, colour(random))
		}
		random.Shuffle(len(lines)-1, func(i, j int) { lines[i+1], lines[j+1] = lines[j+1], lines[i+1] })
		all = append(all, story{title: strings.TrimSuffix(colour(random), "."), lang: "en", day: "2023-08-04", lines: append(lines, background)})
	}
	return all
}

const background = "The ADMM-Plus Experts' Working Group on Counter-Terrorism was set up in 2011 and is led by an ASEAN member and a partner in turn."

func one(random *rand.Rand, of ...string) string { return of[random.IntN(len(of))] }

func opening(random *rand.Rand) string {
	return fmt.Sprintf("%s table-top exercise of the ADMM-Plus Experts' Working Group on Counter-Terrorism %s in Naypyitaw on August 4, 2023, %s, %s.",
		one(random, "A", "The", "This year's", "The long-planned", "A much-discussed", "The second"),
		one(random, "ended", "came to a close", "wrapped up", "concluded", "was brought to its end"), colourless(random), colourless(random))
}

var (
	there = []string{"took part in the exercise", "attended the exercise", "participated in the table-top exercise", "joined the drill", "was among the participants of the exercise"}
	away  = []string{"did not take part in the exercise", "was absent from the exercise", "did not attend the table-top exercise", "stayed away from the drill", "skipped the exercise"}
)

// telling says what a state did, between words that are the reporter's own.
func telling(random *rand.Rand, state string, did []string) string {
	return fmt.Sprintf("%s %s, %s, %s.", state, did[random.IntN(len(did))], colourless(random), colourless(random))
}

// colourless is a clause without a name in it, in words of its own.
func colourless(random *rand.Rand) string {
	words := []string{one(random, "as", "while", "although", "because", "even as", "so that")}
	for range 5 + random.IntN(6) {
		var word strings.Builder
		for range 1 + random.IntN(3) {
			word.WriteString(one(random, "ba", "den", "ful", "gor", "li", "mun", "na", "pel", "ri", "sto", "ta", "vin"))
		}
		words = append(words, one(random, "the", "a", "of", "to", "by", "her", "his", "no"), word.String())
	}
	return strings.Join(words, " ")
}

func colour(random *rand.Rand) string {
	text := fmt.Sprintf("%s %s, and %s.", strings.TrimPrefix(colourless(random), "as "), one(random, "in the morning", "that week", "once more", "after all", "by then", "as so often"), colourless(random))
	return strings.ToUpper(text[:1]) + text[1:]
}
