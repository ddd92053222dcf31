// Package lang tells which language a text is in: by the script of its
// letters, by letters and function words that one language of a script has and
// the others have not, and, where the text is too short or too even to tell,
// by what the page and the source say of it.
//
// The words are data, one file a language in words/; the Han characters that
// tell simplified from traditional are in han.txt. It does not split a text
// that is in two languages, and knows no language without a file or a script
// of its own.
package lang

import (
	"strings"

	"ewgwatch"
)

// headline is how many Han characters Japanese may go on for without kana.
const headline = 16

// Hints is what is said of a text by others.
type Hints struct {
	Declared string         // html lang, og:locale or the source's language: "id-ID", "en_US"; "" where none
	State    ewgwatch.State // of the source; settles Malay against Indonesian
}

// sample is how many bytes are read; more changes nothing about the answer.
const sample = 16 << 10

// Detect returns the language as a BCP 47 tag without script or region (zh for
// all Chinese, see [Script]; fil for Tagalog), and how sure that is, from 0 to
// 1. A text too short to tell is taken to be in the declared language, if its
// letters allow that. It is "" and 0 where nothing is known.
func Detect(text string, h Hints) (tag string, confidence float64) {
	counts := count(cut(text))
	declared := Base(h.Declared)
	script, share := counts.main()
	if script == "" {
		return declared, said(declared)
	}
	if languages, ok := scriptOf[script]; ok && len(languages) == 1 {
		if script == "Hani" && declared == "ja" && counts.scripts["Hani"] < headline {
			return "ja", 0.6
		}
		return languages[0], counts.sure(share)
	}
	return book().among(script, counts, h.State, declared)
}

// said is how sure a language is that nothing but the page says.
func said(declared string) float64 {
	if declared == "" {
		return 0
	}
	return 0.4
}

// Base returns the language of a tag in lower case, in the form that [Detect]
// returns: "zh" for "zh-Hant-TW", "id" for "in_ID", "fil" for "tl".
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	switch base {
	case "in":
		return "id"
	case "tl":
		return "fil"
	case "cmn", "yue":
		return "zh"
	case "und", "mul", "zxx", "x":
		return ""
	}
	for _, r := range base {
		if r < 'a' || r > 'z' {
			return ""
		}
	}
	if len(base) < 2 || len(base) > 3 {
		return ""
	}
	return base
}

// cut returns the first bytes of a text, whole runes only.
func cut(text string) string {
	if len(text) <= sample {
		return text
	}
	end := sample
	for end > sample-4 && text[end]&0xC0 == 0x80 {
		end--
	}
	return text[:end]
}
