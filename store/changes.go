package store

// partSize is from where on a commit is told in one entry more.
const partSize = 8 << 20

// changes collects what a transaction changes, as fields of entries to be.
type changes struct {
	untold bool // there is no journal: that there are changes is all that counts
	any    bool
	parts  []*writer
	bucket bucket // of the row last told
}

func (c *changes) part(b bucket) *writer {
	if len(c.parts) == 0 || len(c.parts[len(c.parts)-1].buf) > partSize {
		c.parts, c.bucket = append(c.parts, &writer{}), ""
	}
	w := c.parts[len(c.parts)-1]
	if c.bucket != b {
		w.text(entryBucket, string(b))
		c.bucket = b
	}
	return w
}

func (c *changes) put(b bucket, key, value []byte) {
	if c.any = true; c.untold {
		return
	}
	w := c.part(b)
	w.block(entryKey, key)
	w.block(entryValue, value)
}

func (c *changes) remove(b bucket, key []byte) {
	if c.any = true; c.untold {
		return
	}
	c.part(b).block(entryGone, key)
}

// The fields of an entry. Those of rows come in the order in which the rows were
// changed: a bucket holds for all that follow, a value belongs to the key before
// it.
const (
	entryNumber = 1 // from 1
	entryPrev   = 2 // SHA-256 of the entry before; none in the first
	entryAt     = 3
	entrySchema = 4
	entryMore   = 5 // the commit goes on in the next entry
	entryBase   = 6 // the chain begins: what follows is everything there is
	entryTable  = 7 // a bucket that is to be there, even without rows
	entryBucket = 8
	entryKey    = 9
	entryValue  = 10
	entryGone   = 11 // the key of a row that was removed
)
