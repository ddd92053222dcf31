package broadsheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"ewgwatch"
	"ewgwatch/ledger"
)

// checkPicture holds that a picture is well-formed, and loads and runs nothing.
func checkPicture(t failing, picture string) (texts []string) {
	t.Helper()
	in := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		switch node := token.(type) {
		case xml.CharData:
			texts = append(texts, string(node))
		case xml.StartElement:
			if node.Name.Local == "script" || node.Name.Local == "image" || node.Name.Local == "foreignObject" || node.Name.Local == "style" {
				t.Errorf("there is a %s", node.Name.Local)
			}
			for _, a := range node.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("%s has %s=%q", node.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestAPictureIsWellFormedAndLoadsNothing(t *testing.T) {
	texts := strings.Join(checkPicture(t, set(t, New(fixture(), about), "svg")), "\n")
	for _, word := range []string{"≠ attended", "≠ absent", "to attend", "? not read", "% unreadable", ". not named", "/ not watched", "An empty cell is not evidence"} {
		if !strings.Contains(texts, word) {
			t.Errorf("the picture does not say %q", word)
		}
	}
}

func TestOfOneEventAPictureSaysWhoSaysSo(t *testing.T) {
	l, err := ledger.New(seq([]ewgwatch.Finding{says("herald", ewgwatch.India, ewgwatch.Host, meeting, "New Delhi hosts.")}), nil, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if have := set(t, New(l, about), "svg"); !strings.Contains(have, "herald (independent), 25 Aug 2023: “New Delhi hosts.”") {
		t.Error(have)
	}
}

func TestNumbersInAPictureAreNeverCut(t *testing.T) {
	var many []ewgwatch.Finding
	for i := range 40 {
		event := ewgwatch.Event{ID: fmt.Sprintf("e%02d", i), Start: ewgwatch.Date{Year: 2000 + i}}
		for j := range 12_345 / (1 + 100*min(i, 1)) {
			f := says(fmt.Sprintf("s%d", j), ewgwatch.Laos, ewgwatch.CoChair, event, "")
			f.Planned = true
			many = append(many, f)
		}
	}
	l, err := ledger.New(seq(many), nil, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if have := strings.Join(checkPicture(t, set(t, New(l, about), "svg")), "\n"); !strings.Contains(have, "×12345\n") {
		t.Error("the number of sources is not there whole")
	}
}

func FuzzSVG(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkPicture(t, set(t, New(foreign(t, text, text, text), about), "svg"))
	})
}
