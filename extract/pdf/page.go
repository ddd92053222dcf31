package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// page is a page's dictionary and the resources it has or inherits.
type page struct {
	dict      dict
	resources dict
}

// pages returns the pages in order: by the page tree, or, where that is lost,
// by their place in the file.
func (f *file) pages() []page {
	var out []page
	seen := map[ref]bool{}
	root := f.dict(f.trailer["Root"])
	if f.dict(root["Pages"]) == nil {
		root = f.catalog()
	}
	f.walk(root["Pages"], nil, seen, 0, &out)
	if len(out) == 0 {
		f.loosePages(&out)
	}
	return out
}

func (f *file) walk(o object, inherited dict, seen map[ref]bool, depth int, out *[]page) {
	if id, ok := o.(ref); ok {
		if seen[id] {
			return
		}
		seen[id] = true
	}
	d := f.dict(o)
	if d == nil || depth > maxDepth || len(*out) > MaxPages {
		return
	}
	if r := f.dict(d["Resources"]); r != nil {
		inherited = r
	}
	kids := f.array(d["Kids"])
	if kids == nil && d["Type"] != name("Pages") {
		*out = append(*out, page{d, inherited})
	}
	for _, kid := range kids {
		f.walk(kid, inherited, seen, depth+1, out)
	}
}

// catalog finds the catalogue of a file whose trailer is lost.
func (f *file) catalog() dict {
	var found dict
	best := -1
	for id, o := range f.objects {
		if d, ok := o.(dict); ok && d["Type"] == name("Catalog") && f.place[id] > best {
			found, best = d, f.place[id]
		}
	}
	return found
}

func (f *file) loosePages(out *[]page) {
	for _, id := range f.inOrder() {
		if d, ok := f.objects[id].(dict); ok && d["Type"] == name("Page") {
			*out = append(*out, page{d, f.dict(d["Resources"])})
		}
	}
}

// describe reads what the file says of itself.
func (f *file) describe() Document {
	info := f.dict(f.trailer["Info"])
	root := f.dict(f.trailer["Root"])
	return Document{
		Title:   strings.Join(strings.Fields(f.text(info["Title"])), " "),
		Created: when(f.text(info["CreationDate"])),
		Lang:    strings.TrimSpace(f.text(root["Lang"])),
	}
}

func (f *file) text(o object) string {
	s, _ := f.resolve(o).(string)
	return text(s)
}

// text decodes a text string (7.9.2.2): UTF-16 or UTF-8 by its mark, else
// PDFDocEncoding, whose letters are those of Latin-1.
func text(s string) string {
	switch {
	case strings.HasPrefix(s, "\xfe\xff"):
		return fromUTF16(s[2:])
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		return strings.ToValidUTF8(s[3:], "\uFFFD")
	case ascii(s):
		return s
	case utf8.ValidString(s): // against the standard, and common
		return s
	}
	out, _ := charmap.Windows1252.NewDecoder().String(s)
	return out
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func fromUTF16(s string) string {
	units := make([]uint16, 0, len(s)/2)
	for ; len(s) > 1; s = s[2:] {
		units = append(units, uint16(s[0])<<8|uint16(s[1]))
	}
	return string(utf16.Decode(units))
}

var datePattern = regexp.MustCompile(`^(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-])(\d\d)'?(\d\d)?)?`)

// when reads a date (7.9.4). A year or a month alone is not completed: unknown.
func when(s string) time.Time {
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	zone := time.UTC
	if off := n(8)*3600 + n(9)*60; off > 0 && off <= 14*3600 {
		if m[7] == "-" {
			off = -off
		}
		zone = time.FixedZone("", off)
	}
	t := time.Date(n(1), time.Month(n(2)), n(3), n(4), n(5), n(6), 0, zone)
	if t.Year() != n(1) || int(t.Month()) != n(2) || t.Day() != n(3) || t.Hour() != n(4) {
		return time.Time{} // the 31st of June
	}
	return t
}
