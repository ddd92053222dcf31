package webhook_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"ewgwatch/alert/send/webhook"
)

// The signature was made by: printf '1777636800.{"id":"a_1"}' | openssl dgst -sha256 -hmac key.
const signedByOpenSSL = "v1=fe9be44d938eb4465ec9bef0f11121bde78509f14010c6d82707ac868eea43b2"

func header(stamp string, signatures ...string) http.Header {
	return http.Header{"Ewgwatch-Timestamp": {stamp}, "Ewgwatch-Signature": signatures}
}

func TestASignatureHoldsForItsSecretBodyAndTimeOnly(t *testing.T) {
	const body, stamp = `{"id":"a_1"}`, "1777636800"
	for name, c := range map[string]struct {
		secret, body string
		header       http.Header
		late         time.Duration
		want         error
	}{
		"as signed":              {"key", body, header(stamp, signedByOpenSSL), time.Minute, nil},
		"among others":           {"key", body, header(stamp, "v0=1, "+signedByOpenSSL+",v1=00"), 0, nil},
		"in a second field":      {"key", body, header(stamp, "v1=00", signedByOpenSSL), 0, nil},
		"another secret":         {"kee", body, header(stamp, signedByOpenSSL), 0, webhook.ErrSignature},
		"another body":           {"key", body + " ", header(stamp, signedByOpenSSL), 0, webhook.ErrSignature},
		"another time":           {"key", body, header("1777636801", signedByOpenSSL), 0, webhook.ErrSignature},
		"unsigned":               {"key", body, header(stamp), 0, webhook.ErrSignature},
		"of an unknown scheme":   {"key", body, header(stamp, "v2="+signedByOpenSSL[3:]), 0, webhook.ErrSignature},
		"too late":               {"key", body, header(stamp, signedByOpenSSL), 6 * time.Minute, webhook.ErrStale},
		"too early":              {"key", body, header(stamp, signedByOpenSSL), -6 * time.Minute, webhook.ErrStale},
		"stamp moved to the dot": {"key", "." + body, header("1777636800", signedByOpenSSL), 0, webhook.ErrSignature},
	} {
		t.Run(name, func(t *testing.T) {
			err := webhook.Verify(c.secret, c.header, []byte(c.body), at.Add(c.late), 5*time.Minute)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("err = %v, want %v", err, c.want)
			}
		})
	}
	for _, stamp := range []string{"", "soon", "1e9", "99999999999999999999"} {
		if err := webhook.Verify("key", header(stamp, signedByOpenSSL), []byte(body), at, time.Hour); err == nil {
			t.Errorf("stamp %q passes", stamp)
		}
	}
	if err := webhook.Verify("", header(stamp, signedByOpenSSL), []byte(body), at, time.Hour); err == nil {
		t.Error("no secret verifies everything")
	}
}
