package crawler

import "strings"

// robotsPattern is the path of a rule, in two spellings. RFC 9309 section 2.2.2
// wants reserved characters of a query to match their escapes; robots.txt files
// in the wild are matched without that. Either match counts.
type robotsPattern struct{ plain, escaped wildcard }

// robotsPath is the path and query of a URL in the same spellings.
type robotsPath struct{ plain, escaped string }

// robotsSafe are the characters kept in a path to match; "*" and "$" are
// special in patterns and so escaped where a URL has them.
const robotsSafe = "/:@!&'()+,;=?#[]"

func newRobotsPath(path string) robotsPath {
	plain := normalisePercent(path, robotsSafe)
	return robotsPath{plain, escapeQuery(plain)}
}

func newRobotsPattern(pattern string) robotsPattern {
	rest, anchored := strings.CutSuffix(pattern, "$")
	var pieces, escaped []string
	inQuery := false
	for piece := range strings.SplitSeq(rest, "*") {
		plain := normalisePercent(piece, robotsSafe)
		pieces = append(pieces, plain)
		if inQuery {
			escaped = append(escaped, strings.TrimPrefix(escapeQuery("?"+plain), "?"))
		} else {
			escaped = append(escaped, escapeQuery(plain))
		}
		inQuery = inQuery || strings.Contains(plain, "?")
	}
	return robotsPattern{wildcard{pieces, anchored}, wildcard{escaped, anchored}}
}

// escapeQuery escapes the colons and slashes behind the question mark.
func escapeQuery(path string) string {
	front, query, ok := strings.Cut(path, "?")
	if !ok {
		return path
	}
	return front + "?" + strings.NewReplacer(":", "%3A", "/", "%2F").Replace(query)
}

func (p robotsPattern) matches(path robotsPath) bool {
	return p.plain.matches(path.plain) || p.escaped.matches(path.escaped)
}

// length is the number of octets of the pattern, wildcards and anchor included.
func (p robotsPattern) length() int {
	n := len(p.plain.pieces) - 1
	for _, piece := range p.plain.pieces {
		n += len(piece)
	}
	if p.plain.anchored {
		n++
	}
	return n
}

// wildcard is a pattern parted at its "*". It matches the start of a text, or
// all of it where it is anchored.
type wildcard struct {
	pieces   []string
	anchored bool
}

// matches takes each piece at its first place, which is enough: no piece can
// gain by standing later, but the last of an anchored pattern.
func (w wildcard) matches(text string) bool {
	rest, ok := strings.CutPrefix(text, w.pieces[0])
	if !ok {
		return false
	}
	if len(w.pieces) == 1 {
		return !w.anchored || rest == ""
	}
	last := len(w.pieces) - 1
	for _, piece := range w.pieces[1:last] {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		rest = rest[i+len(piece):]
	}
	if w.anchored {
		return strings.HasSuffix(rest, w.pieces[last])
	}
	return strings.Contains(rest, w.pieces[last])
}
