package extract

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	matching = flag.String("matching", "", "folder in which bench/matching keeps its text and forms; without it, nothing of it runs")
	megabyte = flag.Int("megabytes", 64, "size of the text that bench/matching makes")
	language = flag.String("language", "", "the one whose text bench/matching makes and whose forms it finds; without it, every one")
)

// matchingLangs are the languages whose phrases bench/matching finds.
func matchingLangs() []string {
	if *language == "" {
		return words().Langs
	}
	return langsOf(*language)
}

// TestMatchingMakesItsText writes what bench/matching compares over: text.txt,
// lines of the demo's prose in random order, and forms.txt, the names and topic
// words of the lexicon.
func TestMatchingMakesItsText(t *testing.T) {
	if *matching == "" {
		t.Skip("for bench/matching")
	}
	text, err := os.Create(filepath.Join(*matching, "text.txt"))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(text)
	source := prose(t)[*language]
	if *language == "" {
		source = allOf(prose(t))
	}
	lines := slices.DeleteFunc(strings.Split(source, "\n"), func(line string) bool { return line == "" })
	random := rand.New(rand.NewPCG(1, 2))
	for size := 0; size < *megabyte<<20; {
		line := lines[random.IntN(len(lines))]
		fmt.Fprintln(w, line)
		size += len(line) + 1
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*matching, "forms.txt"), []byte(strings.Join(forms(), "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func forms() []string {
	var all []string
	for _, p := range names.of(matchingLangs()).parts {
		all = append(all, p.phrase.Parts[p.index])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestMatchingCounts counts the lines of text.txt with a hit, and the hits.
func TestMatchingCounts(t *testing.T) {
	if *matching == "" {
		t.Skip("for bench/matching")
	}
	text, err := os.ReadFile(filepath.Join(*matching, "text.txt"))
	if err != nil {
		t.Fatal(err)
	}
	v := names.of(matchingLangs())
	lines, hits := 0, 0
	for line := range bytes.Lines(text) {
		if n := len(v.scan(string(line))); n > 0 {
			lines, hits = lines+1, hits+n
		}
	}
	fmt.Println(lines, "lines", hits, "matches")
}
