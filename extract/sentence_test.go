package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestSentencesEndWhereAReaderWouldStop(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"titles and initials", "Lt. Gen. M. Nosulev led them. Maj.-Gen. Turin followed.", []string{"Lt. Gen. M. Nosulev led them.", "Maj.-Gen. Turin followed."}},
		{"months", "It ended on Nov. 22 in Guilin. More came.", []string{"It ended on Nov. 22 in Guilin.", "More came."}},
		{"country names", "The U.S. Army came. So did Laos.", []string{"The U.S. Army came.", "So did Laos."}},
		{"numbers", "About 3.500 soldiers, 1.5 km away. End", []string{"About 3.500 soldiers, 1.5 km away.", "End"}},
		{"closing quotes", "“We will not go.” He left.", []string{"“We will not go.”", "He left."}},
		{"paragraphs", "Headline without stop\nText", []string{"Headline without stop", "Text"}},
		{"Chinese", "缅甸参加。日本缺席！", []string{"缅甸参加。", "日本缺席！"}},
		{"Hindi", "भारत आया। रूस आया।", []string{"भारत आया।", "रूस आया।"}},
		{"Russian", "Приехал ген. Турин. Уехал.", []string{"Приехал ген. Турин.", "Уехал."}},
		{"question", "Did it go? No.", []string{"Did it go?", "No."}},
		{"nothing", " \n ", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, s := range sentences(test.text) {
				got = append(got, s.of(test.text))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("Lt. Gen.\n。” x.\xff.")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range sentences(text) {
			if s.start < end || s.end <= s.start || s.end > len(text) {
				t.Fatalf("span %v after %d in %d bytes", s.span, end, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(s.of(text)) {
				t.Fatalf("%q cuts a character", s.of(text))
			}
			end = s.end
		}
	})
}

func TestThaiSentenceBeginsWithItsOpeningWord(t *testing.T) {
	text := "ลาวและเวียดนามเข้าร่วมการฝึกของคณะทำงานผู้เชี่ยวชาญด้านการต่อต้านการก่อการร้าย ADMM-Plus ที่กรุงเนปยีดอ ทั้งนี้ สิงคโปร์ไม่ได้เข้าร่วมการฝึกดังกล่าว"
	quotes := map[ewgwatch.State]string{}
	for _, f := range Findings(ewgwatch.Article{Title: "ข่าว", Text: text, Lang: "th"}, Options{}).Findings {
		quotes[f.State] = f.Quote
	}
	if quote := quotes[ewgwatch.Singapore]; !strings.HasPrefix(quote, "ทั้งนี้") || quotes[ewgwatch.Laos] == quote {
		t.Errorf("of Singapore %q is quoted, of Laos %q", quote, quotes[ewgwatch.Laos])
	}
}
