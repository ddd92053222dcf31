// Package bundle writes a folder by which a stranger can check findings, with
// sha256sum and a browser and nothing else. It does not fetch, and does not read
// pages: what it writes it is given.
//
// The folder holds, beside a guide (README.html) and SHA256SUMS, one folder a
// page: its records as they lie in the archive, the bytes received, the bytes as
// decoded, the text that was read, that text with the quotes marked, and one JSON
// file a finding. No page is left in a form that a browser would run.
package bundle
