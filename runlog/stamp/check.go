package stamp

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"slices"
	"time"

	"github.com/digitorus/pkcs7"
)

// Stamp is a time stamp that holds.
type Stamp struct {
	At time.Time // when the text existed
	By string    // the subject of the certificate that signed it
}

// Check checks a stamp of a text: that it is of that text, that its signature holds,
// and that its signer was certified for time stamping, at the time of the stamp, by
// one of these authorities; nil for those of the system. It needs no network, and so
// asks nobody whether the certificate was revoked.
func Check(reply, text []byte, roots *x509.CertPool) (Stamp, error) {
	stamped, err := parse(reply)
	if err != nil {
		return Stamp{}, err
	}
	if err := ofText(stamped, text); err != nil {
		return Stamp{}, err
	}
	signed, err := pkcs7.Parse(stamped.RawToken)
	if err != nil {
		return Stamp{}, fmt.Errorf("its signature: %w", err)
	}
	signer := signed.GetOnlySigner()
	if signer == nil {
		return Stamp{}, fmt.Errorf("want one signer with a certificate, have %d", len(signed.Signers))
	}
	by := signer.Subject.String()
	if !onlyStamps(signer) {
		return Stamp{}, fmt.Errorf("the certificate of %q is not for time stamps alone (RFC 3161, 2.3)", by)
	}
	between := x509.NewCertPool()
	for _, cert := range signed.Certificates {
		between.AddCert(cert)
	}
	_, err = signer.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: stamped.Time, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	})
	if err != nil {
		return Stamp{}, fmt.Errorf("stamped on %s by %q, whom nobody trusted vouches for: %w", stamped.Time.UTC().Format(time.RFC3339), by, err)
	}
	return Stamp{At: stamped.Time.UTC(), By: by}, nil
}

// onlyStamps reports whether a certificate is critically for time stamps and nothing
// else.
func onlyStamps(cert *x509.Certificate) bool {
	extendedKeyUsage := asn1.ObjectIdentifier{2, 5, 29, 37}
	critical := slices.ContainsFunc(cert.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(extendedKeyUsage) && e.Critical })
	return critical && len(cert.UnknownExtKeyUsage) == 0 && slices.Equal(cert.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping})
}
