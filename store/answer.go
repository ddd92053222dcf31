package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"ewgwatch"
)

// answerer is what a process that holds the database answers readers with, on a
// socket beside it. Every answer is read in short transactions of its own, so
// that a slow reader holds up nobody.
type answerer struct {
	store  *Store
	server http.Server
	path   string // of the socket
	done   sync.WaitGroup
}

// maxSocketPath is how long the name of a socket may be: the least that any
// system allows (104 bytes on macOS and the BSDs) with the NUL at its end.
const maxSocketPath = 103

// answer begins to answer readers, if asked to.
func (s *Store) answer(ctx context.Context) error {
	if !s.options.Answer {
		return nil
	}
	path, err := socketPath(s.path)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, listener.Close())
	}
	a := &answerer{store: s, path: path}
	a.server.Handler, a.server.ReadHeaderTimeout = a.routes(), 10*time.Second
	a.done.Go(func() { _ = a.server.Serve(listener) }) // ends with stop
	s.answers = a
	return nil
}

// socketPath is where the socket goes: beside the database, or in a folder of
// its own where that name is too long. A socket that a killed process left is
// taken away: whoever holds the database is the only one to answer for it.
func socketPath(database string) (string, error) {
	path := database + ".sock"
	if len(path) > maxSocketPath {
		dir, err := os.MkdirTemp("", "ewgwatch-")
		return filepath.Join(dir, "sock"), err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return path, nil
}

// patience is how long readers may go on after the database is to be closed.
const patience = 10 * time.Second

func (a *answerer) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := a.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = a.server.Close()
	}
	a.done.Wait()
	if filepath.Dir(a.path) != filepath.Dir(a.store.path) {
		err = errors.Join(err, os.RemoveAll(filepath.Dir(a.path)))
	}
	return err
}

// The answers. Keys come as hexadecimal, rows go as frames: see [appendFrame].
const (
	helloPath    = "/v1/hello"
	getPath      = "/v1/get"
	rowsPath     = "/v1/rows"
	lastPath     = "/v1/last"
	findingsPath = "/v1/findings"
	statsPath    = "/v1/stats"
	backupPath   = "/v1/backup"
)

func (a *answerer) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(helloPath, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(strconv.Itoa(len(migrations())))) })
	mux.HandleFunc(getPath, a.get)
	mux.HandleFunc(rowsPath, a.rows)
	mux.HandleFunc(lastPath, a.last)
	mux.HandleFunc(findingsPath, a.findings)
	mux.HandleFunc(statsPath, a.stats)
	mux.HandleFunc(backupPath, a.backup)
	return mux
}

func bucketIn(values url.Values) (bucket, bool) {
	name := values.Get("bucket")
	return bucket(name), slices.ContainsFunc(buckets(), func(b BucketStats) bool { return b.Name == name })
}

func keyIn(values url.Values, name string) []byte {
	key, _ := hex.DecodeString(values.Get(name))
	return key
}

func (a *answerer) get(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	b, ok := bucketIn(values)
	var value []byte
	err := a.store.look(func(l look) error {
		if ok {
			value = l.get(b, keyIn(values, "key"))
		}
		ok, value = value != nil, bytes.Clone(value)
		return nil
	})
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	case !ok:
		http.NotFound(w, r)
	default:
		_, _ = w.Write(value)
	}
}

// answerSize is about how many bytes of rows one answer has.
const answerSize = 1 << 20

// rows answers with rows from a key on, as many as fit; the reader asks again
// from the last.
func (a *answerer) rows(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	b, ok := bucketIn(values)
	if !ok {
		http.NotFound(w, r)
		return
	}
	var frames []byte
	err := a.store.look(func(l look) error {
		l.rows(b, keyIn(values, "from"), func(k, v []byte) bool {
			frames = appendFrame(appendFrame(frames, frameRow, k), frameRow, v)
			return len(frames) < answerSize
		})
		return nil
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(appendFrame(frames, frameEnd, nil))
}

func (a *answerer) last(w http.ResponseWriter, r *http.Request) {
	b, ok := bucketIn(r.URL.Query())
	var key []byte
	err := a.store.look(func(l look) error {
		if ok {
			key = append(key, l.last(b)...)
		}
		return nil
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(key)
}

func (a *answerer) stats(w http.ResponseWriter, _ *http.Request) {
	_ = http.NewResponseController(w).Flush() // the whole file is read
	if stats, err := a.store.Stats(); err == nil {
		_ = json.NewEncoder(w).Encode(stats) // else the answer is cut short
	}
}

// findings answers a query, each with all that a record can hold. An error stands
// in the last frame.
func (a *answerer) findings(w http.ResponseWriter, r *http.Request) {
	var q Query
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&q); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_ = http.NewResponseController(w).Flush() // the first finding may be far
	out := bufio.NewWriterSize(w, 64<<10)
	end := appendFrame(nil, frameEnd, nil)
	var frame []byte
	for f, err := range a.store.bare(r.Context(), q, asItIs) {
		if err != nil {
			end = appendFrame(nil, frameError, []byte(err.Error()))
			break
		}
		frame = appendFrame(frame[:0], frameRow, encodeFinding(f, nil))
		if _, err := out.Write(frame); err != nil {
			return // the reader has gone
		}
	}
	_, _ = out.Write(end)
	_ = out.Flush()
}

func asItIs(*ewgwatch.Finding) error { return nil }

// A frame is a byte that says what it is, a length and that many bytes.
const (
	frameRow   = 'r'
	frameError = '!'
	frameEnd   = '.' // without it an answer was cut short
)

func appendFrame(to []byte, kind byte, data []byte) []byte {
	return append(binary.AppendUvarint(append(to, kind), uint64(len(data))), data...)
}
