package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"ewgwatch"
)

// proof says how far a finding is borne out by its archived bytes.
type proof int

// The proofs, from the best to none.
const (
	proofHolds   proof = iota // its quote stands where it was found
	proofMoved                // its quote stands in the page; today's rules find the text elsewhere
	proofHash                 // only the hash of the page was kept, as its site asked
	proofUnread               // the bytes are whole, but cannot be read as a page any more
	proofNoQuote              // the page does not hold the quote
	proofDamaged              // its bytes are not those that were archived
	proofMissing              // its archive file is not there
	proofs                    // how many there are
)

func (p proof) String() string {
	return [proofs]string{"hold", "hold, their place moved", "have a hash only, as the site asks", "cannot be read any more",
		"are not in their page", "have damaged evidence", "have no evidence file"}[p]
}

// fault says in short what is wrong.
func (p proof) fault() string {
	return [proofs]string{"", "", "", "cannot be read", "no such quote", "damaged", "missing"}[p]
}

// broken reports whether the finding is not proved.
func (p proof) broken() bool { return p >= proofUnread }

// fault is a finding that is not proved.
type fault struct {
	finding ewgwatch.Finding
	proof   proof
	why     string
}

// prove holds findings that cite one capture against its bytes. An error is not
// the evidence's.
func (r *recapture) prove(ctx context.Context, findings []ewgwatch.Finding) ([]fault, error) {
	capture := findings[0].Capture
	if capture.File == "" {
		return every(findings, proofHash, "its site asks that no copy be offered"), nil
	}
	again, err := r.of(ctx, capture, findings[0].Source)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return every(findings, proofMissing, strings.TrimPrefix(err.Error(), errEvidence.Error()+": ")), nil
	case errors.Is(err, errEvidence):
		return every(findings, proofDamaged, strings.TrimPrefix(err.Error(), errEvidence.Error()+": ")), nil
	case err != nil:
		return every(findings, proofUnread, err.Error()), nil
	}
	var all []fault
	for _, f := range findings {
		all = append(all, again.holds(f))
	}
	return all, nil
}

func every(findings []ewgwatch.Finding, p proof, why string) []fault {
	var all []fault
	for _, f := range findings {
		all = append(all, fault{f, p, why})
	}
	return all
}

// holds looks for the quote of a finding in the page it cites.
func (a again) holds(f ewgwatch.Finding) fault {
	text := a.article.Text
	switch {
	case f.QuoteStart < 0 && a.article.Title == f.Quote:
		return fault{f, proofHolds, ""}
	case f.QuoteStart >= 0 && f.QuoteStart <= f.QuoteEnd && f.QuoteEnd <= len(text) && text[f.QuoteStart:f.QuoteEnd] == f.Quote:
		return fault{f, proofHolds, ""}
	}
	whole := ewgwatch.NormaliseQuote(a.article.Title + "\n" + text)
	if strings.Contains(whole, ewgwatch.NormaliseQuote(f.Quote)) {
		return fault{f, proofMoved, fmt.Sprintf("not at bytes %d to %d of today's text", f.QuoteStart, f.QuoteEnd)}
	}
	return fault{f, proofNoQuote, fmt.Sprintf("%s offset %d holds a text of %d bytes without it", f.Capture.File, f.Capture.Offset, len(text))}
}
