package ewgwatch_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

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
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, sources, sameZone); diff != "" {
		t.Error(diff)
	}
}

func TestParseSeedsNamesEveryMistakeWithItsLine(t *testing.T) {
	tests := map[string]string{
		"mindef.gov.sg":                               `seeds.txt:1: source: want an absolute http(s) URL, have "mindef.gov.sg"`,
		"ftp://a.test/":                               `seeds.txt:1: source: want an absolute http(s) URL, have "ftp://a.test/"`,
		"https://user:secret@a.test/":                 `want an absolute http(s) URL`,
		"https://a.test/ name":                        `seeds.txt:1: source "a.test": want key=value, have "name"`,
		"https://a.test/ name=":                       `source "a.test": name: want a value, have none`,
		"https://a.test/ colour=red":                  `unknown key "colour": want name, kind,`,
		"https://a.test/ kind=blog":                   `kind: want ministry, agency, news, ngo, thinktank or asean, have "blog"`,
		"https://a.test/ state=XX":                    `state: want the code of a member state (BN, SG, US …), have "XX"`,
		"https://a.test/ lang=English":                `lang: want a language tag (en, zh-Hant …), have "English"`,
		"https://a.test/ delay=0s":                    `delay: want a duration over 0 and up to 1h`,
		"https://a.test/ delay=2":                     `delay: want a duration`,
		"https://a.test/ max=none":                    `max: want a number of pages from 1, have "none"`,
		"https://a.test/ tz=Bangkok":                  `tz: want an IANA time zone (Asia/Bangkok), have "Bangkok"`,
		"https://a.test/ feed=/rss":                   `feed: want an absolute http(s) URL, have "/rss"`,
		"https://a.test/ kind=news kind=ngo":          `kind is given twice`,
		`https://a.test/ name="open`:                  `want a closing '"'`,
		"https://a.test/\nhttps://www.a.test":         `seeds.txt:2: source "a.test" stands already in line 1`,
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

func TestParseSeedsTellsAllMistakesAndKeepsTheGoodLines(t *testing.T) {
	text := "nonsense\nhttps://good.test/\nhttps://a.test/ kind=blog state=XX\n"
	sources, err := ewgwatch.ParseSeeds("my seeds", strings.NewReader(text))
	if len(sources) != 1 || sources[0].ID != "good.test" {
		t.Errorf("sources %v", sources)
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[2], "my seeds:3:") {
		t.Errorf("mistakes %q", lines)
	}
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
	names := map[string]int{}
	states := map[ewgwatch.State]bool{}
	for _, s := range sources {
		if line, taken := names[s.Name]; taken {
			t.Errorf("lines %d and %d have one name, %q", line, s.Line, s.Name)
		}
		names[s.Name] = s.Line
		states[s.State] = true
	}
	for _, s := range ewgwatch.States() {
		if !states[s] {
			t.Errorf("no source of %s", s.Name())
		}
	}
}

func FuzzParseSeeds(f *testing.F) {
	f.Add("https://a.test/ name=\"x y\" kind=news # c\n")
	f.Add("\"\n=\n#\n\ufeff")
	place := regexp.MustCompile(`^f:\d+: `)
	f.Fuzz(func(t *testing.T, text string) {
		sources, err := ewgwatch.ParseSeeds("f", strings.NewReader(text))
		for _, s := range sources {
			if s.ID == "" || s.Name == "" || !s.Kind.Valid() || s.Line < 1 || s.State != "" && !s.State.Valid() {
				t.Fatalf("half a source: %+v", s)
			}
		}
		if err != nil && !place.MatchString(err.Error()) {
			t.Fatalf("error %q does not say where", err)
		}
	})
}
