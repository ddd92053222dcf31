package store

import bolt "go.etcd.io/bbolt"

// bucket is one top-level bucket and what a stranger should know of it.
type bucket struct{ name, about string }

var (
	metaBucket       = bucket{"meta", "schema version and when the file was made"}
	sourcesBucket    = bucket{"sources", "source ID -> the line of seeds.txt as last seen"}
	eventsBucket     = bucket{"events", "event ID -> event as last seen"}
	visitsBucket     = bucket{"visits", "hash of URL -> latest visit and the validators of the last good one"}
	bySourceBucket   = bucket{"visits_by_source", "source ID, NUL, hash of URL -> nothing"}
	articlesBucket   = bucket{"articles", "hash of canonical URL -> latest revision of the article"}
	revisionsBucket  = bucket{"revisions", "hash of canonical URL, number -> revision of the article"}
	findingsBucket   = bucket{"findings", "time found, ID -> finding"}
	findingIDsBucket = bucket{"finding_ids", "ID -> time found"}
	byArticleBucket  = bucket{"findings_by_article", "hash of canonical URL, ID -> nothing"}
	runsBucket       = bucket{"runs", "run ID -> run and its coverage"}
)

var buckets = []bucket{metaBucket, sourcesBucket, eventsBucket, visitsBucket, bySourceBucket, articlesBucket,
	revisionsBucket, findingsBucket, findingIDsBucket, byArticleBucket, runsBucket}

// fill is how full pages are left. Most keys come in order of time, so that
// pages hardly ever split; bbolt does not keep the setting, so every handle
// gets it anew.
const fill = 0.9

func (b bucket) in(tx *bolt.Tx) *bolt.Bucket {
	handle := tx.Bucket([]byte(b.name))
	handle.FillPercent = fill
	return handle
}
