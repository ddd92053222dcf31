package document

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	sharedTopic = "../../../shared/data/topic"
	sharedSeed  = "../../../shared/data/seed/press-release.html"
)

func parseFile(t *testing.T, name string) Document {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Parse(context.Background(), string(source), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestFurnitureAroundAnArticleChangesNothing(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(sharedTopic, "plain", "*.html"))
	if err != nil || len(names) == 0 {
		t.Skip("no pages on the topic on this machine")
	}
	for _, name := range names {
		plain := parseFile(t, name)
		furnished := parseFile(t, filepath.Join(sharedTopic, "furnished", filepath.Base(name)))
		if diff := cmp.Diff(plain.Text, furnished.Text); diff != "" {
			t.Errorf("%s: text of plain and furnished (-plain +furnished):\n%s", filepath.Base(name), diff)
		}
		if plain.Title != furnished.Title {
			t.Errorf("%s: title %q on the plain page, %q on the furnished", filepath.Base(name), plain.Title, furnished.Title)
		}
		if plain.Listing || furnished.Listing {
			t.Errorf("%s: taken for a listing", filepath.Base(name))
		}
	}
}

func TestPagesOnTheTopicKeepEveryParagraph(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join(sharedTopic, "plain", "*.html"))
	if len(names) == 0 {
		t.Skip("no pages on the topic on this machine")
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc := parseFile(t, name)
		for _, line := range render(flatten(string(source))) {
			kept := strings.Contains(doc.Text, line.text) || line.text == doc.Title || looksDated(line.text)
			if !kept && line.isProse() {
				t.Errorf("%s: lost %q", filepath.Base(name), line.text)
			}
		}
	}
}

func TestPressReleaseKeepsItsListsAndNotItsFooter(t *testing.T) {
	if _, err := os.Stat(sharedSeed); err != nil {
		t.Skip("no press release on this machine:", err)
	}
	doc := parseFile(t, sharedSeed)
	for _, want := range []string{
		"The training exercise will focus on defeating ‘terrorists’ in a border area.",
		"\ncancel the upcoming training exercises co-hosted by the Myanmar military junta and Russia; and\n",
		"Australia, New Zealand and the United States – not to participate",
		"\nASEAN has excluded the junta from meetings at the head of state and foreign ministers’ levels.\n",
		"“not attend if the invitations to the junta military personnel are not rescinded.”",
	} {
		if !strings.Contains(doc.Text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	for _, not := range []string{"Download PDF", "924 Views", "minute read", "Resources"} {
		if strings.Contains(doc.Text, not) {
			t.Errorf("the text has %q", not)
		}
	}
	if diff := cmp.Diff([]string{"Defend Myanmar Democracy", "FORUM-ASIA", "Progressive Voice"}, doc.Authors); diff != "" {
		t.Errorf("authors (-want +have):\n%s", diff)
	}
	if !strings.HasPrefix(doc.Title, "551 civil society") || strings.Contains(doc.Title, "Progressive Voice Myanmar") {
		t.Errorf("title %q", doc.Title)
	}
	if !says(doc.Dates[0].Raw, "2023-08-25") {
		t.Errorf("dates %v, want August 25th, 2023 first", doc.Dates)
	}
}
