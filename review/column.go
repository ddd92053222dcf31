package review

// The columns that are read again.
const (
	findingColumn = "finding_id"
	rulingColumn  = "review_ruling"
	stateColumn   = "review_state"
	stanceColumn  = "review_stance"
	eventColumn   = "review_event"
	byColumn      = "reviewed_by"
	whyColumn     = "review_why"
	machineColumn = "machine"
)

// Columns returns the columns of a sheet, in order.
func Columns() []string {
	return []string{
		findingColumn, "state", "stance", "event_id", "planned", "quote", "title", "url", "published_at", "source", "lang", "status",
		rulingColumn, stateColumn, stanceColumn, eventColumn, byColumn, whyColumn, machineColumn,
	}
}

// needed are the columns without which a row says nothing.
func needed() []string { return []string{findingColumn, rulingColumn, machineColumn} }

// shown are the columns of the machine's that an analyst may take for those to
// correct.
func shown() []string { return []string{"state", "stance", "event_id", "planned"} }
