// Package broadsheet sets a ledger for people who have only the paper: as one HTML
// page, as a picture, as Markdown, and as the JSON from which others set their own.
// It is pure: it reads no clock and no file, and the same ledger gives the same bytes.
//
//	ledger + About -> Sheet -> HTML | SVG | Markdown | JSON
//
// It adds nothing up and weighs nothing; what a cell holds the ledger says. What
// is taken from it is taken in taken.go alone.
//
// # Foreign text
//
// Quotes, names and titles come from pages that may be hostile. In HTML, SVG and
// Markdown they are set on one line, without characters that nobody sees or that
// turn the direction of the text around, and escaped for where they stand. JSON
// has them as they stood. Of addresses only absolute http(s) ones become links.
//
// # JSON
//
// The object has a schema, 1. Members are only ever added to it, none changes its
// name or meaning; lists are in a stable order. [Document] says what is in it.
package broadsheet
