package ewgwatch

import (
	"fmt"
	"regexp"
	"strings"
)

// eventID is what IDs of events look like, with the date, the kind and the host that
// they may tell of.
var eventID = regexp.MustCompile(`^ewgct(?:-([0-9]{4}(?:-[0-9]{2})?))?(-[a-z][a-z0-9]*(?:-[a-z0-9]+)*)$`)

// maxEventID is how long the ID of an event may be.
const maxEventID = 80

// CheckEventID refuses an ID that no event can have.
func CheckEventID(id string) error {
	if len(id) > maxEventID || !eventID.MatchString(id) {
		return fmt.Errorf("want the ID of an event like ewgct-2022-12-meeting, have %.90q", id)
	}
	return nil
}

// EventOf returns what the ID of an event says of it: date, kind and host, where it
// says them. Nothing else is known.
func EventOf(id string) Event {
	e := Event{ID: id}
	parts := eventID.FindStringSubmatch(id)
	if parts == nil {
		return e
	}
	e.Start, _ = ParseDate(parts[1]) // a month 13 is none
	words := strings.Split(strings.TrimPrefix(parts[2], "-"), "-")
	if words[0] == "undated" {
		words = words[1:]
	}
	if len(words) == 0 {
		return e
	}
	switch kind := EventKind(words[0]); kind {
	case Tabletop, Field, Planning, Meeting, OtherKind:
		e.Kind = kind
	}
	if host := State(strings.ToUpper(words[len(words)-1])); len(words) == 2 && host.Valid() {
		e.Host = host
	}
	return e
}
