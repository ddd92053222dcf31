package newsworld_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"ewgwatch"
	"ewgwatch/internal/newsworld"
)

// start serves a world on free ports, without the slow sites' delay.
func start(t *testing.T) *newsworld.World {
	t.Helper()
	world, err := newsworld.Start(newsworld.Options{AnyPort: true, Latency: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := world.Close(); err != nil {
			t.Error(err)
		}
	})
	return world
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

// text returns the body decoded by its header or its meta charset.
func (r reply) text(t *testing.T) string {
	t.Helper()
	decoded, err := charset.NewReader(bytes.NewReader(r.body), r.header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(decoded)
	if err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(string(text))
}

// get asks once, with headers given as name and value in turn.
func get(t *testing.T, url string, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, body}
}

func siteOf(t *testing.T, world *newsworld.World, name string) newsworld.Site {
	t.Helper()
	for _, site := range world.Sites() {
		if site.Name == name {
			return site
		}
	}
	t.Fatalf("no site %q", name)
	return newsworld.Site{}
}

func TestWorldIsLargeAndVaried(t *testing.T) {
	world := start(t)
	if n := len(world.Sites()); n < 14 {
		t.Errorf("%d sites, want at least 14", n)
	}
	pages := world.Pages()
	if n := len(pages); n < 70 {
		t.Errorf("%d pages, want at least 70", n)
	}
	langs := map[string]int{}
	for _, page := range pages {
		langs[page.Lang]++
	}
	for _, lang := range []string{"en", "th", "id", "ru", "zh", "vi", "ja", "ko"} {
		if langs[lang] < 4 {
			t.Errorf("%d pages in %s, want at least 4", langs[lang], lang)
		}
	}
	t.Logf("%d sites, %d pages, by language %v", len(world.Sites()), len(pages), langs)
}

func TestEveryPageAnswersWithItsTextAndItsNotice(t *testing.T) {
	world := start(t)
	blocked := siteOf(t, world, "mod-ph").Name
	for _, page := range world.Pages() {
		if page.Site == blocked {
			continue
		}
		got := get(t, page.URL)
		text := got.text(t)
		switch {
		case got.status != http.StatusOK:
			t.Errorf("%s: status %d", page.File, got.status)
		case !strings.Contains(text, page.Title):
			t.Errorf("%s: title is not on the page", page.File)
		case !strings.Contains(text, `class="demo-note"`):
			t.Errorf("%s: page does not say that it is invented", page.File)
		case strings.Contains(text, "ZgotmplZ"):
			t.Errorf("%s: layout breaks out of its context", page.File)
		}
	}
}

func TestPagesAreWrittenInTheScriptOfTheirLanguage(t *testing.T) {
	scripts := map[string][]*unicode.RangeTable{
		"en": {unicode.Latin}, "id": {unicode.Latin}, "ms": {unicode.Latin}, "fr": {unicode.Latin}, "vi": {unicode.Latin},
		"th": {unicode.Thai}, "ru": {unicode.Cyrillic}, "zh": {unicode.Han}, "hi": {unicode.Devanagari},
		"ja": {unicode.Hiragana, unicode.Katakana, unicode.Han}, "ko": {unicode.Hangul},
	}
	for _, page := range start(t).Pages() {
		if scripts[page.Lang] == nil {
			t.Errorf("%s: no script known for %q", page.File, page.Lang)
			continue
		}
		letters, own := 0, 0
		for _, r := range page.Text() {
			if unicode.IsLetter(r) {
				letters++
			}
			if unicode.IsLetter(r) && unicode.In(r, scripts[page.Lang]...) {
				own++
			}
		}
		if letters < 60 || own*10 < letters*6 {
			t.Errorf("%s: %d of %d letters in the script of %q", page.File, own, letters, page.Lang)
		}
	}
}

func TestSeedsNameEverySite(t *testing.T) {
	world := start(t)
	sources, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(world.Seeds()))
	if err != nil {
		t.Fatal(err)
	}
	sites := world.Sites()
	if len(sources) != len(sites) {
		t.Fatalf("%d sources for %d sites", len(sources), len(sites))
	}
	for i, source := range sources {
		site := sites[i]
		if source.Name != site.Title || source.Kind != site.Kind || source.State != site.State || source.Zone.String() != site.Zone {
			t.Errorf("%s: seeds say %+v", site.Name, source)
		}
		for _, declared := range append(source.Feeds, source.Sitemaps...) {
			if status := get(t, declared).status; status != http.StatusOK {
				t.Errorf("%s: %s answers %d", site.Name, declared, status)
			}
		}
	}
}

func TestEditChangesOnePageOnTheSecondNight(t *testing.T) {
	world := start(t)
	before := bodies(t, world)
	if err := world.Edit(); err != nil {
		t.Fatal(err)
	}
	after := bodies(t, world)
	var changed []string
	for address, body := range before {
		if after[address] != body {
			changed = append(changed, address)
		}
	}
	want := []string{siteOf(t, world, "harbour-post").URL + "news/who-will-go-to-moscow"}
	// The neighbours of the edited page name its headline and change with it.
	if !slices.Contains(changed, want[0]) || len(before) != len(after) {
		t.Errorf("changed %v, want %v among them", changed, want)
	}
	for _, address := range changed {
		if !strings.HasPrefix(address, siteOf(t, world, "harbour-post").URL) {
			t.Errorf("%s changed, and nothing on that site was edited", address)
		}
	}
	declined := ewgwatch.Claim{State: ewgwatch.UnitedStates, Event: "ewgct-2022-07-meeting", Stance: ewgwatch.Declined}
	for _, page := range world.Pages() {
		if page.URL == want[0] && !slices.Contains(page.Expect, declined) {
			t.Error("the edited page does not expect what it says now")
		}
	}
}

func bodies(t *testing.T, world *newsworld.World) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, page := range world.Pages() {
		found[page.URL] = string(get(t, page.URL).body)
	}
	return found
}

func ExampleWorld_Claims() {
	world, err := newsworld.Start(newsworld.Options{AnyPort: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer world.Close()
	for _, claim := range world.Contradictions() {
		fmt.Println(claim.State, claim.Stance, claim.Event)
	}
	// Output:
	// SG absent ewgct-2023-08-tabletop
	// SG attended ewgct-2023-08-tabletop
}
