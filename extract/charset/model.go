package charset

import (
	"embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// chars holds, for each model, the characters that are common in its
// language; of alphabets the most common first.
//
//go:embed chars/*.txt
var charFiles embed.FS

// model says how well decoded text reads, one character after another. Each
// character gives points from -3 to 1, times the bytes it took.
type model struct {
	name string // of the encoding
	file string // in chars
	rate func(common map[rune]float64, before, r rune) float64
}

// models in the order that settles a tie.
var models = []model{
	{"windows-1252", "latin", rateLatin},
	{"windows-1258", "vi", rateVietnamese},
	{"windows-1251", "ru", rateCyrillic},
	{"koi8-r", "ru", rateCyrillic},
	{"windows-874", "th", rateThai},
	{"gb18030", "zh-hans", rateHan},
	{"big5", "zh-hant", rateHan},
	{"euc-kr", "ko", rateHan},
	{"shift_jis", "ja", rateJapanese},
	{"euc-jp", "ja", rateJapanese},
}

// common returns the characters of a file with their points: 1 for the first
// down to 0.3 for the last of an alphabet, 1 for each of a larger script.
var common = sync.OnceValue(func() map[string]map[rune]float64 {
	all := map[string]map[rune]float64{}
	for _, m := range models {
		text, err := charFiles.ReadFile("chars/" + m.file + ".txt")
		if err != nil {
			panic(err) // the files are part of the program
		}
		runes := []rune(strings.TrimSpace(string(text)))
		points := map[rune]float64{}
		for i, r := range runes {
			points[r] = 1
			if len(runes) < 80 {
				points[r] = 1 - 0.7*float64(i)/float64(len(runes))
			}
		}
		all[m.file] = points
	}
	return all
})

const (
	impossible = -3.0 // a byte that stands for nothing
	unlikely   = -1.5 // a sequence that nobody writes
	rare       = -0.3
)

// rateMark is for what is no letter; false for letters.
func rateMark(r rune) (float64, bool) {
	switch {
	case r == utf8.RuneError, r >= 0x80 && r < 0xa0, r >= 0xe000 && r < 0xf900:
		return impossible, true
	case strings.ContainsRune("“”‘’–—…«»©®°·€£§•№™、。，．：；（）「」『』《》！？～・％　 ", r):
		return 0.4, true
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return -0.6, true
	}
	return 0, false
}

// rateLatin: letters with accents stand alone among plain ones.
func rateLatin(common map[rune]float64, before, r rune) float64 {
	lower := unicode.ToLower(r)
	points, ok := common[lower]
	switch {
	case !ok:
		return -0.6
	case r != lower && unicode.IsLower(before):
		return unlikely
	case before >= utf8.RuneSelf && unicode.IsLetter(before):
		return -1
	}
	return 0.6 * points
}

// rateVietnamese: tone marks stand behind vowels, and half of what is not
// ASCII are tone marks. Without them it is some western language.
func rateVietnamese(common map[rune]float64, before, r rune) float64 {
	if unicode.IsMark(r) {
		if strings.ContainsRune("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", before) {
			return 1
		}
		return unlikely
	}
	lower := unicode.ToLower(r)
	points, ok := common[lower]
	switch {
	case !ok:
		return -0.6
	case r != lower && unicode.IsLower(before):
		return unlikely
	}
	return 0.35 * points
}

// rateCyrillic: a capital does not follow a small letter, and words in capitals
// are few.
func rateCyrillic(common map[rune]float64, before, r rune) float64 {
	lower := unicode.ToLower(r)
	points, ok := common[lower]
	switch {
	case !ok:
		return -1
	case r != lower && unicode.IsLower(before):
		return unlikely
	case before < utf8.RuneSelf && before|0x20 >= 'a' && before|0x20 <= 'z':
		return -1
	case r != lower:
		return 0.4 * points
	}
	return points
}

// rateThai: upper and lower vowels and tone marks stand on consonants, and
// leading vowels before them.
func rateThai(common map[rune]float64, before, r rune) float64 {
	consonant := r >= 0x0e01 && r <= 0x0e2e
	onBase := r == 0x0e31 || r >= 0x0e34 && r <= 0x0e3a || r >= 0x0e47 && r <= 0x0e4e
	carried := before >= 0x0e01 && before <= 0x0e2e || before == 0x0e31 || before >= 0x0e34 && before <= 0x0e3a || before >= 0x0e47 && before <= 0x0e4e
	switch {
	case onBase && !carried, before >= 0x0e40 && before <= 0x0e44 && !consonant:
		return -2
	}
	if points, ok := common[r]; ok {
		return points
	}
	return rare
}

// rateHan: small Latin letters do not run into Chinese characters.
func rateHan(common map[rune]float64, before, r rune) float64 {
	if before >= 'a' && before <= 'z' && !unicode.Is(unicode.Hangul, r) {
		return -1
	}
	if points, ok := common[r]; ok {
		return points
	}
	if unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Han, r) {
		return rare
	}
	return -0.6
}

func rateJapanese(common map[rune]float64, before, r rune) float64 {
	switch {
	case r >= 0x3041 && r <= 0x30fc:
		return 0.9
	case r >= 0xff61 && r <= 0xff9f: // half-width kana: any byte of another encoding
		return -0.8
	}
	return rateHan(common, before, r)
}
