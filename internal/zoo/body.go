package zoo

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"ewgwatch"
)

const bombSize = 32 << 20 // bytes, unpacked

// coded answers everything with these bytes under this content coding.
func coded(coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", coding)
		_, _ = w.Write(body) // who hung up wants no more
	}
}

// bomb packs zeros with a writer that the caller makes.
func bomb(pack func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	w := pack(&b)
	zeros := make([]byte, 1<<20)
	for range bombSize / len(zeros) {
		_, _ = w.Write(zeros) // into memory
	}
	_ = w.Close() // into memory
	return b.Bytes()
}

func gzipped(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body) // into memory
	_ = w.Close()        // into memory
	return b.Bytes()
}

func gzipBomb() []byte {
	return bomb(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
}

// drip sends a byte now and then until nobody listens.
func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusOK)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			fmt.Fprint(w, "x")
			_ = http.NewResponseController(w).Flush() // who hung up ends the context
		case <-r.Context().Done():
			return
		}
	}
}

// flood sends without end.
func flood(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	line := []byte(strings.Repeat(prose, 100))
	for r.Context().Err() == nil {
		if _, err := w.Write(line); err != nil {
			return
		}
	}
}

// bodies are answers whose bytes are the trouble.
func bodies() []kind {
	none, large := ewgwatch.ReachNone, wants(ewgwatch.TooLarge)
	good := gzipped([]byte("<title>News</title>" + text))
	return []kind{
		{name: "a byte now and then", want: wants(ewgwatch.Timeout), reach: none, serve: drip},
		{name: "a flood without end", want: large, reach: none, serve: flood},
		{name: "a body over the cap", want: large, reach: none, serve: page("Long", strings.Repeat(prose, 100_000))},
		{name: "gzip bomb", want: large, reach: none, serve: coded("gzip", gzipBomb())},
		{name: "deflate bomb", want: large, reach: none, serve: coded("deflate", bomb(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }))},
		{name: "brotli bomb", want: large, reach: none, serve: coded("br", bomb(func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }))},
		{name: "zstd bomb", want: large, reach: none, serve: coded("zstd", bomb(zstdWriter))},
		{name: "bomb in a bomb", want: large, reach: none, serve: coded("gzip, gzip", gzipped(gzipBomb()))},
		{name: "too many codings", want: wants(ewgwatch.Unreadable), reach: none, serve: coded("gzip, gzip, gzip", good)},
		{name: "gzip that is plain", want: wants(ewgwatch.New), reach: ewgwatch.ReachRead, serve: coded("gzip", []byte("<title>News</title>"+text))},
		{name: "gzip that breaks off", want: wants(ewgwatch.Unreadable), reach: none, serve: coded("gzip", good[:len(good)/2])},
		{name: "a coding nobody knows", want: wants(ewgwatch.Unreadable), reach: none, serve: coded("sdch", good)},
	}
}

func zstdWriter(w io.Writer) io.WriteCloser {
	z, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	if err != nil { // for options that contradict each other
		panic(err)
	}
	return z
}
