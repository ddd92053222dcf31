// Package store keeps everything the program must not lose in one bbolt file:
// the latest visit to every URL, articles and their revisions, findings, events,
// sources and runs. It decides nothing: what a finding is and whether it holds
// is told to it. [Store.Stats] describes what is in the file.
//
// A [Store] is opened by one process for writing, or by several for reading.
// What one visit yielded goes in with [Store.Put], in one transaction; readings
// that arrive together share a commit. Page bytes and the text of articles are
// never kept here, only hashes and the capture that says where the bytes are
// archived: a bbolt file does not shrink.
//
// Nothing that was read is deleted. A finding that its article no longer yields is withdrawn;
// an article that changed has one revision more. What proves a finding, its
// quote, offsets, title, date and capture, stays as it was first read.
//
// Analysts' words on findings are kept beside what the machine read, every one of
// them. What was believed at an earlier moment can be asked: a finding that changes
// leaves what it was in a history. What they amend of events is kept in its order, the
// undone too.
//
// Every row has a checksum. With [Options.Journal] each commit is first told to the
// archive as an entry of a chain, from which [Rebuild] makes the file anew, equal to
// the last row. A process that holds the file answers readers on a Unix socket beside
// it ([Options.Answer]); where it does not, they get the newest backup.
//
// Who wants to hear of what is kept as subscriptions. With [Store.Hear] every
// change of belief is kept in the transaction that makes it; who is to hear of it is
// decided elsewhere, and kept whole by [Store.PutPlan] as alerts that are owed. They
// are leased, sent and settled: each at least once, by one ID. Of subscriptions the
// journal is told, of what became of alerts it is not: a database made anew owes
// nothing.
//
// Readers get [Store.Findings] in the order in which findings were found, in
// short transactions, because a long one makes the file grow.
//
// Every record is a version byte and tagged fields, so that an older program
// skips what a newer one added. A change that it could not skip has a new schema
// version: newer files are refused, older ones brought forward by a writer.
package store
