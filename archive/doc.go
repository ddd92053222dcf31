// Package archive appends, finds and verifies captures in WARC files. It does
// not fetch, does not decide what is worth keeping, does not decode or read
// pages, and never changes a file of an earlier run.
//
//	archive.Open -> Record, Record, ... -> Sync -> (the caller commits) -> Close
//	archive.Read(dir, capture)  one capture, checked against its SHA-256
//	archive.Records(r)          every record of a file
//	archive.Tail(r)             where the last whole record ends
//
// # What is written
//
// Files are WARC 1.1 (ISO 28500:2017), one gzip member a record as its Annex D
// recommends, so that standard tools read them and an offset finds a record.
// Each file opens with a warcinfo record (6.2); each exchange adds a request
// (6.5) and a response (6.3) that name each other in WARC-Concurrent-To (5.7)
// and share the WARC-Date, the moment capture began (5.4). What scripts made of
// such answers, and no server sent, is a resource (6.4): the document as text,
// its Content-Type saying the charset whatever a <meta> in it says. No other
// record types are written; those of other programs are read. Digests are SHA-256,
// lower-case hex, labelled "sha256" (the standard names no algorithm; the label
// and spelling are the community's, iipc/warc-specifications issues 48 and 80).
//
// HTTP heads are rebuilt from what net/http kept, which is not byte for byte
// what came over the wire:
//
//   - Names are in canonical form and sorted; the values of one name keep their
//     order. The order among different names is not known.
//   - The payload of a response is its entity body with any transfer coding
//     removed and the content coding intact (6.3.2), and so it is stored. A
//     Transfer-Encoding header would then say something untrue of the bytes that
//     follow, and readers that believe it fail; it becomes
//     X-Crawler-Transfer-Encoding, the prefix Common Crawl and StormCrawler mask
//     such headers with (commoncrawl/news-crawl issue 30, apache/stormcrawler
//     pull request 691). So does a Content-Length that is not the payload's,
//     unless the answer has no payload by nature (HEAD, 1xx, 204, 304). No header
//     is added to a response; without a length the payload ends with the block.
//   - HTTP/2 has no text form. Its messages are written as HTTP/1.1 with a field
//     WARC-Protocol: h2 (iipc/warc-specifications, adopted extension).
//   - What a foreign server sent cannot forge a header or a record: control
//     characters in values become spaces (RFC 9110, 5.5), characters that no
//     header name may hold become "_", and those that no URL may hold are
//     percent-encoded.
//
// # What is promised
//
// Record may be called by many goroutines. A capture is durable once a Sync that
// began after its Record has returned nil: call Sync before committing anything
// that cites a capture. One Sync serves every Record before it, and costs
// nothing when nothing was written since. A write that fails is cut off again,
// so the file always ends with a whole record, and the next Record tries afresh.
// A failed fsync is different: nobody knows what the disk holds then, so every
// later Record and Sync returns its error and the archive has to be opened anew.
//
// A killed process can leave a torn record at a file's end. A run never appends
// to the file of another, so a torn tail needs no repair; [Records] yields what
// is whole and then [ErrTorn]. Whoever wants it gone cuts the file at [Tail].
//
// # Why not a library
//
// nlnwa/gowarc reads and writes every record type and validates foreign files,
// at the price of large dependencies; in the version read it fsyncs after every
// record and leaves the partial record of a failed write in place. CorentinB/warc
// is built into an HTTP client of its own and records below it, where our
// politeness and address rules live. What is needed here is small, and the two
// things that matter most, what a Sync means and what a full disk leaves behind,
// are exactly what would have to be changed in either.
package archive
