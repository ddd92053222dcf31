package store

import (
	"encoding/binary"

	"ewgwatch"
)

// sketch keeps each hash as four bytes: they are spread evenly, so that nothing
// shorter would do.
func (w *writer) sketch(tag uint64, s ewgwatch.Sketch) {
	if len(s) == 0 {
		return
	}
	w.head(tag, 4*len(s))
	for _, hash := range s {
		w.buf = binary.BigEndian.AppendUint32(w.buf, hash)
	}
}

func (f *fields) sketch() ewgwatch.Sketch {
	if len(f.value)%4 != 0 {
		f.wrong("sketch")
		return nil
	}
	if f.value == "" {
		return nil
	}
	s := make(ewgwatch.Sketch, len(f.value)/4)
	for i := range s {
		part := f.value[4*i : 4*i+4]
		s[i] = uint32(part[0])<<24 | uint32(part[1])<<16 | uint32(part[2])<<8 | uint32(part[3])
	}
	return s
}
