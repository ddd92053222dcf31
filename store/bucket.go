package store

import bolt "go.etcd.io/bbolt"

// bucket names a top-level bucket.
type bucket string

const (
	metaBucket       bucket = "meta"
	sourcesBucket    bucket = "sources"
	eventsBucket     bucket = "events"
	visitsBucket     bucket = "visits"
	bySourceBucket   bucket = "visits_by_source"
	articlesBucket   bucket = "articles"
	revisionsBucket  bucket = "revisions"
	findingsBucket   bucket = "findings"
	findingIDsBucket bucket = "finding_ids"
	byStateBucket    bucket = "findings_by_state"
	historyBucket    bucket = "history"
	runsBucket       bucket = "runs"
	furnitureBucket  bucket = "furniture"
	hostsBucket      bucket = "hosts"
	healthBucket     bucket = "health"
	reviewsBucket    bucket = "reviews"

	subscriptionsBucket bucket = "subscriptions"
	changesBucket       bucket = "changes"
	toldBucket          bucket = "told"
	alertsBucket        bucket = "alerts"
	alertsDueBucket     bucket = "alerts_due"
	alertsPastBucket    bucket = "alerts_past"
	receiptsBucket      bucket = "receipts"
	marksBucket         bucket = "marks"
)

// buckets lists every bucket with what a stranger should know of it.
func buckets() []BucketStats {
	return []BucketStats{
		{Name: string(metaBucket), About: "schema version, when the file was made, that rows have checksums, last entry of the journal"},
		{Name: string(sourcesBucket), About: "source ID -> the line of seeds.txt as last seen"},
		{Name: string(eventsBucket), About: "event ID -> event as last seen, and what was known of it before"},
		{Name: string(visitsBucket), About: "hash of URL -> latest visit and the validators of the last good one"},
		{Name: string(bySourceBucket), About: "source ID, NUL, hash of URL -> nothing"},
		{Name: string(articlesBucket), About: "hash of canonical URL -> number of the latest revision of the article, IDs of its findings"},
		{Name: string(revisionsBucket), About: "hash of canonical URL, number -> revision of the article"},
		{Name: string(findingsBucket), About: "time found, ID -> finding"},
		{Name: string(findingIDsBucket), About: "ID -> time found"},
		{Name: string(byStateBucket), About: "state, NUL, time found, ID -> day published"},
		{Name: string(historyBucket), About: "ID, time -> finding as it was until then"},
		{Name: string(runsBucket), About: "run ID -> run and its coverage"},
		{Name: string(furnitureBucket), About: "host -> blocks its pages repeat, by the run that learnt them, and blocks seen once or twice"},
		{Name: string(hostsBucket), About: "lane or origin -> how long to leave it alone, its robots.txt"},
		{Name: string(healthBucket), About: "source ID -> its health and how that changed"},
		{Name: string(reviewsBucket), About: "ID, hash of analyst, time -> what the analyst said of the finding"},
		{Name: string(amendmentsBucket), About: "number -> what an analyst changed of an event"},
		{Name: string(subscriptionsBucket), About: "name -> who wants to hear what, how and when"},
		{Name: string(changesBucket), About: "number -> change of belief of which nobody has decided yet who is to hear of it"},
		{Name: string(toldBucket), About: "subscription, NUL, hash of claim -> what the subscriber knows of the claim"},
		{Name: string(alertsBucket), About: "ID -> alert that is owed, was sent in the last 90 days or is dead"},
		{Name: string(alertsDueBucket), About: "hash of channel, time due, ID -> nothing"},
		{Name: string(alertsPastBucket), About: "time sent or replaced, ID -> nothing"},
		{Name: string(receiptsBucket), About: "time, ID -> receipt of an alert"},
		{Name: string(marksBucket), About: "mark of what was told once -> when"},
	}
}

// fill is how full pages are left whose keys come in order of time: they hardly ever
// split. Pages that are written to anywhere, as hashes have it, are left half full, or
// nearly every row would split one and leave another all but empty.
const fill = 0.9

// inTime reports whether the keys of a bucket come in order of time, all of them or
// those behind the same beginning.
func (b bucket) inTime() bool {
	switch b {
	case findingsBucket, byStateBucket, runsBucket, amendmentsBucket, changesBucket, alertsDueBucket, alertsPastBucket, receiptsBucket:
		return true
	}
	return false
}

// in is the bucket as everything but a migration sees it.
func (b bucket) in(tx *bolt.Tx) rows { return newRows(b.raw(tx), b) }

// raw is the bucket with what was written to the file: from schema 7 on, values
// with their checksums.
func (b bucket) raw(tx *bolt.Tx) *bolt.Bucket {
	handle := tx.Bucket([]byte(b))
	if b.inTime() {
		handle.FillPercent = fill // bbolt does not keep it: every handle gets it anew
	}
	return handle
}
