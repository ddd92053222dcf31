package ewgwatch

// SourceClass is who speaks in a source, seen from one cell of the ledger: a
// ministry's word on its own state weighs otherwise than on its guest.
type SourceClass string

// The classes.
const (
	OwnMinistry   SourceClass = "own ministry"
	HostMinistry  SourceClass = "host's ministry"
	ThirdMinistry SourceClass = "third ministry"
	StateMedia    SourceClass = "state media" // an agency, broadcaster or newspaper that a state owns or runs
	Wire          SourceClass = "wire"        // any other agency
	Independent   SourceClass = "independent" // any other newspaper, and think tanks
	Advocacy      SourceClass = "NGO"
	Secretariat   SourceClass = "ASEAN body"
	UnknownClass  SourceClass = "unknown"
)

// SourceClasses returns every class, those nearest to the state first.
func SourceClasses() []SourceClass {
	return []SourceClass{OwnMinistry, HostMinistry, ThirdMinistry, Secretariat, StateMedia, Wire, Independent, Advocacy, UnknownClass}
}

// Class returns who speaks in a source of a state at an event of a host, "" where
// no host is known. Which agencies and newspapers belong to a state seeds.txt says,
// with owner=state.
func (s Source) Class(of, host State) SourceClass {
	switch s.Kind {
	case Ministry:
		switch s.State {
		case "":
			return ThirdMinistry
		case of:
			return OwnMinistry
		case host:
			return HostMinistry
		}
		return ThirdMinistry
	case ASEANBody:
		return Secretariat
	case NGO:
		return Advocacy
	case Agency, News, ThinkTank:
		switch {
		case s.StateOwned:
			return StateMedia
		case s.Kind == Agency:
			return Wire
		}
		return Independent
	}
	return UnknownClass
}
