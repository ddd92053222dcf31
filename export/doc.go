// Package export writes findings as files that analysts open: CSV now. It
// queries nothing and decides nothing; what it is given is what it writes.
package export
