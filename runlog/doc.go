// Package runlog keeps the log of runs: one line of JSON for each, appended and
// never changed, which names every archive file of the run with its SHA-256 and
// holds the SHA-256 of the line before. So a changed, removed, added or moved line
// is found by anybody:
//
//	sed -n 7p runs.log | tr -d '\n' | sha256sum   # is "prev" of line 8
//
// What the chain cannot show is that lines were cut off its end: for that the hash
// of the last line must be kept elsewhere, as package stamp lets a time stamp
// authority do. This package does not lock: who appends holds the database.
package runlog
