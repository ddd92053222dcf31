package main

import (
	"ewgwatch/export"
	"ewgwatch/ledger"
)

// ledgerTable is the ledger a row a stance, or a row that says why nothing is
// known. A filter by states or events narrows it, no other does: what sources say
// together is not less for being asked of one.
func (c *corpus) ledgerTable(matrix *ledger.Ledger) export.Table {
	rows := func(yield func([]any, error) bool) {
		for _, state := range matrix.States {
			for _, event := range matrix.Events {
				if !among(c.filter.states, state) || !among(c.filter.events, event.ID) {
					continue
				}
				for _, row := range cellRows(matrix.Cell(state, event)) {
					if !yield(row, nil) {
						return
					}
				}
			}
		}
	}
	return export.Table{Name: "ledger", Columns: ledgerColumns(), Rows: rows}
}

func ledgerColumns() []export.Column {
	return []export.Column{
		{Name: "state", Kind: export.Words, About: "ISO 3166-1 code of the state"},
		{Name: "state_name", Kind: export.Words, About: "its name"},
		{Name: "event_id", Kind: export.Words, About: "event; empty for what could not be tied to one"},
		{Name: "event_name", Kind: export.Words, About: "its name"},
		{Name: "event_start", Kind: export.Day, About: "its first day"},
		{Name: "stance", Kind: export.Words, About: "what the state is said to have done; empty where nothing is said"},
		{Name: "planned", Kind: export.Truth, About: "said of the future"},
		{Name: "independent_sources", Kind: export.Whole, About: "independent voices that say so"},
		{Name: "contradicted", Kind: export.Truth, About: "another stance in this cell cannot be true as well"},
		{Name: "finding_id", Kind: export.Words, About: "the surest finding that says so"},
		{Name: "quote", Kind: export.Words, About: "its words"},
		{Name: "url", Kind: export.Words, About: "its page"},
		{Name: "nothing", Kind: export.Words, About: "which kind of nothing is known, where nothing is said; none of them is evidence of absence"},
		{Name: "nothing_why", Kind: export.Words, About: "what that rests on"},
	}
}

func cellRows(cell ledger.Cell) (rows [][]any) {
	place := []any{string(cell.State), cell.State.Name(), cell.Event.ID, cell.Event.Name, cell.Event.Start}
	if len(cell.Said) == 0 {
		return [][]any{append(place, "", nil, nil, nil, "", "", "", string(cell.Nothing.Kind), cell.Nothing.String())}
	}
	for _, said := range cell.Said {
		rows = append(rows, append(place[:len(place):len(place)], string(said.Stance), said.Planned, said.Voices, said.Contradicts,
			said.Best.ID, said.Best.Quote, said.Best.URL, "", ""))
	}
	return rows
}
