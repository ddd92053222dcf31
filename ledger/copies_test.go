package ledger_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/ledger"
)

// edits are what papers do to a story that they take from another.
var edits = map[string]func(lines []string) []string{
	"as it is":               func(lines []string) []string { return lines },
	"cut to a half":          func(lines []string) []string { return lines[:len(lines)/2] },
	"cut at the front":       func(lines []string) []string { return lines[len(lines)/3:] },
	"with a paragraph more":  func(lines []string) []string { return append(slices.Clone(lines), own(lines)) },
	"with a line of place":   func(lines []string) []string { return append([]string{"YANGON – " + lines[0]}, lines[1:]...) },
	"with words changed":     changed,
	"cut, and words changed": func(lines []string) []string { return changed(lines[:2*len(lines)/3]) },
}

// own is a paragraph that an editor adds, in the script of a story.
func own(lines []string) string {
	first, _ := utf8.DecodeRuneInString(lines[0])
	switch {
	case unicode.Is(unicode.Han, first):
		return "本报记者在边境城镇采访时看到，当地居民对演习并不关心，大家谈论的是今年的收成和米价。"
	case unicode.Is(unicode.Thai, first):
		return "ผู้สื่อข่าวของเราพบว่าชาวบ้านในเมืองชายแดนไม่สนใจการฝึกนี้มากนัก และพูดคุยกันเรื่องผลผลิตกับราคาข้าวมากกว่า"
	}
	return "Our reporter in the border town found that its people cared little for it, and spoke of the harvest and of the price of rice."
}

// changed changes about one word in twenty: where there are no spaces, one character
// in as many as twenty words have, of two in Chinese and of five in Thai.
func changed(lines []string) []string {
	text := strings.Join(lines, "\n")
	if words := strings.Split(text, " "); len(words) > 40 {
		for i := 9; i < len(words); i += 20 {
			words[i] = "qqqqq"
		}
		return strings.Split(strings.Join(words, " "), "\n")
	}
	runes, step := []rune(text), 100
	if unicode.Is(unicode.Han, runes[0]) {
		step = 40
	}
	for i := 19; i < len(runes); i += step {
		if runes[i] != '\n' {
			runes[i] = '某'
		}
	}
	return strings.Split(string(runes), "\n")
}

// retold is every story in every edit, each by a publisher of its own. Each quotes
// another sentence, and so gives no copy away by its quote.
func retold(t *testing.T) (findings []ewgwatch.Finding, storyOf map[string]string) {
	t.Helper()
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d stories, %v", len(files), err)
	}
	storyOf = map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		for name, edit := range edits {
			f := says(fmt.Sprintf("paper%d", len(findings)), ewgwatch.Laos, ewgwatch.Attended, field, fmt.Sprintf("%x", sha256.Sum256([]byte{byte(len(findings))})))
			f.Sketch, f.Title = ewgwatch.SketchOf(strings.Join(edit(lines), "\n")), name
			storyOf[f.ID] = file
			findings = append(findings, f)
		}
	}
	return findings, storyOf
}

func TestCopiesAreOneVoiceAndDifferentStoriesOfOneDayAreNot(t *testing.T) {
	findings, storyOf := retold(t)
	voiceOf := map[string]int{}
	for i, v := range build(t, findings, nil, ledger.Options{}).Voices(findings[0].Claim(), false) {
		for _, w := range append([]ledger.Witness{v.First}, v.Copies...) {
			voiceOf[w.ID] = i
		}
	}
	found, wrong, missed := 0, 0, 0
	for i, a := range findings {
		for _, b := range findings[:i] {
			together, copies := voiceOf[a.ID] == voiceOf[b.ID], storyOf[a.ID] == storyOf[b.ID]
			switch {
			case together && copies:
				found++
			case together:
				wrong++
				t.Errorf("%s, %s, is held for %s", storyOf[a.ID], a.Title, storyOf[b.ID])
			case copies:
				missed++
				t.Logf("%s: %s and %s are held for two", storyOf[a.ID], a.Title, b.Title)
			}
		}
	}
	if recall := float64(found) / float64(found+missed); wrong > 0 || recall < 0.95 {
		t.Errorf("%d pairs of different stories merged, recall %.3f", wrong, recall)
	}
}
