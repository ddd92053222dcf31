package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"ewgwatch/extract/lexicon"
)

// edition counts changes of the reading code itself, which no hash over data
// files sees. Raise it when the same page may give other findings.
const edition = "1"

// Rules names the rules of reading in force: a hash over edition, lexicon and
// catalogue. It is kept with every run, so that a finding can be told from one
// that other rules would give.
var Rules = sync.OnceValue(func() string {
	h := sha256.New()
	h.Write([]byte(edition + "\x00" + catalogueTSV))
	if err := lexicon.WriteAll(h); err != nil {
		panic(err) // embedded files can always be read
	}
	return edition + "-" + hex.EncodeToString(h.Sum(nil)[:8])
})
