package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

// owner is the process that holds the database, as a reader asks it.
type owner struct{ client http.Client }

// errNoOwner says that nobody answers for the database.
var errNoOwner = errors.New("nobody answers for the database")

// ask finds the process that holds the database at path and answers for it. One
// that does not begin an answer within wait may be stopped (SIGSTOP), and counts
// as nobody.
func ask(ctx context.Context, path string, wait time.Duration) (*owner, error) {
	text, err := os.ReadFile(path + ownerSuffix)
	if err != nil {
		return nil, errNoOwner
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) < 3 || lines[2] == "" {
		return nil, errNoOwner
	}
	o := &owner{}
	o.client.Transport = &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{Timeout: wait}).DialContext(ctx, "unix", lines[2])
		},
		ResponseHeaderTimeout: wait,
	}
	schema, err := o.answer(ctx, helloPath, nil, nil)
	if err != nil {
		return nil, errNoOwner
	}
	if string(schema) != strconv.Itoa(len(migrations())) {
		return nil, fmt.Errorf("the process that holds it is of another version: schema %.20q, this program knows %d", schema, len(migrations()))
	}
	return o, nil
}

func (o *owner) close() { o.client.CloseIdleConnections() }

// open asks for an answer of any length.
func (o *owner) open(ctx context.Context, path string, values url.Values, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://owner"+path+"?"+values.Encode(), body)
	if err != nil {
		return nil, err
	}
	response, err := o.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: ask the process that holds it: %w", ErrHeld, err)
	}
	return response, nil
}

// answer asks for a short one; nil where there is nothing.
func (o *owner) answer(ctx context.Context, path string, values url.Values, body io.Reader) ([]byte, error) {
	response, err := o.open(ctx, path, values, body)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errCut, err)
	case response.StatusCode == http.StatusNotFound:
		return nil, nil
	case response.StatusCode != http.StatusOK:
		return nil, errors.New(strings.TrimSpace(string(text)))
	}
	return text[:len(text):len(text)], nil
}

// errCut says that the owner went away in the middle: its run ended.
var errCut = fmt.Errorf("%w: the process that answered has ended; ask again", ErrHeld)

func (o *owner) look(fn func(l look) error) error {
	a := &remote{owner: o}
	err := fn(a)
	if a.err != nil {
		return a.err // whatever it made of the nothing it got
	}
	return err
}

// remote is a look through the owner. After an error it gives nothing.
type remote struct {
	owner *owner
	err   error
}

func (a *remote) ask(path string, values url.Values) []byte {
	if a.err != nil {
		return nil
	}
	var row []byte
	row, a.err = a.owner.answer(context.Background(), path, values, nil)
	return row
}

func (a *remote) get(b bucket, key []byte) []byte {
	return a.ask(getPath, url.Values{"bucket": {string(b)}, "key": {hex.EncodeToString(key)}})
}

func (a *remote) last(b bucket) []byte {
	if key := a.ask(lastPath, url.Values{"bucket": {string(b)}}); len(key) > 0 {
		return key
	}
	return nil
}

func (a *remote) rows(b bucket, from []byte, each func(k, v []byte) bool) {
	for from != nil && a.err == nil {
		answer := a.ask(rowsPath, url.Values{"bucket": {string(b)}, "from": {hex.EncodeToString(from)}})
		in := bufio.NewReader(bytes.NewReader(answer))
		for from = nil; a.err == nil; {
			k, end, err := readFrame(in)
			v := []byte(nil)
			if err == nil && !end {
				v, _, err = readFrame(in)
			}
			if a.err = err; err != nil || end {
				break
			}
			if !each(k, v) {
				return
			}
			from = append(bytes.Clone(k), 0) // the key after it
		}
	}
}

// maxFrame is the longest frame that is believed: no row is longer.
const maxFrame = 1 << 30

func readFrame(in *bufio.Reader) (data []byte, end bool, err error) {
	kind, err := in.ReadByte()
	if err != nil {
		return nil, false, errCut
	}
	length, err := binary.ReadUvarint(in)
	if err != nil || length > maxFrame {
		return nil, false, errCut
	}
	data = make([]byte, length)
	if _, err := io.ReadFull(in, data); err != nil {
		return nil, false, errCut
	}
	if kind == frameError {
		return nil, false, errors.New(string(data))
	}
	return data, kind == frameEnd, nil
}

// findings has the owner answer a query.
func (o *owner) findings(ctx context.Context, q Query, complete func(*ewgwatch.Finding) error) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		question, err := json.Marshal(q)
		if err != nil {
			yield(ewgwatch.Finding{}, err)
			return
		}
		response, err := o.open(ctx, findingsPath, nil, bytes.NewReader(question))
		if err != nil {
			yield(ewgwatch.Finding{}, err)
			return
		}
		defer response.Body.Close()
		in := bufio.NewReaderSize(response.Body, 64<<10)
		for {
			record, end, err := readFrame(in)
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			if end && err == nil {
				return
			}
			var f ewgwatch.Finding
			if err == nil {
				f, err = decodeFinding(record, nil)
			}
			if err == nil {
				err = complete(&f)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

func (o *owner) stats() (stats []BucketStats, err error) {
	text, err := o.answer(context.Background(), statsPath, nil, nil)
	if err != nil {
		return nil, err
	}
	return stats, json.Unmarshal(text, &stats)
}
