package extract

import (
	"strings"
	"testing"

	"ewgwatch"
)

// story is prose as news sites write it, with names in it as thick as in
// reports on an exercise.
const story = `Officers of the Russian Defence Ministry and of eleven other states took part in the closing ceremony on Saturday.
The exercise, held under the ADMM-Plus Experts' Working Group on Counter-Terrorism, brought together troops from Laos, Vietnam, India and China.
Residents of the district noticed little of it but for closed roads, a helicopter now and then, and a band that practised in the school yard.
Singapore, Australia, Japan and South Korea did not attend, and the United States had withdrawn from an earlier meeting in Moscow.
`

func BenchmarkNames(b *testing.B) {
	text := strings.Repeat(story, 200)
	langs := []string{"en"}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		names.of(langs).scan(text)
	}
}

func BenchmarkFindings(b *testing.B) {
	article := ewgwatch.Article{Title: "Exercise ends", Text: strings.Repeat(story, 5), Lang: "en"}
	b.SetBytes(int64(len(article.Text)))
	for b.Loop() {
		Findings(article, Options{})
	}
}

func FuzzFindings(f *testing.F) {
	f.Add("Exercise ends", story, "en")
	f.Add("会议", "缅甸、俄罗斯参加了东盟防长扩大会反恐专家组演习。日本缺席。", "zh")
	f.Add("", "\xff\u200b’s", "th")
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		r := Findings(ewgwatch.Article{Title: title, Text: text, Lang: lang}, Options{})
		for _, finding := range r.Findings {
			if finding.QuoteStart < 0 {
				if finding.Quote != title {
					t.Fatalf("a quote without a place is not the title: %q", finding.Quote)
				}
				continue
			}
			if got := text[finding.QuoteStart:finding.QuoteEnd]; got != finding.Quote {
				t.Fatalf("quote %q, at its span %q", finding.Quote, got)
			}
		}
		for _, m := range r.Mentions {
			if text[m.Start:m.End] != m.Form {
				t.Fatalf("form %q, at its span %q", m.Form, text[m.Start:m.End])
			}
		}
	})
}
