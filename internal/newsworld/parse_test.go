package newsworld

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestMistakesInPageFilesNameTheirLine(t *testing.T) {
	site := Site{Name: "s", Path: "/{2006}/{slug}", Zone: "UTC", Dates: "en"}
	tests := map[string]struct{ text, want string }{
		"no front matter":  {"title: x\n", "1: want front matter"},
		"unknown key":      {"---\ntitle: x\ncolour: red\n---\n", "3: want a key"},
		"key twice":        {"---\ntitle: x\ntitle: y\n---\n", "3: want a key"},
		"no date":          {"---\ntitle: x\n---\n", "1: want a title and a date"},
		"impossible date":  {"---\ntitle: x\ndate: 2023-02-30\n---\n", "3: date:"},
		"undated, no path": {"---\ntitle: x\ndate: none\n---\n", "1: want a path"},
		"unknown stance":   {"---\ntitle: x\ndate: 2023-02-20\nexpect: SG there ewgct-2023-09-field\n---\n", `4: expect: want a stance, have "there"`},
		"unknown state":    {"---\ntitle: x\ndate: 2023-02-20\nexpect: XX absent ewgct-2023-09-field\n---\n", `4: expect: want a member state, have "XX"`},
		"unknown event":    {"---\ntitle: x\ndate: 2023-02-20\nforbid: SG absent ewgct-1999\n---\n", "4: forbid: want an event"},
		"unknown section":  {"---\ntitle: x\ndate: 2023-02-20\nsection: zoo\n---\n", "4: section:"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := parsePage(site, "slug", test.text)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestSitesWithUnknownKeysAreRefused(t *testing.T) {
	files := fstest.MapFS{"sites/s/site.json": {Data: []byte(`{"title": "x", "colour": "red"}`)}}
	_, err := loadEditions(files)
	if err == nil || !strings.Contains(err.Error(), "sites/s/site.json: ") {
		t.Errorf("error %v, want one that names the file", err)
	}
}

func TestPrintedDates(t *testing.T) {
	at := time.Date(2023, time.August, 3, 14, 5, 0, 0, time.UTC)
	tests := map[string]string{
		"en": "3 August 2023", "en-us": "August 3, 2023", "en-ord": "August 3rd, 2023", "en-week": "Thursday, 3 August 2023",
		"th-be": "3 สิงหาคม 2566", "th-digits": "๓ สิงหาคม ๒๕๖๖", "ru": "3 августа 2023, 14:05", "zh": "2023年8月3日 14:05",
		"ja-era": "令和5年8月3日", "ms": "3 Ogos 2023", "fr": "3 août 2023", "vi": "03/08/2023 14:05 GMT+7",
	}
	for name, want := range tests {
		if got := printedDates[name](at); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestOrdinalsOfDays(t *testing.T) {
	for day, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 22: "22nd", 31: "31st"} {
		if got := ordinal(day); got != want {
			t.Errorf("ordinal(%d) = %s, want %s", day, got, want)
		}
	}
}

func TestInlineMarkupIsEscapedAndLinked(t *testing.T) {
	got := string(bodyHTML([]string{"## A < B", "See [this & that](x).", "- one\n- two", "> said", "<hr>"}, func(target string) string { return "/" + target }))
	want := "<h2>A &lt; B</h2>\n<p>See <a href=\"/x\">this &amp; that</a>.</p>\n<ul><li>one</li><li>two</li></ul>\n<blockquote><p>said</p></blockquote>\n<hr>\n"
	if got != want {
		t.Errorf("got %s", got)
	}
}
