package score_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ewgwatch"
	"ewgwatch/score"
)

func topicLabel(t *testing.T, text string) score.TopicLabel {
	t.Helper()
	var l score.TopicLabel
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestStancesAreCountedOnceAndMentionsOnlyAlone(t *testing.T) {
	label := topicLabel(t, `{"id":"1","lang":"en","on_topic":true,"published":"2023-08-25","states":[{"code":"LA","stance":"attended"},
		{"code":"LA","stance":"mentioned"},{"code":"SG","stance":"absent"},{"code":"JP","stance":"mentioned"}]}`)
	var r score.Report
	r.Topic(label, score.Reading{
		OnTopic:  true,
		Mentions: []ewgwatch.Mention{{State: ewgwatch.Laos}, {State: ewgwatch.Singapore}, {State: ewgwatch.China}},
		Findings: []ewgwatch.Finding{
			{State: ewgwatch.Laos, Stance: ewgwatch.Attended}, {State: ewgwatch.Laos, Stance: ewgwatch.Attended},
			{State: ewgwatch.Japan, Stance: ewgwatch.Declined}, {State: ewgwatch.Brunei, Stance: ewgwatch.Attended, Via: "group"},
		},
	})
	for name, want := range map[string]score.Tally{
		"topic":           {Hit: 1},
		"states named":    {Hit: 2, Extra: 1, Missed: 1},
		"stance, English": {Hit: 1, Extra: 1, Missed: 2},
		"stance attended": {Hit: 1},
		"date":            {Missed: 1},
	} {
		if got := r.Tally(name); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

func TestAnOffTopicPageShouldYieldNothing(t *testing.T) {
	label := topicLabel(t, `{"id":"1","lang":"en","on_topic":false,"states":[]}`)
	var r score.Report
	r.Topic(label, score.Reading{})
	r.Topic(label, score.Reading{Findings: []ewgwatch.Finding{{State: ewgwatch.Laos, Stance: ewgwatch.Attended}}})
	if got, want := r.Tally("off-topic without findings"), (score.Tally{Hit: 1, Extra: 1}); got != want {
		t.Errorf("have %+v, want %+v", got, want)
	}
}

func TestTextIsComparedByShingles(t *testing.T) {
	text, date, title := "one two three four five", "2023-08-25", "A title"
	label := score.PageLabel{Source: "set", File: "f", Text: &text, Date: &date, Title: &title, Authors: []string{"Naw Aung"}}
	var r score.Report
	r.Page(label, ewgwatch.Article{Text: "One, two three four five", Title: "A title", Authors: []string{"X", "naw aung"}})
	for name, want := range map[string]score.Tally{
		"set text (shingles)": {Hit: 1, Extra: 1, Missed: 1},
		"set date":            {Missed: 1},
		"set title":           {Hit: 1},
		"set author":          {Hit: 1},
	} {
		if got := r.Tally(name); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	var b strings.Builder
	if err := r.Write(&b, true); err != nil || !strings.Contains(b.String(), `f: set date is "", want "2023-08-25"`) {
		t.Errorf("report is %s, %v", b.String(), err)
	}
}

func TestMeasuresOfNothingAreOne(t *testing.T) {
	var none score.Tally
	if none.Precision() != 1 || none.Recall() != 1 || none.F1() != 1 {
		t.Errorf("precision %v, recall %v, F1 %v", none.Precision(), none.Recall(), none.F1())
	}
}

func TestMacroWeighsARareStanceAsMuchAsACommonOne(t *testing.T) {
	label := topicLabel(t, `{"id":"1","lang":"en","on_topic":true,"states":[{"code":"LA","stance":"attended"},{"code":"VN","stance":"attended"},
		{"code":"TH","stance":"attended"},{"code":"SG","stance":"absent"}]}`)
	var r score.Report
	r.Topic(label, score.Reading{OnTopic: true, Findings: []ewgwatch.Finding{
		{State: ewgwatch.Laos, Stance: ewgwatch.Attended}, {State: ewgwatch.Vietnam, Stance: ewgwatch.Attended}, {State: ewgwatch.Thailand, Stance: ewgwatch.Attended},
	}})
	if got := r.Macro(); got != 0.5 {
		t.Errorf("mean F1 over attended (1) and absent (0) is %v", got)
	}
}
