package ewgwatch_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
)

func TestSeedLinesThatLookRightAndAreNot(t *testing.T) {
	tests := map[string]string{
		"https://a.test/\nhttp://a.test/ \nhttps://www.a.test/": "seeds.txt:3: source \"a.test\" stands already in line 1",
		"https://a.test:443/\nhttps://a.test/":                  "seeds.txt:2: source \"a.test\" stands already in line 1",
		"https://a.test/ lang=zh-":                              "lang: want a language tag",
		"https://a.test/ name=\"  \"":                           "name: want a value, have none",
		"https://a.test/ name=\"\x1b[31mred\"":                  "name: want text without control characters",
		"https://user:hunter2@a.test/":                          "want a URL without a user and a password",
		"https://a.test/ name=" + strings.Repeat("x", 70_000):   "seeds.txt:1: want a line under 65536 bytes; what follows it is not read",
	}
	for text, want := range tests {
		_, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: error %v, want one with %q", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Error("a password is repeated in an error")
		}
	}
	if d, err := ewgwatch.ParseDate("0000-05-03"); err == nil {
		t.Errorf("the year 0 gives %+v", d)
	}
}

func TestALineReadsBackAsTheSourceItWasMadeOf(t *testing.T) {
	dili, err := time.LoadLocation("Asia/Dili")
	if err != nil {
		t.Fatal(err)
	}
	want := ewgwatch.Source{
		ID: "tatoli.example/en?a='", URL: "https://www.tatoli.example/en?a='", Name: "Tatoli # Agência", Kind: ewgwatch.Agency, State: ewgwatch.TimorLeste,
		Lang: "tet", Zone: dili, Feeds: []string{"https://a.example/rss", "https://b.example/rss"}, Sitemaps: []string{"https://a.example/s.xml"},
		Search: []string{"https://a.example/?s={query}"}, Select: "div.article > p", Delay: 5 * time.Second, MaxPages: 7, Group: "a b", Render: true,
		Proxy: "socks5://127.0.0.1:9050", CAFile: "ca.pem", Line: 1,
	}
	got, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(ewgwatch.SeedLine(want)))
	if err != nil || len(got) != 1 {
		t.Fatalf("%s: %v, %v", ewgwatch.SeedLine(want), got, err)
	}
	if diff := cmp.Diff(want, got[0], cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAHostileNameStaysInItsField(t *testing.T) {
	for name, want := range map[string]string{
		"The \"Daily\" Star":                   "The 'Daily' Star",
		"a\nhttps://evil.test/ name=b":         "a https://evil.test/ name=b",
		"x\" kind=ministry state=US name2=\"y": "x' kind=ministry state=US name2='y",
		"\x1b[31mred\x00":                      "[31mred",
		"# not a comment":                      "# not a comment",
		"broken \xff bytes":                    "broken bytes",
		" \u2028 \t ":                          "a.test",
	} {
		line := ewgwatch.SeedLine(ewgwatch.Source{ID: "a.test", URL: "https://a.test/", Name: name, Kind: ewgwatch.News})
		got, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(line))
		if err != nil || len(got) != 1 || got[0].Name != want || got[0].Kind != ewgwatch.News || got[0].State != "" {
			t.Errorf("%q: %q gives %+v, %v", name, line, got, err)
		}
	}
}

func TestEveryLineParses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := ewgwatch.Source{
			ID: "a.test", URL: "https://a.test/", Kind: ewgwatch.News, Name: rapid.String().Draw(t, "name"), Select: rapid.String().Draw(t, "select"),
			Feeds:  []string{"https://a.test/" + rapid.String().Draw(t, "path"), rapid.String().Draw(t, "feed")},
			Search: []string{"https://a.test/?a=" + strings.ReplaceAll(rapid.String().Draw(t, "query"), "{", "") + "&q={query}"},
		}
		line := ewgwatch.SeedLine(s)
		if strings.ContainsFunc(line, unicode.IsControl) {
			t.Fatalf("%q holds control characters", line)
		}
		got, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(line))
		if err != nil || len(got) != 1 {
			t.Fatalf("%q: %v, %v", line, got, err)
		}
		if want := len(slices.DeleteFunc(got[0].Search, func(s string) bool { return !strings.HasSuffix(s, "{query}") })); want != len(got[0].Search) {
			t.Fatalf("%q: search %q", line, got[0].Search)
		}
	})
}
