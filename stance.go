package ewgwatch

import "slices"

// Stance is what an article says a state did about an event.
type Stance string

// The stances. An article may give a state several.
const (
	CoChair   Stance = "co_chair"  // chairs or organises it together with another state
	Host      Stance = "host"      // it takes place on the state's soil
	Attended  Stance = "attended"  // took or takes part, observers too
	Invited   Stance = "invited"   // expected, slated, invited; not yet there
	Declined  Stance = "declined"  // announced that it stays away: boycotted, withdrew, ruled out
	Absent    Stance = "absent"    // reported missing, without an announcement of its own
	Undecided Stance = "undecided" // no indication given, would not comment
	Urged     Stance = "urged"     // others call on it to act
	Mentioned Stance = "mentioned" // named, and nothing more
)

// Stances returns every stance, the weightiest first: the order in which a
// ledger cell names them.
func Stances() []Stance {
	return []Stance{CoChair, Host, Attended, Declined, Absent, Undecided, Invited, Urged, Mentioned}
}

// Valid reports whether s is one of the stances.
func (s Stance) Valid() bool { return slices.Contains(Stances(), s) }

// Contradicts reports whether one state cannot have taken both stances on one
// event: it was there, or it was not. Chairing and hosting count as being
// there. Urged, invited, undecided and mentioned contradict nothing, they are
// steps on the way.
func (s Stance) Contradicts(other Stance) bool {
	return s.present() && other.away() || s.away() && other.present()
}

func (s Stance) present() bool { return s == CoChair || s == Host || s == Attended }
func (s Stance) away() bool    { return s == Declined || s == Absent }
