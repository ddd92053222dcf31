package charset

import (
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

type sample struct{ name, text string }

func samples(t testing.TB) (all []sample) {
	t.Helper()
	text, err := os.ReadFile("testdata/texts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if name, text, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			all = append(all, sample{name, text})
		}
	}
	return all
}

// encode writes a text in an encoding; the test fails where it cannot be.
func encode(t testing.TB, name, text string) []byte {
	t.Helper()
	e := named(name)
	if e.encoding == nil {
		return []byte(text)
	}
	if name == "windows-1258" {
		text = toneMarksApart(text)
	}
	out, err := e.encoding.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, text)
	}
	return out
}

// toneMarksApart writes Vietnamese as windows-1258 does: the vowel whole, its
// tone mark behind it.
func toneMarksApart(text string) string {
	var out strings.Builder
	for _, r := range text {
		parts := []rune(norm.NFD.String(string(r)))
		tone := ""
		base := string(parts[0])
		for _, mark := range parts[1:] {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", mark) {
				tone += string(mark)
				continue
			}
			base += string(mark)
		}
		out.WriteString(norm.NFC.String(base) + tone)
	}
	return out.String()
}

func page(meta, text string) string {
	return "<html><head>" + meta + "<title>News 2023</title></head><body class=\"x\"><p>" + text + "</p>\n</body></html>"
}

func TestAnUndeclaredPageIsReadByItsBytes(t *testing.T) {
	for _, s := range samples(t) {
		want := page("", s.text)
		text, name, err := Decode(encode(t, s.name, want), "text/html")
		if diff := cmp.Diff(want, text); diff != "" || name != s.name || err != nil {
			t.Errorf("%s: read as %s, %v\n%s", s.name, name, err, diff)
		}
	}
}

func TestADeclaredPageIsReadAsDeclared(t *testing.T) {
	for _, s := range samples(t) {
		if strings.HasPrefix(s.name, "utf-16") {
			continue
		}
		for form, meta := range map[string]string{
			"header": "", "meta": `<meta charset="` + s.name + `">`,
			"http-equiv": `<META http-equiv=Content-Type content='text/html; charset=` + s.name + `'>`,
		} {
			want, header := page(meta, s.text), "text/html"
			if form == "header" {
				header = "text/html; charset=" + strings.ToUpper(s.name)
			}
			text, name, err := Decode(encode(t, s.name, want), header)
			if diff := cmp.Diff(want, text); diff != "" || name != s.name || err != nil {
				t.Errorf("%s by %s: read as %s, %v\n%s", s.name, form, name, err, diff)
			}
		}
	}
}

func TestAWrongDeclarationIsOverruled(t *testing.T) {
	for _, s := range samples(t) {
		if len(s.text) < 60 && s.name != "utf-8" {
			continue // too little to overrule anyone by
		}
		for _, wrong := range []string{"utf-8", "iso-8859-1", "windows-1251", "gb2312", "tis-620", "euc-kr", "utf-16", "nonsense"} {
			want := page(`<meta charset="`+wrong+`">`, s.text)
			text, name, _ := Decode(encode(t, s.name, want), "text/html; charset="+wrong)
			if named(wrong).name == s.name {
				continue
			}
			if diff := cmp.Diff(want, text); diff != "" {
				t.Errorf("%s declared %s: read as %s\n%s", s.name, wrong, name, diff)
			}
		}
	}
}

func TestByteOrderMarksAndNulsAreLeftOut(t *testing.T) {
	for in, want := range map[string]string{
		"\xef\xbb\xbfcaf\xc3\xa9":         "café",
		"\xff\xfec\x00a\x00f\x00\xe9\x00": "café",
		"\xfe\xff\x00c\x00a\x00f\x00\xe9": "café",
		"c\x00afe":                        "cafe",
		"":                                "",
	} {
		if text, _, err := Decode([]byte(in), ""); text != want || err != nil {
			t.Errorf("%q: %q, %v", in, text, err)
		}
	}
}

func TestUTF8WithAStrayByteStaysUTF8(t *testing.T) {
	want := strings.Repeat("กระทรวงกลาโหม ", 20)
	for _, declared := range []string{"utf-8", "tis-620", ""} {
		text, name, _ := Decode([]byte(want+"\x93 "+want), "text/html; charset="+declared)
		if diff := cmp.Diff(want+"\ufffd "+want, text); diff != "" || name != "utf-8" {
			t.Errorf("declared %q: %s\n%s", declared, name, diff)
		}
	}
	cut := want[:len(want)-3]
	if text, name, _ := Decode([]byte(cut), ""); name != "utf-8" || !strings.HasPrefix(text, want[:40]) {
		t.Errorf("cut off: %s", name)
	}
}

func TestShortTextIsReadAsDeclared(t *testing.T) {
	for _, c := range []struct{ name, text string }{{"gb18030", "联通"}, {"windows-1251", "ТАСС"}, {"koi8-r", "мир"}, {"windows-874", "ข่าว"}, {"big5", "新聞"}, {"shift_jis", "自衛隊"}, {"windows-1258", "Đà Nẵng"}, {"iso-8859-2", "Łódź"}, {"iso-8859-9", "İğdır"}} {
		text, name, _ := Decode(encode(t, c.name, c.text), "text/html; charset="+c.name)
		if text != c.text {
			t.Errorf("%s: %q as %s", c.name, text, name)
		}
	}
}

func TestADeclarationInACommentIsNone(t *testing.T) {
	want := page(`<!-- <meta charset="big5"> --><meta charset="gbk">`, "十个国家")
	if text, name, _ := Decode(encode(t, "gb18030", want), ""); text != want {
		t.Errorf("%s: %s", name, text)
	}
	want = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><title>мир</title>"
	if text, name, _ := Decode(encode(t, "windows-1251", want), ""); text != want {
		t.Errorf("%s: %s", name, text)
	}
}

func TestAnImageIsNoText(t *testing.T) {
	noise := make([]byte, 2000)
	for i := range noise {
		noise[i] = byte(i * i * 31 >> 3)
	}
	for _, body := range []string{"\x89PNG\r\n\x1a\n" + string(noise), "%PDF-1.7\n\xe2\xe3\xcf\xd3", "PK\x03\x04" + string(noise)} {
		text, _, err := Decode([]byte(body), "text/html")
		if !errors.Is(err, ErrBinary) || !utf8.ValidString(text) {
			t.Errorf("%.8q: %v", body, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(encode(f, s.name, s.text), "text/html; charset="+s.name)
	}
	f.Add([]byte("\xff\xfe\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, name, _ := Decode(body, contentType)
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || name == "" {
			t.Fatalf("%q: %q as %q", body, text, name)
		}
		mended, _ := Zawgyi(text)
		if !utf8.ValidString(mended) {
			t.Fatalf("%q: mended to %q", text, mended)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"utf-8", "gb18030", "windows-874"} {
		for _, s := range samples(b) {
			if s.name != name {
				continue
			}
			body := encode(b, name, strings.Repeat(page("", s.text), 500))
			b.Run(name, func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					_, _, _ = Decode(body, "text/html")
				}
			})
			break
		}
	}
}
