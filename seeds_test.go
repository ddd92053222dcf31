package ewgwatch_test

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sameZone compares zones by name, as a file names them.
var sameZone = cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })

func TestParseSeedsReadsEveryField(t *testing.T) {
	text := "\ufeff# a comment\r\n\r\n" +
		`https://www.Mindef.gov.sg/news/#top name="MINDEF #1" kind=ministry state=SG lang=en feed=https://a.test/1 feed=https://a.test/2 ` +
		`sitemap=https://a.test/s.xml select="div.article > p" delay=1500ms max=20 tz=Asia/Singapore group=sg # the ministry` + "\r\n" +
		"http://example.test\n"
	sources, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	singapore, err := time.LoadLocation("Asia/Singapore")
	if err != nil {
		t.Fatal(err)
	}
	want := []ewgwatch.Source{{
		ID: "mindef.gov.sg/news", URL: "https://www.Mindef.gov.sg/news/", Name: "MINDEF #1", Kind: ewgwatch.Ministry, State: ewgwatch.Singapore,
		Lang: "en", Feeds: []string{"https://a.test/1", "https://a.test/2"}, Sitemaps: []string{"https://a.test/s.xml"}, Select: "div.article > p",
		Delay: 1500 * time.Millisecond, MaxPages: 20, Zone: singapore, Group: "sg", Line: 3,
	}, {
		ID: "example.test", URL: "http://example.test", Name: "example.test", Kind: ewgwatch.News, Line: 4,
	}}
	if diff := cmp.Diff(want, sources, sameZone); diff != "" {
		t.Error(diff)
	}
}

func TestParseSeedsNamesEveryMistakeWithItsLine(t *testing.T) {
	tests := map[string]string{
		"mindef.gov.sg":                               `seeds.txt:1: source: want an absolute http(s) URL, have "mindef.gov.sg"`,
		"ftp://a.test/":                               `seeds.txt:1: source: want an absolute http(s) URL, have "ftp://a.test/"`,
		"https://user:secret@a.test/":                 `want a URL without a user`,
		"https://a.test/\x00":                         `want an absolute http(s) URL`,
		"https://a.test/ name":                        `seeds.txt:1: source "a.test": want key=value, have "name"`,
		"https://a.test/ =x":                          `source "a.test": unknown key "": want name, kind,`,
		`https://a.test/ name=""`:                     `source "a.test": name: want a value, have none`,
		"https://a.test/ name=":                       `source "a.test": name: want a value, have none`,
		"https://a.test/ colour=red":                  `unknown key "colour": want name, kind,`,
		"https://a.test/ kind=blog":                   `kind: want ministry, agency, news, ngo, thinktank or asean, have "blog"`,
		"https://a.test/ state=XX":                    `state: want the code of a member state (BN, SG, US …), have "XX"`,
		"https://a.test/ lang=EN":                     `lang: want a language tag (en, zh-Hant …), have "EN"`,
		"https://a.test/ lang=English":                `lang: want a language tag (en, zh-Hant …), have "English"`,
		"https://a.test/ delay=0s":                    `delay: want a duration over 0 and up to 1h`,
		"https://a.test/ delay=2":                     `delay: want a duration`,
		"https://a.test/ max=none":                    `max: want a number of pages from 1, have "none"`,
		"https://a.test/ tz=../../etc/passwd":         `tz: want an IANA time zone (Asia/Bangkok), have "../../etc/passwd"`,
		"https://a.test/ tz=Bangkok":                  `tz: want an IANA time zone (Asia/Bangkok), have "Bangkok"`,
		"https://a.test/ feed=/rss":                   `feed: want an absolute http(s) URL, have "/rss"`,
		"https://a.test/ kind=news kind=ngo":          `kind is given twice`,
		`https://a.test/ name="open`:                  `want a closing '"'`,
		"https://a.test/\nhttps://www.a.test":         `seeds.txt:2: source "a.test" stands already in line 1`,
		"http://A.test/x/\nhttps://www.a.test/x":      `seeds.txt:2: source "a.test/x" stands already in line 1`,
		"https://a.test/ name=\xff":                   `want UTF-8 text`,
		"https://a.test/ " + strings.Repeat("x", 1e5): `seeds.txt:1: `,
	}
	for text, want := range tests {
		_, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: error %v, want one with %q", text, err, want)
		}
	}
}

// mistakes.txt is a file as a tired person might leave it; mistakes.golden what
// they are told.
func TestParseSeedsTellsATiredPersonEverythingAtOnce(t *testing.T) {
	file, err := os.Open("testdata/seeds/mistakes.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sources, err := ewgwatch.ParseSeeds("mistakes.txt", file)
	if err == nil {
		t.Fatal("no mistake found")
	}
	got := err.Error() + "\n"
	for _, s := range sources {
		got += fmt.Sprintf("good: line %d, %s\n", s.Line, s.ID)
	}
	const golden = "testdata/seeds/mistakes.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestAHashBeginsACommentOnlyWhereAFieldWouldBegin(t *testing.T) {
	tests := []struct{ line, url, name string }{
		{"https://a.test/ # name=x", "https://a.test/", "a.test"},
		{"https://a.test/ #name=x \"open", "https://a.test/", "a.test"},
		{"https://a.test/\t# c", "https://a.test/", "a.test"},
		{"https://a.test/#top name=x", "https://a.test/", "x"}, // a fragment is never sent
		{"https://a.test/ name=No#1 group=g", "https://a.test/", "No#1"},
		{`https://a.test/ name="# one" # two`, "https://a.test/", "# one"},
		{`https://a.test/ "name=# one"`, "https://a.test/", "# one"},
	}
	for _, c := range tests {
		sources, err := ewgwatch.ParseSeeds("f", strings.NewReader(c.line))
		if err != nil || len(sources) != 1 || sources[0].URL != c.url || sources[0].Name != c.name {
			t.Errorf("%s: %+v, %v", c.line, sources, err)
		}
	}
	for _, blank := range []string{"", "#", "  # https://a.test/", "#https://a.test/", "\t", "\ufeff# c"} {
		if sources, err := ewgwatch.ParseSeeds("f", strings.NewReader(blank)); err != nil || len(sources) != 0 {
			t.Errorf("%q: %+v, %v", blank, sources, err)
		}
	}
}

func TestNotepadsLineEndingsAndMarkChangeNothing(t *testing.T) {
	plain := "https://a.test/ name=\"A b\" tz=Asia/Dili\n\nhttps://b.test/ kind=blog\nhttps://c.test/ lang=tet # c\nhttps://d.test/"
	want, wantErr := ewgwatch.ParseSeeds("f", strings.NewReader(plain))
	if len(want) != 3 || wantErr == nil {
		t.Fatalf("%+v, %v", want, wantErr)
	}
	for name, text := range map[string]string{
		"CRLF":             strings.ReplaceAll(plain, "\n", "\r\n"),
		"BOM":              "\ufeff" + plain,
		"BOM and CRLF":     "\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n"),
		"last line closed": plain + "\n",
		"tabs":             strings.ReplaceAll(plain, " kind", "\t\tkind"),
	} {
		got, err := ewgwatch.ParseSeeds("f", strings.NewReader(text))
		if diff := cmp.Diff(want, got, sameZone); diff != "" || err == nil || err.Error() != wantErr.Error() {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

// seedLine writes a source as a line of a seeds file.
func seedLine(s ewgwatch.Source) string {
	fields := []string{s.URL, fmt.Sprintf(`name="%s" kind=%s lang=%s select="%s" group="%s"`, s.Name, s.Kind, s.Lang, s.Select, s.Group)}
	if s.State != "" {
		fields = append(fields, "state="+string(s.State))
	}
	for _, feed := range s.Feeds {
		fields = append(fields, "feed="+feed)
	}
	for _, sitemap := range s.Sitemaps {
		fields = append(fields, "sitemap="+sitemap)
	}
	fields = append(fields, "delay="+s.Delay.String(), fmt.Sprintf("max=%d", s.MaxPages), "tz="+s.Zone.String())
	return strings.Join(fields, " ")
}

func drawSource(t *rapid.T, line int) ewgwatch.Source {
	text := rapid.StringMatching(`[a-zA-Z0-9က-ဪ一-丏#=>.:][a-zA-Z0-9က-ဪ一-丏#=>.: ]{0,20}`)
	address := rapid.StringMatching(`https?://[a-z]{1,8}\.test(:[1-9][0-9]{2})?/[a-z0-9/%_-]{0,9}[a-z](\?[a-z]=[0-9]&b=c)?`).
		Filter(func(s string) bool { _, err := url.Parse(s); return err == nil })
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Asia/Yangon", "Pacific/Auckland"}).Draw(t, "tz"))
	if err != nil {
		t.Fatal(err)
	}
	id := fmt.Sprintf("s%d.test/%s", line, rapid.StringMatching(`[a-z]{1,5}`).Draw(t, "path"))
	return ewgwatch.Source{
		ID: id, URL: "https://" + id, Line: line,
		Name: text.Draw(t, "name"), Select: text.Draw(t, "select"), Group: text.Draw(t, "group"),
		Kind:  rapid.SampledFrom(ewgwatch.SourceKinds()).Draw(t, "kind"),
		State: rapid.SampledFrom(append(ewgwatch.States(), "")).Draw(t, "state"),
		Lang:  rapid.SampledFrom([]string{"en", "tet", "zh-Hans"}).Draw(t, "lang"),
		Feeds: rapid.SliceOfN(address, 1, 3).Draw(t, "feeds"), Sitemaps: rapid.SliceOfN(address, 1, 3).Draw(t, "sitemaps"),
		Delay:    time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "delay")),
		MaxPages: rapid.IntRange(1, 1e6).Draw(t, "max"), Zone: zone,
	}
}

func TestSourcesWrittenAsLinesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []ewgwatch.Source
		var text strings.Builder
		for line := 1; line <= rapid.IntRange(1, 4).Draw(t, "lines"); line++ {
			want = append(want, drawSource(t, line))
			text.WriteString(seedLine(want[line-1]) + "\n")
		}
		got, err := ewgwatch.ParseSeeds("f", strings.NewReader(text.String()))
		if diff := cmp.Diff(want, got, sameZone); err != nil || diff != "" {
			t.Fatalf("%s%v\n%s", &text, err, diff)
		}
	})
}

func TestTheSeedsFileIsSound(t *testing.T) {
	file, err := os.Open("seeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sources, err := ewgwatch.ParseSeeds("seeds.txt", file)
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) < 150 {
		t.Errorf("%d sources, want at least 150", len(sources))
	}
	names, groups := map[string]int{}, map[string]int{}
	states := map[ewgwatch.State]bool{}
	for _, s := range sources {
		if line, taken := names[s.Name]; taken {
			t.Errorf("lines %d and %d have one name, %q", line, s.Line, s.Name)
		}
		names[s.Name] = s.Line
		states[s.State] = true
		groups[s.Group]++
		if s.Name == s.ID || s.Lang == "" || s.State != "" && s.Zone == nil {
			t.Errorf("line %d: %s wants a name, a language, and a zone where it has a state", s.Line, s.ID)
		}
	}
	for _, s := range ewgwatch.States() {
		if !states[s] {
			t.Errorf("no source of %s", s.Name())
		}
	}
	for group, members := range groups {
		if members < 2 {
			t.Errorf("group %q has one source: a slip of the keyboard?", group)
		}
	}
}

func FuzzParseSeeds(f *testing.F) {
	for _, seed := range []string{
		"https://a.test/ name=\"x y\" kind=news # c\n",
		"\"\n=\n#\n\ufeff",
		"https://a.test/ state=SG lang=zh-Hans tz=UTC delay=2s max=3 group=g select=p feed=https://a.test/f sitemap=http://b.test\r\n",
		"https://a.test/\nhttp://www.A.test\nhttps://a.test/x kind=blog state=XX\n",
		"https://a.test/ feed=/rss feed=https://[::1]:80/%2f?q#f max=9999999999999999999 delay=1h0.1s\n\xff\n",
	} {
		f.Add(seed)
	}
	place := regexp.MustCompile(`^f:[1-9][0-9]*: `)
	f.Fuzz(func(t *testing.T, text string) {
		sources, err := ewgwatch.ParseSeeds("f", strings.NewReader(text))
		lineOf := map[string]int{}
		for _, s := range sources {
			if want := wantOf(s); want != "" {
				t.Fatalf("want %s: %+v", want, s)
			}
			if lineOf[s.ID] != 0 || s.Line > strings.Count(text, "\n")+1 {
				t.Fatalf("line %d, and one at %d before: %+v", s.Line, lineOf[s.ID], s)
			}
			lineOf[s.ID] = s.Line
		}
		if err == nil {
			return
		}
		for _, mistake := range strings.Split(err.Error(), "\n") {
			if !place.MatchString(mistake) {
				t.Fatalf("error %q does not say where", mistake)
			}
		}
	})
}

// wantOf says what a source lacks that every stage relies on; "" for nothing.
func wantOf(s ewgwatch.Source) string {
	switch {
	case s.ID == "", s.Name == "", s.Line < 1:
		return "an ID, a name and a line"
	case !s.Kind.Valid(), s.State != "" && !s.State.Valid():
		return "a kind of the list, a member state or none"
	case s.Delay < 0, s.Delay > time.Hour, s.MaxPages < 0:
		return "a delay up to an hour, a budget of pages"
	}
	for _, address := range append([]string{s.URL}, append(s.Feeds, s.Sitemaps...)...) {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
			return "absolute addresses without a fragment or a password"
		}
	}
	return ""
}
