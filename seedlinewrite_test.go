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
