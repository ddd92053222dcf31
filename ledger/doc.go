// Package ledger adds findings up to the matrix of states by events: what is
// said of each state at each event, by how many independent voices, whether
// they contradict each other, and where nothing is said, which kind of nothing
// it is. It is pure: it stores nothing, asks no clock, and the same findings in
// any order give the same ledger.
//
//	findings -> tally -> claims -> voices -> cells
//	findings -> what each source said when -> histories, expectations
//	runs -> what was read for each event -> kinds of nothing
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
// that answers 403; the others decide where it has none. What was read last is
// counted as it stood in the last coverage given of a source: one that was read
// before and is blocked now is not read, and counted as read earlier.
//
// # Which of them were read for an event
//
// A ministry that was read today and keeps a month of news is no witness of 2023.
// A source was read for an event if a run read it within the event's period (see
// Period), or if articles that it published in those months were read at any time
// (Coverage.Months), or if it tells of the event. "Not mentioned" asks for one such
// source at least; where sources were read and none for the event, it is not
// covered. Runs of before months were kept tell only when they read. Reading says
// which languages and kinds of sources were read for an event, and Read gives the
// counts beside a reported absence as well.
//
// That a source was read does not mean that everything it ever wrote was still
// there to be read. Even "not mentioned" is therefore no evidence of absence, and
// nothing here says so.
package ledger
