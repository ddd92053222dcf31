package pdf

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
)

// Bounds on what one file may make us hold.
const (
	maxObjects  = 4_000_000 // values of any kind, nested ones counted
	maxInflated = 256 << 20 // bytes of all streams read together, and at each filter
)

// file is every object of a PDF by number. The cross-reference table is not
// read: the objects are found by their "12 0 obj" instead, the later of two
// with one number being the newer, which is what a viewer does with a damaged
// table, and there is then one way to read a file and not two.
type file struct {
	body     []byte
	objects  map[ref]object
	place    map[ref]int // where in body each was found
	gens     map[ref]int // generations that are not 0
	trailer  dict
	left     int // objects that may yet be made
	inflated int // bytes of streams read, and that filters have given
	shown    int // glyphs shown on all pages
	key      *key
}

func open(ctx context.Context, body []byte) (*file, error) {
	f := &file{body: body, objects: map[ref]object{}, place: map[ref]int{}, gens: map[ref]int{}, trailer: dict{}, left: maxObjects}
	if err := f.scan(ctx); err != nil {
		return nil, err
	}
	if err := f.unlock(); err != nil {
		return nil, err
	}
	if err := f.unpack(ctx); err != nil {
		return nil, err
	}
	return f, f.spent()
}

// spent is the error of a file that asks for more work than any real one.
func (f *file) spent() error {
	switch {
	case f.left <= 0:
		return fmt.Errorf("%w: more than %d objects", ErrDamaged, maxObjects)
	case f.inflated >= maxInflated:
		return fmt.Errorf("%w: more than %d bytes of streams", ErrDamaged, maxInflated)
	case f.shown > MaxText:
		return fmt.Errorf("%w: more than %d letters", ErrDamaged, MaxText)
	}
	return nil
}

// scan finds the objects and trailers that stand in the body itself.
func (f *file) scan(ctx context.Context) error {
	obj, trailer := mark{word: "obj"}, mark{word: "trailer"}
	for at := 0; f.left > 0; {
		if err := ctx.Err(); err != nil {
			return err
		}
		o, t := obj.from(f.body, at), trailer.from(f.body, at)
		switch {
		case t < o:
			at = f.readTrailer(t + len("trailer"))
		case o < len(f.body):
			at = f.readObject(o)
		default:
			return nil
		}
	}
	return nil
}

// mark finds a word from rising places on, and reads the body but once.
type mark struct {
	word string
	at   int
}

// from returns the first place of the word not before at, or the body's end.
func (m *mark) from(body []byte, at int) int {
	if m.at >= at && m.at > 0 {
		return m.at
	}
	m.at = len(body)
	if n := bytes.Index(body[at:], []byte(m.word)); n >= 0 {
		m.at = at + n
	}
	return m.at
}

func (f *file) readTrailer(at int) int {
	s := &scanner{src: f.body, pos: at, left: &f.left}
	if d, ok := s.next().(dict); ok {
		f.addTrailer(d)
	}
	return max(s.pos, at)
}

// addTrailer takes over every entry: the last trailer of a file is the newest,
// but the one of a truncated file may have been lost.
func (f *file) addTrailer(d dict) {
	for _, k := range []name{"Root", "Info", "Encrypt", "ID"} {
		if d[k] != nil {
			f.trailer[k] = d[k]
		}
	}
}

// readObject reads the object whose "obj" is at a place, and returns where to
// go on.
func (f *file) readObject(at int) int {
	id, gen, ok := header(f.body[max(0, at-24):at])
	after := at + len("obj")
	if !ok {
		return after
	}
	s := &scanner{src: f.body, pos: after, left: &f.left}
	o := s.next()
	if d, ok := o.(dict); ok {
		if start, ok := streamStart(f.body, s.pos); ok {
			end := f.streamEnd(d, start)
			o, s.pos = &stream{dict: d, raw: f.body[start:end], id: id, gen: gen}, end
			if d["Type"] == name("XRef") {
				f.addTrailer(d)
			}
		}
	}
	f.objects[id], f.place[id] = o, at
	if gen > 0 {
		f.gens[id] = gen
	}
	return max(s.pos, after)
}

// header reads "12 0 " backwards from where "obj" begins.
func header(b []byte) (id ref, gen int, ok bool) {
	b, gen, ok = lastInt(b)
	if !ok {
		return 0, 0, false
	}
	_, n, ok := lastInt(b)
	return ref(n), gen, ok
}

func lastInt(b []byte) (rest []byte, n int, ok bool) {
	end := len(b)
	for end > 0 && isSpace(b[end-1]) {
		end--
	}
	start := end
	for start > 0 && b[start-1] >= '0' && b[start-1] <= '9' && end-start < 9 {
		start--
	}
	if start == end {
		return nil, 0, false
	}
	return b[:start], int(number(b[start:end])), true
}

// streamStart is the first byte of stream data, if the keyword comes next.
func streamStart(body []byte, pos int) (int, bool) {
	for pos < len(body) && isSpace(body[pos]) {
		pos++
	}
	if !bytes.HasPrefix(body[pos:], []byte("stream")) {
		return 0, false
	}
	pos += len("stream")
	if pos < len(body) && body[pos] == '\r' {
		pos++
	}
	if pos < len(body) && body[pos] == '\n' {
		pos++
	}
	return pos, true
}

// streamEnd trusts /Length where "endstream" follows it, and looks for the
// word where not. In a file cut short the stream goes on to the end.
func (f *file) streamEnd(d dict, start int) int {
	if n, ok := d["Length"].(float64); ok && n >= 0 && start+int(n) <= len(f.body) {
		end := start + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(f.body[end:min(len(f.body), end+32)], "\r\n\t "), []byte("endstream")) {
			return end
		}
	}
	if n := bytes.Index(f.body[start:], []byte("endstream")); n >= 0 {
		return start + n
	}
	return len(f.body)
}

// unpack adds the objects of object streams (7.5.7), in the file's order.
func (f *file) unpack(ctx context.Context) error {
	var packed []*stream
	for _, o := range f.objects {
		if s, ok := o.(*stream); ok && s.dict["Type"] == name("ObjStm") {
			packed = append(packed, s)
		}
	}
	slices.SortFunc(packed, func(a, b *stream) int { return f.place[a.id] - f.place[b.id] })
	for _, s := range packed {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.unpackStream(s, f.place[s.id])
	}
	return nil
}

func (f *file) unpackStream(s *stream, place int) {
	content := f.decode(s)
	first := int(f.number(s.dict["First"]))
	head := &scanner{src: content[:max(0, min(first, len(content)))], left: &f.left}
	for head.more() {
		id, ok1 := head.next().(float64)
		off, ok2 := head.next().(float64)
		at := first + int(off)
		if !ok1 || !ok2 || at < 0 || at >= len(content) {
			continue
		}
		if old, ok := f.place[ref(id)]; ok && old > place {
			continue
		}
		body := &scanner{src: content, pos: at, left: &f.left}
		f.objects[ref(id)], f.place[ref(id)] = body.next(), place
	}
}

// resolve follows references to the object they mean; nil where there is none.
func (f *file) resolve(o object) object {
	for range 16 {
		id, ok := o.(ref)
		if !ok {
			return o
		}
		o = f.objects[id]
	}
	return nil
}

func (f *file) dict(o object) dict {
	switch o := f.resolve(o).(type) {
	case dict:
		return o
	case *stream:
		return o.dict
	}
	return nil
}

func (f *file) array(o object) array {
	a, _ := f.resolve(o).(array)
	return a
}

func (f *file) number(o object) float64 {
	n, _ := f.resolve(o).(float64)
	return n
}

func (f *file) name(o object) name {
	n, _ := f.resolve(o).(name)
	return n
}

func (f *file) stream(o object) *stream {
	s, _ := f.resolve(o).(*stream)
	return s
}

// inOrder returns the numbers of the objects by their place in the file.
func (f *file) inOrder() []ref {
	ids := slices.Collect(maps.Keys(f.objects))
	slices.SortFunc(ids, func(a, b ref) int { return cmp.Or(f.place[a]-f.place[b], int(a-b)) })
	return ids
}
