package main

import (
	"ewgwatch"
	"ewgwatch/export"
)

// runTable is a row a run.
func (c *corpus) runTable() export.Table {
	rows := func(yield func([]any, error) bool) {
		for _, run := range c.runs {
			if !yield(runRow(run), nil) {
				return
			}
		}
	}
	return export.Table{Name: "runs", Columns: runColumns(), Rows: rows}
}

func runColumns() []export.Column {
	return []export.Column{
		{Name: "run_id", Kind: export.Words, About: "identity of the night"},
		{Name: "started_at", Kind: export.Moment, About: "when it began"},
		{Name: "ended_at", Kind: export.Moment, About: "when it ended; empty where it was killed or still went on"},
		{Name: "complete", Kind: export.Truth, About: "every source was read within its budget"},
		{Name: "program", Kind: export.Words, About: "version of the program"},
		{Name: "rules", Kind: export.Words, About: "version of the reading rules"},
		{Name: "sources_read", Kind: export.Whole, About: "sources read wholly"},
		{Name: "sources_partial", Kind: export.Whole, About: "read in part"},
		{Name: "sources_unread", Kind: export.Whole, About: "not read: they prove nothing"},
		{Name: "articles", Kind: export.Whole, About: "articles read"},
		{Name: "on_topic", Kind: export.Whole, About: "of them about an activity of the working group"},
		{Name: "findings", Kind: export.Whole, About: "new findings"},
	}
}

func runRow(run ewgwatch.Run) []any {
	m := coverageOf(run)
	articles, onTopic, findings := 0, 0, 0
	for _, c := range run.Coverage {
		articles, onTopic, findings = articles+c.Articles, onTopic+c.OnTopic, findings+c.Findings
	}
	return []any{run.ID, run.StartedAt, run.EndedAt, run.Complete, run.Version, run.Rules, m.Read, m.Partial, m.Unread, articles, onTopic, findings}
}
