package pdf

// span is marked content that is still open.
type span struct {
	actual *string // the text that replaces what is shown, where the file says
	skip   bool    // a running header, a page number
	first  int     // glyphs before it
}

// begin opens marked content (14.6), its properties there or in the resources.
func (s *show) begin(args []object) {
	sp := span{first: len(s.glyphs)}
	if len(args) == 2 {
		props, ok := args[1].(dict)
		if n, named := args[1].(name); !ok && named {
			props = s.f.dict(s.f.dict(s.resources["Properties"])[n])
		}
		if actual, ok := s.f.resolve(props["ActualText"]).(string); ok {
			t := text(actual)
			sp.actual = &t
		}
		sp.skip = args[0] == name("Artifact") && props["Type"] == name("Pagination")
	}
	if len(s.spans) < 256 {
		s.spans = append(s.spans, sp)
	}
}

// end closes marked content and lets the text it is said to be stand for its
// glyphs (14.9.4): clusters of Khmer and Thai can be had in no other way.
func (s *show) end() {
	n := len(s.spans)
	if n == 0 {
		return
	}
	sp := s.spans[n-1]
	s.spans = s.spans[:n-1]
	if sp.skip {
		s.glyphs = s.glyphs[:sp.first]
	}
	if sp.actual == nil || sp.first >= len(s.glyphs) {
		return
	}
	s.glyphs = append(s.glyphs[:sp.first], cluster(*sp.actual, s.glyphs[sp.first:]))
}

// cluster is one glyph for many: on the baseline of the widest, as marks stand
// above theirs or below, and ending where the last does.
func cluster(text string, glyphs []glyph) glyph {
	widest, x0 := glyphs[0], glyphs[0].x0
	for _, g := range glyphs {
		if g.x1-g.x0 > widest.x1-widest.x0 {
			widest = g
		}
		x0 = min(x0, g.x0)
	}
	widest.text, widest.x0, widest.x1 = text, x0, max(widest.x1, glyphs[len(glyphs)-1].x1)
	return widest
}

// skipImage passes over the bytes of a picture in the content (8.9.7).
func (s *scanner) skipImage() {
	for ; s.pos+3 < len(s.src); s.pos++ {
		if isSpace(s.src[s.pos]) && s.src[s.pos+1] == 'E' && s.src[s.pos+2] == 'I' && isSpace(s.src[s.pos+3]) {
			s.pos += 3
			return
		}
	}
	s.pos = len(s.src)
}
