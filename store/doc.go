// Package store keeps everything the program must not lose in one bbolt file:
// the latest visit to every URL, articles and their revisions, findings, events,
// sources and runs. It decides nothing: what a finding is and whether it holds
// is told to it.
//
// A [Store] is opened by one process for writing. What one visit yielded goes
// in with [Store.Put], in one transaction; readings that arrive together share
// a commit. Page bytes are never kept here, only the capture that says where
// they are archived: a bbolt file does not shrink.
//
// Readers get [Store.Findings] in the order in which findings were found, in
// short transactions, because a long one makes the file grow.
package store
