// Package ledger adds findings up to the matrix of states by events: what is
// said of each state at each event, by how many independent voices, whether
// they contradict each other, and where nothing is said, which kind of nothing
// it is. It is pure: it stores nothing, asks no clock, and the same findings in
// any order give the same ledger.
//
//	findings -> tally -> claims -> voices -> cells
//	coverage -> kinds of nothing
//
// It resolves nothing. Where one source says present and another absent, the
// cell shows both; where plans and deeds differ, it shows both and calls it
// history. Only findings that stand count: current ones, and those an analyst
// corrected.
//
// # Which sources cover a state
//
// An empty cell is only as good as the sources that could have filled it. Held
// to cover a state are
//   - its own: those whose Coverage.State is the state (its ministry, agency or
//     press), and
//   - others: those that any run read an article on an EWG CT activity from
//     (Coverage.OnTopic), or that named the state (Coverage.Covers).
//
// Where a state has sources of its own they decide which kind of nothing a cell
// is, because another country's paper that was read is no excuse for a ministry
// that answers 403; the others decide where it has none. A source counts as it
// stood in the last coverage given of it: one that was read before and is
// blocked now is not read, and counted as read earlier.
//
// Coverage says that a source was read, not that everything it ever wrote was
// still there to be read. Even "not mentioned" is therefore no evidence of
// absence, and nothing here says so.
package ledger
