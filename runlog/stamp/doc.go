// Package stamp gets and checks time stamps (RFC 3161): the word of an authority
// that is no part of this program that a hash existed at a time. Checking needs no
// network.
package stamp
