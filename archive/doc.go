// Package archive appends, finds and verifies captures in WARC files. It does
// not fetch, does not decide what is worth keeping, does not decode or read
// pages, and never changes a file of an earlier run.
//
//	archive.Open -> Repair -> Record, Record, ... -> Sync -> (the caller commits) -> Close
//	archive.Read(dir, capture)  one capture, checked against its SHA-256
//	archive.Raw(dir, capture)   the records that tell of it, as a file of their own
//	archive.Bodies(ctx, dir)    every page that a crawl handed over, in order
//	archive.Damage(ctx, dir)    everything that is wrong
//	archive.Records(r)          every record of a file
//	archive.Entries(ctx, dir)   the journal of the database
//
// # What is written
//
// Files are WARC 1.1 (ISO 28500:2017), one gzip member a record as its Annex D
// recommends, so that standard tools read them and an offset finds a record; a test
// has warcio.js read them. Each file opens with a warcinfo record (6.2). Each exchange
// adds a request (6.5) and a response (6.3) that name each other in WARC-Concurrent-To
// (5.7) and share the WARC-Date, the moment capture began (5.4), and a metadata record
// (6.6): for which source and role it was made, what became of it, why robots.txt
// allowed it, and the site's certificate. An answer that brought the same bytes as an
// earlier one, or 304, is a revisit (6.7) of that one, which is read and checked
// first: where it is damaged, what came is archived anew. What scripts made of
// answers, and no server sent, is a resource (6.4): the document as text, its
// Content-Type saying the charset whatever a <meta> in it says. The journal of the
// database is metadata records of a type of its own. Digests are SHA-256, lower-case
// hex, labelled "sha256" (the standard names no algorithm; the label and spelling are
// the community's, iipc/warc-specifications issues 48 and 80). A field
// X-Archive-Session holds a secret of the run, by which [Records] knows its own
// records again behind damaged ones.
//
// HTTP heads are written as they went over the wire, byte for byte. The payload is
// kept with its chunks undone and its content coding intact; where the head says that
// it is chunked, the record has it as one chunk, and no WARC-Payload-Digest, since
// programs do not agree whether that is of the chunks: the metadata has the hash.
// Where no head is known, or it is not true of the payload, it is rebuilt from what
// net/http kept:
//
//   - Names are in canonical form and sorted; the values of one name keep their
//     order. The order among different names is not known.
//   - A Transfer-Encoding header, or a Content-Length that is not the payload's,
//     unless the answer has none by nature (HEAD, 1xx, 204, 304), becomes
//     X-Crawler-Transfer-Encoding and so on, the prefix Common Crawl and StormCrawler
//     mask such headers with (commoncrawl/news-crawl issue 30,
//     apache/stormcrawler pull request 691).
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
// A killed process can leave a torn record at a file's end. [Records] yields what is
// whole and then [ErrTorn]; [Archive.Repair] cuts it off, as the next run begins, and
// keeps what it cuts beside the file. A damaged record costs itself and no other:
// [Records] says which bytes are damaged and goes on at the next.
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
