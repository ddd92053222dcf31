package ewgwatch

// EventKind is what sort of activity an event is.
type EventKind string

// The kinds.
const (
	Tabletop  EventKind = "tabletop" // table-top or command-and-staff exercise
	Field     EventKind = "field"    // field training exercise
	Planning  EventKind = "planning" // planning conference for an exercise
	Meeting   EventKind = "meeting"  // meeting of the working group itself
	OtherKind EventKind = "other"
)

// Event is one EWG CT activity in the world.
type Event struct {
	ID    string // stable: "ewgct-2023-field", or "ewgct-2027-field-in" for one not in the catalogue
	Name  string
	Kind  EventKind
	Place string // as people name it: "Naypyitaw, Myanmar"; "" where unknown
	Host  State  // on whose soil; "" where unknown
	Start Date
	End   Date
	Cycle string // "2021-2023"; "" where unknown
	// Provisional is set on an event that no catalogue knows and that was read
	// from an article.
	Provisional bool
}
