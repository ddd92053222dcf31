package lang

import (
	"os"
	"strings"
	"testing"

	"ewgwatch"
)

type sentence struct{ lang, script, text string }

func sentences(t testing.TB) (all []sentence) {
	t.Helper()
	text, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if line[0] != '#' {
			cells := strings.Split(strings.TrimSpace(line), "\t")
			all = append(all, sentence{cells[0], cells[1], cells[2]})
		}
	}
	return all
}

func TestEveryLanguageIsToldFromTheTextAlone(t *testing.T) {
	for _, s := range sentences(t) {
		tag, confidence := Detect(s.text, Hints{})
		if tag != s.lang || confidence < 0.5 {
			t.Errorf("want %s, have %s (%.2f): %s", s.lang, tag, confidence, s.text)
		}
		if script := Script(s.text); script != s.script {
			t.Errorf("want script %s, have %s: %s", s.script, script, s.text)
		}
	}
}

func TestAWrongDeclarationDoesNotOverruleTheText(t *testing.T) {
	for _, s := range sentences(t) {
		for _, declared := range []string{"en-US", "fr", "th", "ja"} {
			if tag, _ := Detect(s.text+" "+s.text, Hints{Declared: declared}); tag != s.lang {
				t.Errorf("declared %s: want %s, have %s: %s", declared, s.lang, tag, s.text)
			}
		}
	}
}

func TestMalayAndIndonesianAreSettledByMarkersThenStateThenDeclaration(t *testing.T) {
	even := "Menteri itu telah menghadiri mesyuarat dengan para menteri lain dan akan kembali ke negara ini untuk latihan."
	for _, c := range []struct {
		text string
		h    Hints
		want string
	}{
		{even, Hints{State: ewgwatch.Malaysia}, "ms"},
		{even, Hints{State: ewgwatch.Brunei, Declared: "id"}, "ms"},
		{even, Hints{State: ewgwatch.Indonesia, Declared: "ms"}, "id"},
		{even, Hints{Declared: "ms-MY"}, "ms"},
		{even, Hints{Declared: "id"}, "id"},
		{even + " kerana pada bulan Ogos", Hints{State: ewgwatch.Indonesia}, "ms"},
		{even + " karena pada bulan Agustus", Hints{State: ewgwatch.Malaysia}, "id"},
	} {
		if tag, _ := Detect(c.text, c.h); tag != c.want {
			t.Errorf("%+v: want %s, have %s: %s", c.h, c.want, tag, c.text)
		}
	}
}

func TestAShortTextTrustsTheDeclarationThatItsLettersAllow(t *testing.T) {
	for _, c := range []struct{ text, declared, want string }{
		{"ADMM-Plus 2023", "id_ID", "id"},
		{"ADMM-Plus 2023", "th", ""},
		{"ADMM-Plus 2023", "pl", "pl"},
		{"2023", "th", "th"},
		{"", "", ""},
		{"", "zh-Hant-TW", "zh"},
		{"12345 !?", "", ""},
		{"Россия", "uk", "uk"},
		{"Россия", "", "ru"},
		{"東京", "ja", "ja"},
		{"東京", "zh", "zh"},
		{"東京", "", "zh"},
		{"กลาโหม", "en", "th"},
		{"Tin tức", "", "vi"},
	} {
		if tag, _ := Detect(c.text, Hints{Declared: c.declared}); tag != c.want {
			t.Errorf("%q declared %q: want %q, have %q", c.text, c.declared, c.want, tag)
		}
	}
}

func TestALanguageWithoutAFileIsBelievedWhenDeclared(t *testing.T) {
	for declared, text := range map[string]string{
		"hu": "A honvédelmi miniszter közölte, hogy tíz ország csapatai vettek részt a gyakorlaton a főváros közelében.",
		"pl": "Ministerstwo podało, że wojska dziesięciu państw wzięły udział w ćwiczeniach niedaleko stolicy.",
		"sq": "Ministria tha se trupat e dhjetë shteteve morën pjesë në stërvitje pranë kryeqytetit.",
	} {
		if tag, _ := Detect(text+" "+text, Hints{Declared: declared}); tag != declared {
			t.Errorf("want %s, have %s: %s", declared, tag, text)
		}
	}
}

func TestBaseKnowsTheNamesInUse(t *testing.T) {
	for in, want := range map[string]string{
		"en_US": "en", "in_ID": "id", "tl-PH": "fil", "zh-Hant-TW": "zh", "": "", "und": "", "EN": "en", " vi ": "vi", "x-default": "", "english language": "", "12": "",
	} {
		if got := Base(in); got != want {
			t.Errorf("%q: want %q, have %q", in, want, got)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("The ministry\xff ไทย", "th")
	f.Fuzz(func(t *testing.T, text, declared string) {
		tag, confidence := Detect(text, Hints{Declared: declared})
		if confidence < 0 || confidence > 1 || (tag == "") != (confidence == 0) {
			t.Fatalf("%q: %q %v", text, tag, confidence)
		}
		Script(text)
	})
}

func BenchmarkDetect(b *testing.B) {
	for _, s := range sentences(b) {
		if !strings.Contains("en vi ru zh th", s.lang) {
			continue
		}
		text := strings.Repeat(s.text+" ", 20)
		b.Run(s.lang+"-"+s.script, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Detect(text, Hints{})
			}
		})
	}
}
