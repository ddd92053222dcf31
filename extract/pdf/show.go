package pdf

import (
	"context"
	"fmt"
	"math"
)

// Bounds on what one page may do.
const (
	maxGlyphs  = 500_000
	maxForms   = 2000 // forms shown, nested ones and repeated ones counted
	maxNesting = 12   // of forms
)

// glyph is a piece of text and where it stands: along its own line of writing
// from x0 to x1, at height y, with the letter size and the quarter turn of the
// writing.
type glyph struct {
	text      string
	x0, x1, y float64
	size      float64
	quarter   int
}

// matrix is a b c d e f of 8.3.3.
type matrix [6]float64

func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// state is what q keeps and Q brings back.
type state struct {
	ctm                              matrix
	font                             *font
	size, charGap, wordGap, lead, up float64
	stretch                          float64
}

// show is one page being shown.
type show struct {
	f         *file
	ctx       context.Context // of the one call this lives in
	fonts     map[ref]*font
	resources dict
	st        state
	stack     []state
	tm, line  matrix
	spans     []span
	glyphs    []glyph
	forms     int
	depth     int
}

// show returns what a page shows, in the order it is drawn.
func (f *file) show(ctx context.Context, p page, fonts map[ref]*font) ([]glyph, error) {
	s := &show{f: f, ctx: ctx, fonts: fonts, resources: p.resources}
	s.st = state{ctm: matrix{1, 0, 0, 1, 0, 0}, stretch: 1}
	var content []byte
	for _, c := range f.list(p.dict["Contents"]) {
		if len(content) > maxStream {
			break
		}
		content = append(append(content, f.decode(f.stream(c))...), '\n')
	}
	if err := s.run(content); err != nil {
		return nil, err
	}
	return s.glyphs, nil
}

// run carries out the operators of a content stream.
func (s *show) run(content []byte) error {
	sc := &scanner{src: content, left: &s.f.left}
	var args []object
	for n := 0; sc.more(); n++ {
		if n%4096 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		o := sc.next()
		op, ok := o.(word)
		if !ok {
			if len(args) < 64 {
				args = append(args, o)
			}
			continue
		}
		if op == "ID" {
			sc.skipImage()
		}
		if err := s.do(op, args); err != nil {
			return err
		}
		args = args[:0]
		if len(s.glyphs) > maxGlyphs {
			return fmt.Errorf("%w: more than %d letters on a page", ErrDamaged, maxGlyphs)
		}
	}
	return s.f.spent()
}

func num(args []object, i int) float64 {
	if i < 0 || i >= len(args) {
		return 0
	}
	n, _ := args[i].(float64)
	return n
}

func toMatrix(args []object) matrix {
	var m matrix
	for i := range m {
		m[i] = num(args, i)
	}
	return m
}

// do carries out one operator; those that show no text are passed over.
func (s *show) do(op word, args []object) error {
	switch op {
	case "q":
		if len(s.stack) < 256 {
			s.stack = append(s.stack, s.st)
		}
	case "Q":
		if n := len(s.stack); n > 0 {
			s.st, s.stack = s.stack[n-1], s.stack[:n-1]
		}
	case "cm":
		s.st.ctm = toMatrix(args).times(s.st.ctm)
	case "BT":
		s.tm = matrix{1, 0, 0, 1, 0, 0}
		s.line = s.tm
	case "BMC", "BDC":
		s.begin(args)
	case "EMC":
		s.end()
	case "Do":
		return s.form(args)
	default:
		s.textOperator(op, args)
	}
	return nil
}

func (s *show) textOperator(op word, args []object) {
	switch op {
	case "Tf":
		s.st.size = num(args, 1)
		s.st.font = s.pick(args)
	case "Tc":
		s.st.charGap = num(args, 0)
	case "Tw":
		s.st.wordGap = num(args, 0)
	case "Tz":
		s.st.stretch = num(args, 0) / 100
	case "TL":
		s.st.lead = num(args, 0)
	case "Ts":
		s.st.up = num(args, 0)
	case "Td":
		s.move(num(args, 0), num(args, 1))
	case "TD":
		s.st.lead = -num(args, 1)
		s.move(num(args, 0), num(args, 1))
	case "Tm":
		s.tm = toMatrix(args)
		s.line = s.tm
	case "T*":
		s.move(0, -s.st.lead)
	case "Tj":
		s.shown(args)
	case "'":
		s.move(0, -s.st.lead)
		s.shown(args)
	case "\"":
		s.st.wordGap, s.st.charGap = num(args, 0), num(args, 1)
		s.move(0, -s.st.lead)
		s.shown(args[min(2, len(args)):])
	case "TJ":
		if len(args) > 0 {
			a, _ := args[0].(array)
			s.shown(a)
		}
	}
}

func (s *show) move(x, y float64) {
	s.line = matrix{1, 0, 0, 1, x, y}.times(s.line)
	s.tm = s.line
}

// pick finds a font by its name in the resources, and keeps it.
func (s *show) pick(args []object) *font {
	if len(args) == 0 {
		return nil
	}
	n, _ := args[0].(name)
	o := s.f.dict(s.resources["Font"])[n]
	id, shared := o.(ref)
	if t, ok := s.fonts[id]; ok && shared {
		return t
	}
	d := s.f.dict(o)
	if d == nil {
		return nil
	}
	t := s.f.font(d)
	if shared {
		s.fonts[id] = t
	}
	return t
}

// shown shows strings; a number between them moves back by thousandths.
func (s *show) shown(args []object) {
	for _, a := range args {
		switch a := a.(type) {
		case float64:
			s.advance(-a / 1000 * s.st.size * s.st.stretch)
		case string:
			if s.st.font != nil {
				s.st.font.split(a, s.put)
			}
		}
	}
}

func (s *show) advance(x float64) {
	s.tm = matrix{1, 0, 0, 1, x, 0}.times(s.tm)
}

func (s *show) put(c code) {
	from := matrix{s.st.size * s.st.stretch, 0, 0, s.st.size, 0, s.st.up}.times(s.tm).times(s.st.ctm)
	width := c.width*s.st.size + s.st.charGap
	if c.space {
		width += s.st.wordGap
	}
	s.advance(width * s.st.stretch)
	to := s.tm.times(s.st.ctm)
	s.f.shown++
	if len(s.glyphs) <= maxGlyphs {
		s.glyphs = append(s.glyphs, place(c.text, from, to))
	}
}

// place turns the page so that the writing runs from left to right.
func place(text string, from, to matrix) glyph {
	quarter := int(math.Round(math.Atan2(from[1], from[0])/(math.Pi/2))) & 3
	x0, y, x1 := from[4], from[5], to[4]
	switch quarter {
	case 1:
		x0, y, x1 = from[5], -from[4], to[5]
	case 2:
		x0, y, x1 = -from[4], -from[5], -to[4]
	case 3:
		x0, y, x1 = -from[5], from[4], -to[5]
	}
	return glyph{text: text, x0: x0, x1: x1, y: y, size: math.Hypot(from[2], from[3]), quarter: quarter}
}

// form shows a form XObject (8.10).
func (s *show) form(args []object) error {
	if len(args) == 0 || s.depth >= maxNesting || s.forms >= maxForms {
		return nil
	}
	n, _ := args[0].(name)
	x := s.f.stream(s.f.dict(s.resources["XObject"])[n])
	if x == nil || s.f.name(x.dict["Subtype"]) != "Form" {
		return nil
	}
	kept, resources, stack, spans := s.st, s.resources, s.stack, s.spans
	s.stack, s.spans = nil, nil
	if m := s.f.array(x.dict["Matrix"]); len(m) == 6 {
		s.st.ctm = toMatrix(m).times(s.st.ctm)
	}
	if r := s.f.dict(x.dict["Resources"]); r != nil {
		s.resources = r
	}
	s.depth++
	s.forms++
	err := s.run(s.f.decode(x))
	s.depth--
	s.st, s.resources, s.stack, s.spans = kept, resources, stack, spans
	return err
}
