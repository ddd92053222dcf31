package pdf

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// maxRange is how many codes one range of a CMap may cover: all two-byte ones.
const maxRange = 1 << 16

// cmap says which text a code stands for (9.10.3).
type cmap struct {
	text   map[string]string // by the bytes of the code
	widths [5]bool           // of which lengths codes are known
}

func (f *file) cmap(o object) *cmap {
	s := f.stream(o)
	if s == nil {
		return nil
	}
	m := &cmap{text: map[string]string{}}
	sc := &scanner{src: f.decode(s), left: &f.left}
	var args []object
	for sc.more() && len(m.text) < 4*maxRange {
		o := sc.next()
		w, ok := o.(word)
		if !ok {
			args = append(args, o)
			continue
		}
		switch w {
		case "endbfchar":
			m.chars(args)
		case "endbfrange":
			m.ranges(args, sc.left)
		case "endcodespacerange":
			m.spaces(args)
		}
		args = args[:0]
	}
	return m
}

func (m *cmap) spaces(args []object) {
	for _, a := range args {
		if s, ok := a.(string); ok && s != "" && len(s) < 5 {
			m.widths[len(s)] = true
		}
	}
}

func (m *cmap) chars(args []object) {
	for i := 0; i+1 < len(args); i += 2 {
		code, ok1 := args[i].(string)
		to, ok2 := args[i+1].(string)
		if ok1 && ok2 {
			m.text[code] = target(to)
		}
	}
}

func (m *cmap) ranges(args []object, left *int) {
	for i := 0; i+2 < len(args); i += 3 {
		low, ok1 := args[i].(string)
		high, ok2 := args[i+1].(string)
		if !ok1 || !ok2 || len(low) != len(high) || len(low) > 4 {
			continue
		}
		n := min(bigEndian(high)-bigEndian(low)+1, maxRange, *left)
		*left -= max(n, 0)
		switch to := args[i+2].(type) {
		case string:
			for j := range n {
				m.text[plus(low, j)] = target(plus(to, j))
			}
		case array:
			for j := range min(n, len(to)) {
				if s, ok := to[j].(string); ok {
					m.text[plus(low, j)] = target(s)
				}
			}
		}
	}
}

func target(s string) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	return strings.Trim(fromUTF16(s), "\x00")
}

func bigEndian(s string) int {
	n := 0
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

// plus adds to the number that the last two bytes are.
func plus(s string, n int) string {
	b := []byte(s)
	for i := len(b) - 1; i >= 0 && n > 0; i-- {
		n += int(b[i])
		b[i], n = byte(n), n>>8
	}
	return string(b)
}

// encodingOf is the encoding of a predefined CMap (9.7.5.2) by its name; nil
// where its codes are only glyph numbers.
func encodingOf(cmapName name) encoding.Encoding {
	for _, e := range []struct {
		in string
		encoding.Encoding
	}{
		{"GBK2K", simplifiedchinese.GB18030}, {"GBK", simplifiedchinese.GBK}, {"GB-EUC", simplifiedchinese.GBK},
		{"RKSJ", japanese.ShiftJIS}, {"EUC-H", japanese.EUCJP}, {"EUC-V", japanese.EUCJP},
		{"B5", traditionalchinese.Big5}, {"KSC", korean.EUCKR},
	} {
		if strings.Contains(string(cmapName), e.in) {
			return e.Encoding
		}
	}
	return nil
}
