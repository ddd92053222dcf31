package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// scheme names how a signature is made. A receiver ignores those it does not know.
const scheme = "v1="

// ErrSignature is returned by [Verify] for a delivery that was not signed with the
// secret.
var ErrSignature = errors.New("the signature is not that of the secret")

// ErrStale is returned by [Verify] for a delivery that was signed well, but too
// long ago or ahead: somebody may be playing it again.
var ErrStale = errors.New("the time stamp is out of tolerance")

// Verify says whether a delivery was signed with a secret, and within tolerance
// of now. A receiver calls it with the body as it came, before it reads it, and
// remembers Ewgwatch-Delivery for longer than tolerance, so that it takes no
// delivery twice. Several signatures may stand in the field, comma-separated, of
// which one must hold.
func Verify(secret string, header http.Header, body []byte, now time.Time, tolerance time.Duration) error {
	if secret == "" {
		return errors.New("want a secret to verify with, have none")
	}
	stamp := header.Get("Ewgwatch-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return fmt.Errorf("want Ewgwatch-Timestamp in seconds, have %q", stamp)
	}
	if !signed(header.Values("Ewgwatch-Signature"), signature(secret, stamp, body)) {
		return ErrSignature
	}
	if now.Sub(time.Unix(seconds, 0)).Abs() > tolerance {
		return ErrStale
	}
	return nil
}

func signed(fields []string, want string) (is bool) {
	for _, field := range fields {
		for each := range strings.SplitSeq(field, ",") {
			given, known := strings.CutPrefix(strings.TrimSpace(each), scheme)
			if known && hmac.Equal([]byte(given), []byte(want)) {
				is = true
			}
		}
	}
	return is
}

func signature(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
