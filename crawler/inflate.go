package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// codingError is the flaw of a body whose content coding cannot be undone.
type codingError struct{ reason string }

func (e *codingError) Error() string { return e.reason }

// Inflate undoes the content codings that a Content-Encoding header names, as a
// crawl does before it hands a page over. The result is at most limit bytes long;
// what is longer is an error.
func Inflate(codings string, body []byte, limit int64) ([]byte, error) {
	return inflate(codings, body, limit)
}

const maxCodings = 2 // deeper nesting is no site but an attack

// inflate undoes the content codings a header names, the last first. It returns
// what it could undo besides the error. Bodies that say gzip and are not are
// taken as they are: some servers say it of errors and empty answers.
func inflate(codings string, body []byte, limit int64) ([]byte, error) {
	var named []string
	for coding := range strings.SplitSeq(strings.ToLower(codings), ",") {
		coding = strings.TrimSpace(coding)
		if coding != "" && coding != "identity" {
			named = append(named, coding)
		}
	}
	if len(named) > maxCodings {
		return nil, &codingError{fmt.Sprintf("content coding %.80q: want at most %d", codings, maxCodings)}
	}
	for i := len(named) - 1; i >= 0; i-- {
		var err error
		if body, err = undo(named[i], body, limit); err != nil {
			return body, err
		}
	}
	return body, nil
}

func undo(coding string, body []byte, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch coding {
	case "gzip", "x-gzip":
		if !isGzip(body) {
			return body, nil
		}
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		r, err = deflated(body)
	case "br":
		r = brotli.NewReader(bytes.NewReader(body))
	case "zstd":
		return unzstd(body, limit)
	default:
		return nil, &codingError{fmt.Sprintf("content coding %.40q is not known", coding)}
	}
	if err != nil {
		return nil, &codingError{coding + ": " + err.Error()}
	}
	return readCapped(coding, r, limit)
}

// maxWindow is how far back, in bytes, a zstd body may refer: as far as RFC 9659
// lets browsers go.
const maxWindow = 8 << 20

// unzstd needs a reader that is closed, or its goroutines stay.
func unzstd(body []byte, limit int64) ([]byte, error) {
	r, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, &codingError{"zstd: " + err.Error()}
	}
	defer r.Close()
	return readCapped("zstd", r, limit)
}

// deflated reads zlib as the standard wants it, or the bare stream some servers
// send.
func deflated(body []byte) (io.Reader, error) {
	if len(body) > 1 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0 {
		return zlib.NewReader(bytes.NewReader(body))
	}
	return flate.NewReader(bytes.NewReader(body)), nil
}

func readCapped(coding string, r io.Reader, limit int64) ([]byte, error) {
	decoded, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(decoded)) > limit:
		return decoded[:limit], &tooLarge{limit}
	case err != nil:
		return decoded, &codingError{coding + ": " + err.Error()}
	}
	return decoded, nil
}

func isGzip(body []byte) bool { return len(body) > 2 && body[0] == 0x1f && body[1] == 0x8b }
