package crawler

import (
	"net/http"
	"strings"
	"sync"
)

const maxScripts = 32 << 20 // bytes of scripts kept of all sources together

// scriptCache keeps the scripts of a run, as a browser does, so that they are not
// fetched for every page of a source. Sources share nothing.
type scriptCache struct {
	mu    sync.Mutex
	size  int64
	known map[string]script // by source and URL
}

type script struct {
	header http.Header
	body   []byte // decoded
}

func newScriptCache() *scriptCache { return &scriptCache{known: map[string]script{}} }

func (c *scriptCache) script(source, address string) (script, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.known[source+" "+address]
	return s, ok
}

// keep keeps a script, unless its server says not to. A full cache begins anew.
func (c *scriptCache) keep(source, address string, s script) {
	if strings.Contains(strings.ToLower(s.header.Get("Cache-Control")), "no-store") {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size += int64(len(s.body)); c.size > maxScripts {
		c.size, c.known = int64(len(s.body)), map[string]script{}
	}
	c.known[source+" "+address] = s
}
