// Package send delivers the alerts that are owed: it leases them from an outbox,
// hands each to the sender of its channel, and settles what came of it.
//
// Every channel has a lane of its own. A lane that fails rests, longer each time,
// and tries one alert when it wakes; the others never wait for it. Nothing is
// decided here, and no channel is known here: the packages below open them.
//
// An alert is delivered at least once. It keeps its ID over every attempt, and
// every channel that has a place for it carries it, so that a receiver can tell
// what it has already: the Message-ID of a mail, the Ewgwatch-Delivery of a
// webhook, the id of a feed's item. Chat services have no such place: after a
// crash between a delivery and its receipt they see a message again.
package send
