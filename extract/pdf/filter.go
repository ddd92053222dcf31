package pdf

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"io"
)

// maxStream is how much one stream may give.
const maxStream = 64 << 20

// decode returns the bytes of a stream, filters undone; nil where a filter is
// one for pictures. A stream that breaks off gives what came before.
func (f *file) decode(s *stream) []byte {
	if s == nil {
		return nil
	}
	f.left--
	b := f.key.stream(s)
	f.inflated += len(b)
	filters, params := f.list(s.dict["Filter"]), f.list(s.dict["DecodeParms"])
	if len(filters) > 8 {
		return nil
	}
	for i, filter := range filters {
		var parm dict
		if i < len(params) {
			parm = f.dict(params[i])
		}
		b = f.undo(f.name(filter), parm, b)
		f.inflated += len(b)
	}
	return b
}

// list makes one object the array of it.
func (f *file) list(o object) array {
	switch o := f.resolve(o).(type) {
	case nil:
		return nil
	case array:
		return o
	default:
		return array{o}
	}
}

func (f *file) undo(filter name, parm dict, b []byte) []byte {
	room := min(maxStream, maxInflated-f.inflated)
	if room <= 0 {
		return nil
	}
	switch filter {
	case "FlateDecode", "Fl":
		return f.predict(inflate(b, room), parm)
	case "LZWDecode", "LZW":
		early := parm["EarlyChange"] != 0.0
		return f.predict(unLZW(b, early, room), parm)
	case "ASCIIHexDecode", "AHx":
		left := 1
		return []byte((&scanner{src: b, left: &left}).hex())
	case "ASCII85Decode", "A85":
		return unASCII85(b)
	case "RunLengthDecode", "RL":
		return unRunLength(b, room)
	case "Crypt":
		return b
	}
	return nil
}

// inflate skips the two bytes of zlib's header and does not read its checksum,
// as files with a wrong one are common and still hold their text.
func inflate(b []byte, room int) []byte {
	b = bytes.TrimLeft(b, "\r\n")
	if len(b) < 3 {
		return nil
	}
	var out bytes.Buffer
	_, _ = io.Copy(&out, io.LimitReader(flate.NewReader(bytes.NewReader(b[2:])), int64(room)))
	return out.Bytes()
}

func unASCII85(b []byte) []byte {
	b = bytes.TrimPrefix(bytes.TrimSpace(b), []byte("<~"))
	if n := bytes.IndexByte(b, '~'); n >= 0 {
		b = b[:n]
	}
	out := make([]byte, 4*len(b)+4)
	n, _, _ := ascii85.Decode(out, b, true)
	return out[:n]
}

func unRunLength(b []byte, room int) []byte {
	var out []byte
	for i := 0; i < len(b) && len(out) < room; {
		n := int(b[i])
		i++
		switch {
		case n == 128:
			return out
		case n < 128:
			end := min(len(b), i+n+1)
			out = append(out, b[i:end]...)
			i = end
		case i < len(b):
			out = append(out, bytes.Repeat(b[i:i+1], 257-n)...)
			i++
		}
	}
	return out
}

// unLZW undoes LZW as PDF has it (7.4.4): codes of 9 to 12 bits, high bit
// first, 256 to clear, 257 to end. compress/lzw widens its codes one later.
func unLZW(b []byte, early bool, room int) []byte {
	var out []byte
	var starts, ends [4096]int // each code's bytes are in out already
	width, next, prev := 9, 258, -1
	bits, held := 0, 0
	for _, c := range b {
		bits, held = bits<<8|int(c), held+8
		if held < width {
			continue
		}
		held -= width
		code := bits >> held & (1<<width - 1)
		bits &= 1<<held - 1
		if code == 257 || len(out) > room {
			break
		}
		if code == 256 {
			width, next, prev = 9, 258, -1
			continue
		}
		start := len(out)
		switch {
		case code < 256:
			out = append(out, byte(code))
		case code < next && code > 257:
			out = append(out, out[starts[code]:ends[code]]...)
		case code == next && prev >= 0: // the code that is being made
			out = append(append(out, out[prev:]...), out[prev])
		default:
			return out
		}
		if prev >= 0 && next < 4096 {
			starts[next], ends[next] = prev, start+1
			next++
		}
		prev = start
		width = lzwWidth(next, early)
	}
	return out
}

func lzwWidth(next int, early bool) int {
	if early {
		next++
	}
	switch {
	case next >= 2048:
		return 12
	case next >= 1024:
		return 11
	case next >= 512:
		return 10
	}
	return 9
}

// predict undoes the predictors of PNG (7.4.4.4). That of TIFF is used for
// pictures alone.
func (f *file) predict(b []byte, parm dict) []byte {
	if f.number(parm["Predictor"]) < 10 {
		return b
	}
	size := max(1, int(or(f.number(parm["Colors"]), 1)*or(f.number(parm["BitsPerComponent"]), 8))/8)
	row := max(1, int(or(f.number(parm["Columns"]), 1))*size)
	if size > 64 || row > len(b) {
		return b
	}
	out := make([]byte, 0, len(b))
	last := make([]byte, row)
	for len(b) > 1 {
		kind := b[0]
		line := b[1:min(len(b), row+1)]
		b = b[1+len(line):]
		unfilter(kind, line, last, size)
		out = append(out, line...)
		last = append(line[:len(line):len(line)], last[len(line):]...)
	}
	return out
}

func or(n, otherwise float64) float64 {
	if n == 0 {
		return otherwise
	}
	return n
}

func unfilter(kind byte, line, up []byte, size int) {
	for i := range line {
		var left, corner byte
		if i >= size {
			left, corner = line[i-size], up[i-size]
		}
		switch kind {
		case 1:
			line[i] += left
		case 2:
			line[i] += up[i]
		case 3:
			line[i] += byte((int(left) + int(up[i])) / 2)
		case 4:
			line[i] += paeth(int(left), int(up[i]), int(corner))
		}
	}
}

func paeth(a, b, c int) byte {
	da, db, dc := abs(b-c), abs(a-c), abs(a+b-2*c)
	switch {
	case da <= db && da <= dc:
		return byte(a)
	case db <= dc:
		return byte(b)
	}
	return byte(c)
}

func abs(n int) int {
	return max(n, -n)
}
