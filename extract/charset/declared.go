package charset

import (
	"bytes"
	"mime"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// encoded is an encoding with its name; without an encoding it is UTF-8.
type encoded struct {
	name     string
	encoding encoding.Encoding
}

// aliases are labels in use that the Encoding Standard does not list.
var aliases = map[string]string{
	"utf_8": "utf-8", "utf-8;": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-8",
	"tis620": "windows-874", "cp874": "windows-874", "ms874": "windows-874", "x-windows-874": "windows-874", "iso-8859-11": "windows-874",
	"cp949": "euc-kr", "ms949": "euc-kr", "uhc": "euc-kr", "ksc5601": "euc-kr",
	"cp936": "gb18030", "ms936": "gb18030", "cp950": "big5", "cp932": "shift_jis", "cp1258": "windows-1258", "cp1251": "windows-1251", "win-1251": "windows-1251",
	"koi8": "koi8-r", "eucjp": "euc-jp", "euckr": "euc-kr", "iso2022jp": "iso-2022-jp", "latin-1": "windows-1252", "iso-latin-1": "windows-1252",
}

// named returns the encoding of a label; its name is "" for an unknown one.
func named(label string) encoded {
	label = strings.ToLower(strings.Trim(label, " \t\r\n\"';"))
	if standard, ok := aliases[label]; ok {
		label = standard
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return encoded{}
	}
	name, err := htmlindex.Name(e)
	if err != nil {
		return encoded{}
	}
	switch name {
	case "utf-8", "replacement", "x-user-defined":
		return encoded{name: "utf-8"}
	case "gbk":
		return named("gb18030") // which holds all of it
	}
	return encoded{name: name, encoding: e}
}

// prescan is how much of a page may hold its declaration. The standard says
// 1024 bytes; pages with long scripts before it are common.
const prescan = 4096

var (
	comment    = regexp.MustCompile(`(?s)<!--.*?-->`)
	metaLabel  = regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:+-]+)`)
	xmlLabel   = regexp.MustCompile(`(?i)^\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([\w.:+-]+)`)
	looseLabel = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w.:+-]+)`)
)

// declared returns what the header, then the page, says, without labels that
// nobody knows. A page that says UTF-16 in bytes that can be read to say so is
// not in it.
func declared(body []byte, contentType string) (claims []encoded) {
	head := body[:min(len(body), prescan)]
	labels := []string{headerLabel(contentType)}
	if m := xmlLabel.FindSubmatch(head); m != nil {
		labels = append(labels, string(m[1]))
	}
	for _, m := range metaLabel.FindAllSubmatch(comment.ReplaceAll(head, nil), 3) {
		labels = append(labels, string(m[1]))
	}
	for _, label := range labels {
		e := named(label)
		if strings.HasPrefix(e.name, "utf-16") {
			e = named("utf-8")
		}
		if e.name != "" {
			claims = append(claims, e)
		}
	}
	return claims
}

func headerLabel(contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	if m := looseLabel.FindStringSubmatch(contentType); m != nil {
		return m[1]
	}
	return ""
}

func byteOrderMark(body []byte) (name string, size int) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return "utf-8", 3
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return "utf-16le", 2
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return "utf-16be", 2
	}
	return "", 0
}
