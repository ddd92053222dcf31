package document

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
)

// ldObject is one JSON-LD object.
type ldObject map[string]any

// jsonCap bounds the JSON read from one page.
const jsonCap = 2 << 20

// readLinked returns the JSON-LD objects of a page, articles first. A script
// that is no JSON even with all lenience is passed over.
func readLinked(scripts []string) []ldObject {
	var all []ldObject
	budget := jsonCap
	for _, script := range scripts {
		if budget -= len(script); budget < 0 {
			break
		}
		for _, value := range decodeLenient(script) {
			all = appendObjects(all, value, 0)
		}
	}
	slices.SortStableFunc(all, func(a, b ldObject) int { return a.order() - b.order() })
	return all
}

// decodeLenient reads the JSON values of a script: strictly, else repaired,
// else with its character references undone. What was read before a mistake
// stays read.
func decodeLenient(script string) []any {
	if values, ok := decodeAll(script); ok {
		return values
	}
	values, ok := decodeAll(repairJSON(script))
	if !ok && strings.Contains(script, "&quot;") {
		return decodeRest(html.UnescapeString(script))
	}
	return values
}

func decodeRest(script string) []any {
	values, _ := decodeAll(repairJSON(script))
	return values
}

// decodeAll reads values one after the other; ok says that it read to the end.
func decodeAll(script string) (values []any, ok bool) {
	d := json.NewDecoder(strings.NewReader(script))
	for d.More() {
		var value any
		if err := d.Decode(&value); err != nil {
			return values, false
		}
		values = append(values, value)
	}
	return values, len(values) > 0
}

// appendObjects gathers the objects of a value out of arrays, @graph and the
// properties that name the page's main thing.
func appendObjects(all []ldObject, value any, depth int) []ldObject {
	if depth > 6 || len(all) > 500 {
		return all
	}
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			all = appendObjects(all, one, depth+1)
		}
	case map[string]any:
		if v["@type"] != nil {
			all = append(all, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"} {
			if _, isText := v[key].(string); !isText && v[key] != nil {
				all = appendObjects(all, v[key], depth+1)
			}
		}
	}
	return all
}

// types returns the object's types without their vocabulary's address.
func (o ldObject) types() []string {
	var all []string
	for _, t := range texts(o["@type"]) {
		all = append(all, t[strings.LastIndexAny(t, "/#:")+1:])
	}
	return all
}

// order sorts articles before other works, works before the rest.
func (o ldObject) order() int {
	best := 9
	for _, t := range o.types() {
		switch {
		case t == "NewsArticle" || t == "ReportageNewsArticle":
			best = min(best, 0)
		case strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || t == "Report":
			best = min(best, 1)
		case strings.HasSuffix(t, "WebPage") || t == "CreativeWork":
			best = min(best, 5)
		}
	}
	return best
}

// isArticle reports whether the object is an article of some kind.
func (o ldObject) isArticle() bool { return o.order() < 5 }

// text returns the first string of a property, without markup.
func (o ldObject) text(key string) string {
	for _, s := range texts(o[key]) {
		if s = squeeze(html.UnescapeString(clipBytes(s, valueCap))); s != "" {
			return s
		}
	}
	return ""
}

// texts returns the strings of a value: itself, of an array, or the @value of
// an object.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, one := range v {
			if s, ok := one.(string); ok {
				all = append(all, s)
			}
		}
		return all
	case map[string]any:
		return texts(v["@value"])
	}
	return nil
}

// repairJSON mends what content systems get wrong: comments, raw control
// characters in strings, trailing commas, wrappers of CDATA and HTML comments,
// and escapes that JSON does not have.
func repairJSON(s string) string {
	r := jsonRepair{in: strings.NewReplacer("<![CDATA[", "", "]]>", "", "<!--", "", "-->", "").Replace(s)}
	for r.at < len(r.in) {
		r.step()
	}
	return strings.TrimRight(r.out.String(), "; \n\t\r")
}

type jsonRepair struct {
	in     string
	at     int
	out    strings.Builder
	quoted bool
}

func (r *jsonRepair) step() {
	c := r.in[r.at]
	switch {
	case r.quoted && c == '\\':
		r.escape()
	case c == '"':
		r.quoted = !r.quoted
		r.out.WriteByte(c)
	case r.quoted && c < 0x20:
		r.out.WriteByte(' ')
	case r.quoted:
		r.out.WriteByte(c)
	case c == '/':
		r.comment()
	case c == ',' && r.closes():
	default:
		r.out.WriteByte(c)
	}
	r.at++
}

// escape copies an escape that JSON has and drops the backslash of others.
func (r *jsonRepair) escape() {
	if r.at+1 >= len(r.in) {
		return
	}
	r.at++
	next := r.in[r.at]
	if strings.IndexByte(`"\/bfnrtu`, next) >= 0 {
		r.out.WriteByte('\\')
	}
	if next < 0x20 {
		next = ' '
	}
	r.out.WriteByte(next)
}

// comment passes over // and /* */.
func (r *jsonRepair) comment() {
	rest := r.in[r.at:]
	var end int
	switch {
	case strings.HasPrefix(rest, "//"):
		end = strings.IndexByte(rest, '\n')
	case strings.HasPrefix(rest, "/*"):
		end = strings.Index(rest, "*/") + 1
	default:
		return
	}
	if end <= 0 {
		end = len(rest) - 1
	}
	r.at += end
}

// closes reports whether the comma at hand is followed by a closing bracket.
func (r *jsonRepair) closes() bool {
	rest := strings.TrimLeft(clipBytes(r.in[r.at+1:], 200), " \t\r\n")
	return rest == "" || rest[0] == '}' || rest[0] == ']'
}
