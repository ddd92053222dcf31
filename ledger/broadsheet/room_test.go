package broadsheet

import (
	"strings"
	"testing"
)

// What a ledger comes to know beside the cell has its place on every sheet.
func TestThereIsRoomForVoicesHistoryAndCoverage(t *testing.T) {
	s := New(fixture(), about)
	e := s.content.Events[0]
	e.coverage, e.expected = []string{"12 pages in Thai were read"}, []string{"the host was to name participants by 9 August"}
	c := e.Filled()[0]
	c.History = []string{"3 August: to attend"}
	k := c.Claims[0]
	k.Heard = append(k.Heard, voice{quote: k.Best(), Copies: []string{"Echo", "Mirror"}, Why: "the same text"})
	page := set(t, s, "html")
	checkPage(t, page)
	for _, want := range []string{"12 pages in Thai were read", "the host was to name participants", "3 August: to attend", "2 copies: Echo, Mirror", "the same text"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if text := set(t, s, "md"); !strings.Contains(text, "2 copies: Echo, Mirror") {
		t.Error("the notes do not name the copies")
	}
}
