package stamp

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"mime"
	"net/http"

	"github.com/digitorus/timestamp"
)

// maxReply is the longest answer that is read, in bytes; usual are 3 to 8 kB.
const maxReply = 1 << 20

// Authority is whom to ask.
type Authority struct {
	URL       string
	Client    *http.Client // guards addresses and time
	UserAgent string
}

// Get asks for a stamp of a text and returns the answer as received (DER), after
// checking that it is one of that text and of this request. Whether its signer is to
// be trusted is for [Check].
func (a Authority) Get(ctx context.Context, text []byte) ([]byte, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 64))
	if err != nil {
		return nil, err
	}
	query, err := timestamp.CreateRequest(bytes.NewReader(text), &timestamp.RequestOptions{Hash: crypto.SHA256, Certificates: true, Nonce: nonce})
	if err != nil {
		return nil, err
	}
	reply, err := a.post(ctx, query)
	if err != nil {
		return nil, err
	}
	stamped, err := parse(reply)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", a.URL, err)
	case stamped.Nonce == nil || stamped.Nonce.Cmp(nonce) != 0:
		return nil, fmt.Errorf("%s: the stamp answers another request: its nonce differs", a.URL)
	}
	if err := ofText(stamped, text); err != nil {
		return nil, fmt.Errorf("%s: %w", a.URL, err)
	}
	return reply, nil
}

func (a Authority) post(ctx context.Context, query []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.URL, bytes.NewReader(query))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/timestamp-query") // RFC 3161, 3.4
	req.Header.Set("User-Agent", a.UserAgent)
	response, err := a.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); response.StatusCode != http.StatusOK || media != "application/timestamp-reply" {
		return nil, fmt.Errorf("%s: answers %s with %.60q: want 200 and application/timestamp-reply", a.URL, response.Status, media)
	}
	reply, err := io.ReadAll(io.LimitReader(response.Body, maxReply+1))
	if err == nil && len(reply) > maxReply {
		err = fmt.Errorf("%s: its answer is over %d bytes", a.URL, maxReply)
	}
	return reply, err
}

// parse reads an answer and checks its signature. The library may panic on what no
// authority sends.
func parse(reply []byte) (stamped *timestamp.Timestamp, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("no time stamp: %v", p)
		}
	}()
	stamped, err = timestamp.ParseResponse(reply)
	if err != nil {
		return nil, fmt.Errorf("no time stamp: %w", err)
	}
	return stamped, nil
}

func ofText(stamped *timestamp.Timestamp, text []byte) error {
	if stamped.HashAlgorithm != crypto.SHA256 {
		return fmt.Errorf("the stamp is of a hash by %v: want SHA-256", stamped.HashAlgorithm)
	}
	hash := crypto.SHA256.New()
	hash.Write(text)
	if !bytes.Equal(stamped.HashedMessage, hash.Sum(nil)) {
		return errors.New("the stamp is of another text")
	}
	return nil
}
