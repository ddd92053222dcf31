// Package charset turns the bytes of a page into text, whatever the page says
// of their encoding: ministries still serve windows-874, GBK, EUC-KR and
// windows-1251, with no declaration or with a wrong one. It knows UTF-8,
// UTF-16, windows-874 (TIS-620), windows-1258, GB18030 (GBK, GB2312), Big5,
// EUC-KR (CP949), Shift_JIS, EUC-JP, ISO-2022-JP, windows-1251, KOI8-R and
// windows-1252, and whatever else of the WHATWG Encoding Standard is declared
// and fits the bytes. [Zawgyi] mends Burmese that was typed for the font of
// that name.
//
// It parses no HTML beyond the declarations in the first bytes and does not
// repair text that was decoded wrongly before it was stored.
package charset

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ErrBinary is returned beside the text where the bytes are no text in any
// encoding: an image, an archive, a PDF.
var ErrBinary = errors.New("not text: too many control bytes")

// Decode returns the text of a page, always valid UTF-8, and the name of the
// encoding it was in, as the WHATWG Encoding Standard spells it. Bytes that
// stand for nothing become U+FFFD; a byte order mark and NUL characters are
// left out, for no HTML means anything by them.
//
// What is tried, in this order: a byte order mark; UTF-16 by its zero bytes;
// ISO-2022-JP by its escapes; UTF-8 by its form, which no other encoding has by
// chance; what the HTTP header, then the page, declares, if the bytes allow it
// and do not read far better otherwise; and the encoding in which the most
// characters are common ones.
//
// The only error is [ErrBinary]; the text is returned with it.
func Decode(body []byte, contentType string) (text, name string, err error) {
	e, body := choose(body, contentType)
	text = e.decode(body)
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "")
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if binary(text) {
		err = ErrBinary
	}
	return text, e.name, err
}

// choose names the encoding of a body and cuts off its byte order mark.
func choose(body []byte, contentType string) (encoded, []byte) {
	if name, size := byteOrderMark(body); name != "" {
		return named(name), body[size:]
	}
	if name := wide(body); name != "" {
		return named(name), body
	}
	ascii, escapes := sevenBit(body)
	switch {
	case ascii && escapes:
		return named("iso-2022-jp"), body
	case ascii:
		return named("utf-8"), body
	}
	good, bad := sequences(body)
	claims := declared(body, contentType)
	if good > 0 && bad == 0 && (good > fewSequences || len(claims) == 0 || claims[0].name == "utf-8") {
		return named("utf-8"), body
	}
	if good > 20*bad {
		return named("utf-8"), body
	}
	return best(body, claims, good > bad), body
}

// fewSequences is how many UTF-8 sequences two-byte text of another encoding
// may hold by chance (GBK 联通 is one word of them).
const fewSequences = 2

func (e encoded) decode(body []byte) string {
	if e.encoding == nil {
		return strings.ToValidUTF8(string(body), "\ufffd")
	}
	out, err := e.encoding.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\ufffd")
	}
	if e.name == "windows-1258" {
		out = norm.NFC.Bytes(out) // its tone marks stand behind the vowel
	}
	if !utf8.Valid(out) {
		return strings.ToValidUTF8(string(out), "\ufffd")
	}
	return string(out)
}

// binary reports whether more than a tenth of the first characters are
// controls or stand for nothing.
func binary(text string) bool {
	if len(text) > 4096 {
		text = text[:4096]
	}
	if strings.HasPrefix(text, "%PDF-") {
		return true
	}
	all, control := 0, 0
	for _, r := range text {
		all++
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' && r != '\f' && r != 0x1b || r == 0x7f || r >= 0x80 && r < 0xa0 || r == utf8.RuneError {
			control++
		}
	}
	return control > 8 && control*10 > all
}
