package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// box is prose as long as a paragraph under a heading, which no rule for one
// page would cut.
const box = `<h4>The voice of ten states</h4><p>This agency has reported without fear or favour from the ten states of the region since 1975.</p><h4>All day, every day</h4>`

// notice is a page of the same host about something else.
func notice(before, after string) string {
	return `<html><head><title>Roads closed</title></head><body><article><h1>Roads closed</h1>` + before +
		`<p>Two roads of the northern district stay closed until the bridge is mended, said the governor's office.</p>
		<p>Lorries go round by the coast, which takes them about three hours more than the road through the hills.</p>` +
		after + `</article></body></html>`
}

// repeats is what stands on a page of the host beside the one under test.
func repeats(t *testing.T, page string) func(uint64) bool {
	t.Helper()
	blocks := mustParse(t, page, Options{}).Blocks
	return func(b uint64) bool { return slices.Contains(blocks, b) }
}

func TestFurnitureOfTheHostIsCutAtBothEnds(t *testing.T) {
	page := story(box, box)
	if doc := mustParse(t, page, Options{}); !strings.Contains(doc.Text, "without fear or favour") {
		t.Fatal("the box is gone without any knowledge of the host")
	}
	doc := mustParse(t, page, Options{Furniture: repeats(t, notice(box, box))})
	if diff := cmp.Diff(storyText, doc.Text); diff != "" {
		t.Errorf("text (-want +have):\n%s", diff)
	}
	for _, b := range mustParse(t, page, Options{}).Blocks {
		if !slices.Contains(doc.Blocks, b) {
			t.Errorf("block %x is cut and not reported: the host's memory would forget it", b)
		}
	}
}

func TestTeaserElsewhereDoesNotCutTheFirstSentenceOfItsStory(t *testing.T) {
	lede := `<p>The delegations of nine states met on Monday in the capital to plan the exercise of next year.</p>`
	for _, teaser := range []string{lede, strings.Replace(lede, "<p>", `<p><a href="/meet">`, 1)} {
		doc := mustParse(t, story("", ""), Options{Furniture: repeats(t, notice("", teaser))})
		if diff := cmp.Diff(storyText, doc.Text); diff != "" {
			t.Errorf("text (-want +have):\n%s", diff)
		}
	}
}

func TestBackgroundOfTheArticleStays(t *testing.T) {
	first := `<p>The delegations of nine states met on Monday in the capital to plan the exercise of next year.</p>`
	second := `<p>They agreed on the place and on the dates, and they left the question of observers to their ministers.</p>`
	third := `<p>The next conference is held in spring, as the two chairs said in a statement after the meeting.</p>`
	for _, paragraph := range []string{first, second, third} {
		doc := mustParse(t, story("", ""), Options{Furniture: repeats(t, notice(paragraph, paragraph))})
		if diff := cmp.Diff(storyText, doc.Text); diff != "" {
			t.Errorf("text (-want +have):\n%s", diff)
		}
	}
}

func TestArticleAtSeveralAddressesKeepsItsText(t *testing.T) {
	seen := `<p>Seen %d times.</p>`
	doc := mustParse(t, story("", fmt.Sprintf(seen, 17)), Options{Furniture: repeats(t, story("", fmt.Sprintf(seen, 16)))})
	if !strings.HasPrefix(doc.Text, storyText) {
		t.Errorf("text:\n%s\nwant:\n%s", doc.Text, storyText)
	}
}
