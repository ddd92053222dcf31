package pdf

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

//go:embed glyphs.tsv
var glyphTable string

// glyphNames is the text of the glyph names of Adobe's list that name letters
// of Latin and Cyrillic, figures and marks.
var glyphNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(glyphTable) {
		if n, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok {
			names[n] = text
		}
	}
	return names
})

// font turns the bytes a page shows into text and widths.
type font struct {
	wide     bool // codes are of two bytes, as in composite fonts
	unicode  *cmap
	utf16    bool              // codes are UTF-16 themselves
	legacy   encoding.Encoding // codes are of this encoding
	letters  [256]string       // of simple fonts
	widths   map[int]float64   // in text space, by code or CID
	standard float64           // the width of the others
	scale    float64           // of glyph space: 1/1000, but for Type3
}

func (f *file) font(d dict) *font {
	t := &font{widths: map[int]float64{}, standard: 0.5, scale: 0.001}
	t.unicode = f.cmap(d["ToUnicode"])
	if d["Subtype"] == name("Type0") {
		f.composite(t, d)
		return t
	}
	if m := f.array(d["FontMatrix"]); len(m) == 6 && d["Subtype"] == name("Type3") {
		t.scale = f.number(m[0])
	}
	f.simple(t, d)
	return t
}

func (f *file) composite(t *font, d dict) {
	t.wide = true
	cmapName := f.name(d["Encoding"])
	t.utf16 = strings.Contains(string(cmapName), "UCS2") || strings.Contains(string(cmapName), "UTF16")
	if !t.utf16 {
		t.legacy = encodingOf(cmapName)
	}
	var below dict
	if a := f.array(d["DescendantFonts"]); len(a) > 0 {
		below = f.dict(a[0])
	}
	t.standard = 1000 * t.scale
	if n, ok := f.resolve(below["DW"]).(float64); ok { // 0 is said of marks
		t.standard = n * t.scale
	}
	f.cidWidths(t, f.array(below["W"]))
}

// cidWidths reads both forms of 9.7.4.3: "10 [500 600]" and "10 20 500".
func (f *file) cidWidths(t *font, w array) {
	for i := 0; i+1 < len(w); {
		first := int(f.number(w[i]))
		if list := f.array(w[i+1]); list != nil {
			for j, n := range list {
				t.widths[first+j] = f.number(n) * t.scale
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last := min(int(f.number(w[i+1])), maxRange)
		for cid := max(first, 0); cid <= last && len(t.widths) < maxRange; cid++ {
			t.widths[cid] = f.number(w[i+2]) * t.scale
		}
		i += 3
	}
}

func (f *file) simple(t *font, d dict) {
	first := int(f.number(d["FirstChar"]))
	for i, w := range f.array(d["Widths"]) {
		t.widths[first+i] = f.number(w) * t.scale
	}
	base := f.name(d["Encoding"])
	enc := f.dict(d["Encoding"])
	if enc != nil {
		base = f.name(enc["BaseEncoding"])
	}
	letters := charmap.Windows1252
	if base == "MacRomanEncoding" {
		letters = charmap.Macintosh
	}
	for c := range 256 {
		if r := letters.DecodeByte(byte(c)); c >= ' ' && r != utf8.RuneError {
			t.letters[c] = string(r)
		}
	}
	code := 0
	for _, o := range f.array(enc["Differences"]) {
		switch o := f.resolve(o).(type) {
		case float64:
			code = int(o)
		case name:
			if code >= 0 && code < 256 {
				t.letters[code] = glyphText(string(o))
			}
			code++
		}
	}
}

// glyphText reads a glyph's name by the rules of the Adobe Glyph List:
// "uni0E01", "u1F600", "f_f_i", "afii10017", "a.alt". A name that says nothing
// is "".
func glyphText(glyph string) string {
	glyph, _, _ = strings.Cut(glyph, ".")
	var out strings.Builder
	for part := range strings.SplitSeq(glyph, "_") {
		out.WriteString(glyphPart(part))
	}
	return out.String()
}

func glyphPart(part string) string {
	if text, ok := glyphNames()[part]; ok {
		return text
	}
	hex, uni := strings.CutPrefix(part, "uni")
	if !uni {
		hex, uni = strings.CutPrefix(part, "u")
	}
	if !uni || len(hex) < 4 || len(hex) > 6 {
		return ""
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return ""
	}
	return string(rune(n))
}

// code is one code of a shown string.
type code struct {
	text  string
	width float64 // in text space units of a font of size one
	space bool    // the one-byte code 32, which word spacing widens
}

// split takes a shown string apart.
func (t *font) split(s string, each func(code)) {
	for s != "" {
		n := t.length(s)
		each(t.code(s[:n]))
		s = s[n:]
	}
}

func (t *font) length(s string) int {
	if !t.wide {
		return 1
	}
	n := 2
	switch {
	case t.legacy != nil && s[0] < 0x80, t.unicode != nil && t.unicode.widths[1] && !t.unicode.widths[2]:
		n = 1
	case t.utf16 && s[0]&0xFC == 0xD8:
		n = 4
	}
	return min(n, len(s))
}

func (t *font) code(s string) code {
	at := bigEndian(s)
	width, ok := t.widths[at]
	if !ok {
		width = t.standard
	}
	return code{text: t.text(s), width: width, space: s == " "}
}

func (t *font) text(s string) string {
	if t.unicode != nil {
		if text, ok := t.unicode.text[s]; ok {
			return text
		}
	}
	switch {
	case t.utf16:
		return fromUTF16(s)
	case t.legacy != nil:
		out, _ := t.legacy.NewDecoder().String(s)
		return out
	case !t.wide:
		return t.letters[s[0]]
	case bigEndian(s) == 0:
		return ""
	}
	return "\uFFFD"
}
