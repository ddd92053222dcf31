// Package ewgwatch holds the words of the domain: what a source, a page, an
// article, a mention, an event, a stance and a finding are. It uses the
// standard library only, does no I/O and knows none of the stages.
//
// The flow, each stage a package that imports this one and no other stage:
//
//	seeds.txt -> crawler -> extract -> store -> ledger -> export
//	                |                    |
//	             archive               alert
//
// [ParseSeeds] turns seeds.txt into [Source]s. The crawler visits them and
// hands over one [Page] a visit, whose [Outcome] says how it ended; its bytes
// are kept as a [Capture]. Extract reads a page into an [Article] and that
// into [Finding]s: a dated claim that a [State] took a [Stance] on an [Event],
// with the quote that says so. The store keeps what one visit yielded, a
// [Reading], in one transaction. The ledger adds findings up to a matrix of
// states by events, and says of every empty cell which kind of nothing it is.
// An [Amendment] is what an analyst changes of the events, a [Sketch] what tells
// copies of a text, a [SourceClass] whose word one is; ledger/broadsheet sets the
// matrix as a page, a picture, Markdown and JSON.
// Of every source a [Health] says, from night to night, whether it could be read.
// Of each [Change] of what is believed, alert decides which [Subscription] is owed an
// [Alert]; it is kept in the store, rendered and sent, and a [Receipt] says so.
// A [Review] is what an analyst says of a finding, beside what the machine read.
// Beside the flow stand runlog, the chained log of runs and its time stamps; bundle,
// evidence for a stranger; and review, sheets for analysts. Only cmd/ewgwatch knows
// all the stages.
package ewgwatch
