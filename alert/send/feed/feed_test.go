package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	asatom "github.com/mmcdole/gofeed/atom"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/feed"
)

var made = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func delivery(n int, text string) send.Delivery {
	id := fmt.Sprintf("a_%04d", n)
	return send.Delivery{
		Alert:   ewgwatch.Alert{ID: id, MadeAt: made.Add(time.Duration(n) * time.Minute), Class: ewgwatch.NewClaim, Lang: "en"},
		Message: send.Message{ID: id, Subject: "Item " + text, Text: text, HTML: "<html><body><p>" + text + "</p></body></html>"},
	}
}

func add(t testing.TB, folder, to string, deliveries ...send.Delivery) (responses string) {
	t.Helper()
	sender, err := feed.Open(feed.Options{Folder: folder})(ewgwatch.Channel{Kind: ewgwatch.FeedChannel, To: to})
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	for _, d := range deliveries {
		answer, err := sender.Send(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		responses += answer.Response
	}
	return responses
}

func read(t testing.TB, elements ...string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(elements...))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestBothFeedsHoldTheSameItemsNewestFirst(t *testing.T) {
	folder := t.TempDir()
	add(t, folder, "feeds/kh", delivery(1, "one"), delivery(3, "three"), delivery(2, "two"))
	for _, ending := range []string{".atom", ".json"} {
		parsed, err := gofeed.NewParser().Parse(bytes.NewReader(read(t, folder, "feeds/kh"+ending)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, item := range parsed.Items {
			got = append(got, item.GUID+" "+item.Title+" "+item.Published+" "+item.Content)
		}
		want := "tag:ewgwatch.invalid,2026-05-01:a_0003 Item three 2026-05-01T12:03:00Z <p>three</p>\n" +
			"tag:ewgwatch.invalid,2026-05-01:a_0002 Item two 2026-05-01T12:02:00Z <p>two</p>\n" +
			"tag:ewgwatch.invalid,2026-05-01:a_0001 Item one 2026-05-01T12:01:00Z <p>one</p>"
		if have := strings.Join(got, "\n"); have != want {
			t.Errorf("%s holds\n%s\nwant\n%s", ending, have, want)
		}
	}
}

func TestAFeedLinksToWhereItLies(t *testing.T) {
	folder, elsewhere := t.TempDir(), t.TempDir()
	open := feed.Open(feed.Options{Folder: folder, Site: "https://watch.test/feeds/"})
	for _, c := range []struct{ to, file, id, self string }{
		{"kh", folder, "tag:ewgwatch.invalid,2026:feed/kh", "https://watch.test/feeds/kh.atom"},
		{"desk/east asia/kh", folder, "tag:ewgwatch.invalid,2026:feed/desk/east%20asia/kh", "https://watch.test/feeds/desk/east%20asia/kh.atom"},
		{elsewhere + "/kh", "", "tag:ewgwatch.invalid,2026:feed/kh", ""},
		{"vn", folder, "tag:ewgwatch.invalid,2026:feed/vn", "https://watch.test/feeds/vn.atom"},
	} {
		sender, err := open(ewgwatch.Channel{Kind: ewgwatch.FeedChannel, To: c.to})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sender.Send(t.Context(), delivery(1, "one")); err != nil {
			t.Error(err)
		}
		_ = sender.Close()
		parsed, err := (&asatom.Parser{}).Parse(bytes.NewReader(read(t, c.file, c.to+".atom")))
		if err != nil {
			t.Fatal(err)
		}
		self := ""
		for _, link := range parsed.Links {
			self = link.Href
		}
		if parsed.ID != c.id || self != c.self {
			t.Errorf("%s is %s at %q, want %s at %q", c.to, parsed.ID, self, c.id, c.self)
		}
	}
}

func TestASecondDeliveryChangesNothing(t *testing.T) {
	folder := t.TempDir()
	add(t, folder, "kh", delivery(1, "one"), delivery(2, "two"))
	atom, inJSON := read(t, folder, "kh.atom"), read(t, folder, "kh.json")
	before, err := os.Stat(filepath.Join(folder, "kh.atom"))
	if err != nil {
		t.Fatal(err)
	}
	add(t, folder, "kh", delivery(1, "edited"))
	after, err := os.Stat(filepath.Join(folder, "kh.atom"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(atom, read(t, folder, "kh.atom")) || !bytes.Equal(inJSON, read(t, folder, "kh.json")) || !os.SameFile(before, after) {
		t.Error("the second delivery was written")
	}
}

func TestAKillBetweenTheTwoFilesIsMadeGood(t *testing.T) {
	folder := t.TempDir()
	add(t, folder, "kh", delivery(1, "one"))
	old := read(t, folder, "kh.atom")
	add(t, folder, "kh", delivery(2, "two"))
	want := read(t, folder, "kh.atom")
	if err := os.WriteFile(filepath.Join(folder, "kh.atom"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	add(t, folder, "kh", delivery(2, "two"))
	if !bytes.Equal(want, read(t, folder, "kh.atom")) {
		t.Error("the second file lacks what the first has")
	}
}

func TestAFeedKeepsItsNewestItems(t *testing.T) {
	folder := t.TempDir()
	for n := range 210 {
		add(t, folder, "kh", delivery(n, "text"))
	}
	add(t, folder, "kh", delivery(3, "old and sent once more"))
	var got struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(read(t, folder, "kh.json"), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != 200 || !strings.HasSuffix(got.Items[0].ID, "a_0209") || !strings.HasSuffix(got.Items[199].ID, "a_0010") {
		t.Errorf("%d items, want the newest 200", len(got.Items))
	}
}

func TestAFeedThatIsDamagedIsMovedAsideAndTold(t *testing.T) {
	for _, damage := range []string{"", "{", "null", `{"version":"https://jsonfeed.org/version/1.1","items":[{"title":"x"}]}`, "\x00\x00"} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "kh.json"), []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		told := add(t, folder, "kh", delivery(1, "one"))
		aside, err := filepath.Glob(filepath.Join(folder, "kh.json.damaged-*"))
		if err != nil || len(aside) != 1 || string(read(t, aside[0])) != damage {
			t.Errorf("kept aside: %v, %v", aside, err)
			continue
		}
		if !strings.Contains(told, filepath.Base(aside[0])) || !bytes.Contains(read(t, folder, "kh.atom"), []byte("a_0001")) {
			t.Errorf("told %q", told)
		}
	}
}

func TestAFeedStaysInItsFolder(t *testing.T) {
	data, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(data, "link")); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"../x", "a/../../x", "..", "link/x", "a/..", "feed:../x"} {
		sender, err := feed.Open(feed.Options{Folder: data})(ewgwatch.Channel{To: to})
		if err == nil {
			t.Errorf("%q was opened", to)
			sender.Close()
		}
	}
	add(t, data, filepath.Join(outside, "deep", "kh"), delivery(1, "absolute"))
	read(t, outside, "deep/kh.atom")
	add(t, data, "feed:feeds/", delivery(1, "unnamed"))
	read(t, data, "feeds/ewgwatch.json")
}

func FuzzHostileTextLeavesBothFeedsReadable(f *testing.F) {
	for _, s := range []string{"plain", "]]><entry>", "<script>alert(1)</script>", "\x00\x0b\ufffe\uffff", "\xff\xfe\xed\xa0\x80", "&amp;&bogus;", "</content></entry></feed>", "\u202e\u2028"} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, id, subject, text string) {
		folder := t.TempDir()
		d := delivery(1, text)
		d.Alert.ID, d.Message.Subject = id, subject
		add(t, folder, "kh", d, delivery(2, "after"))
		if told := add(t, folder, "kh", d); told != "written" {
			t.Fatalf("what was written cannot be read: %s", told)
		}
		var atom struct {
			Entries []struct {
				ID      string `xml:"id"`
				Content struct {
					Inner []struct{} `xml:",any"`
				} `xml:"content"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(read(t, folder, "kh.atom"), &atom); err != nil {
			t.Fatal(err)
		}
		var inJSON struct{ Items []struct{ ID string } }
		if err := json.Unmarshal(read(t, folder, "kh.json"), &inJSON); err != nil {
			t.Fatal(err)
		}
		if len(atom.Entries) != 2 || len(inJSON.Items) != 2 || len(atom.Entries[1].Content.Inner) > 0 || atom.Entries[1].ID != inJSON.Items[1].ID {
			t.Fatalf("entries %+v, items %+v", atom.Entries, inJSON.Items)
		}
	})
}
