// Package ledger adds findings up to the matrix of states by events: what is
// said of each state at each event, by how many independent voices, whether
// they contradict each other, and where nothing is said, which kind of nothing
// it is. It is pure: it stores nothing, asks no clock, and the same findings in
// any order give the same ledger.
//
//	findings -> cells -> claims -> voices
//	coverage -> kinds of nothing
//
// It resolves nothing: where one source says present and another absent, the
// cell shows both.
package ledger
