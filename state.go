package ewgwatch

import (
	"slices"
	"time"
)

// State is the ISO 3166-1 alpha-2 code of a state that sits in the EWG CT,
// in capitals. The zero value stands for no state or an unknown one.
type State string

// The eleven ASEAN states and the eight Plus partners.
const (
	Brunei      State = "BN"
	Cambodia    State = "KH"
	Indonesia   State = "ID"
	Laos        State = "LA"
	Malaysia    State = "MY"
	Myanmar     State = "MM"
	Philippines State = "PH"
	Singapore   State = "SG"
	Thailand    State = "TH"
	TimorLeste  State = "TL"
	Vietnam     State = "VN"

	Australia    State = "AU"
	China        State = "CN"
	India        State = "IN"
	Japan        State = "JP"
	NewZealand   State = "NZ"
	SouthKorea   State = "KR"
	Russia       State = "RU"
	UnitedStates State = "US"
)

// Name returns the short English name, or the code itself for a state that
// does not sit in the EWG CT.
func (s State) Name() string {
	for _, m := range members {
		if m.state == s {
			return m.name
		}
	}
	return string(s)
}

// Valid reports whether s is one of the nineteen states.
func (s State) Valid() bool {
	return slices.ContainsFunc(members, func(m member) bool { return m.state == s })
}

// States returns all nineteen states: ASEAN first, each half by name.
func States() []State {
	all := make([]State, 0, len(members))
	for _, m := range members {
		all = append(all, m.state)
	}
	return all
}

// ASEAN returns the members of ASEAN on a day, by name. Timor-Leste joined on
// 26 October 2025 (47th ASEAN Summit); the other ten were members during the
// whole life of the EWG CT. A zero day means the roster of today's program:
// all eleven.
func ASEAN(on time.Time) []State { return roster(true, on) }

// Partners returns the eight Plus partners on a day, by name.
func Partners(on time.Time) []State { return roster(false, on) }

type member struct {
	state State
	name  string
	asean bool
	since time.Time // zero: before the EWG CT was set up in 2011
}

var members = []member{
	{state: Brunei, name: "Brunei", asean: true},
	{state: Cambodia, name: "Cambodia", asean: true},
	{state: Indonesia, name: "Indonesia", asean: true},
	{state: Laos, name: "Laos", asean: true},
	{state: Malaysia, name: "Malaysia", asean: true},
	{state: Myanmar, name: "Myanmar", asean: true},
	{state: Philippines, name: "Philippines", asean: true},
	{state: Singapore, name: "Singapore", asean: true},
	{state: Thailand, name: "Thailand", asean: true},
	{state: TimorLeste, name: "Timor-Leste", asean: true, since: time.Date(2025, time.October, 26, 0, 0, 0, 0, time.UTC)},
	{state: Vietnam, name: "Vietnam", asean: true},
	{state: Australia, name: "Australia"},
	{state: China, name: "China"},
	{state: India, name: "India"},
	{state: Japan, name: "Japan"},
	{state: NewZealand, name: "New Zealand"},
	{state: Russia, name: "Russia"},
	{state: SouthKorea, name: "South Korea"},
	{state: UnitedStates, name: "United States"},
}

func roster(asean bool, on time.Time) []State {
	var states []State
	for _, m := range members {
		if m.asean == asean && (on.IsZero() || !on.Before(m.since)) {
			states = append(states, m.state)
		}
	}
	return states
}
