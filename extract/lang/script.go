package lang

import "unicode"

// scriptOf lists the languages of each script told apart here, by ISO 15924
// code. One alone needs no words.
var scriptOf = map[string][]string{
	"Latn": {"en", "id", "ms", "vi", "fil", "fr", "pt", "tet", "es", "de", "nl", "it", "tr"},
	"Cyrl": {"ru", "uk", "be", "bg", "sr", "kk", "mn"},
	"Deva": {"hi", "mr", "ne"},
	"Arab": {"ar", "fa", "ur"},
	"Hani": {"zh"},
	"Jpan": {"ja"},
	"Hang": {"ko"},
	"Thai": {"th"},
	"Laoo": {"lo"},
	"Khmr": {"km"},
	"Mymr": {"my"},
	"Beng": {"bn"},
	"Taml": {"ta"},
}

// block is a range that holds letters of a script.
type block struct {
	from, to rune
	script   string
}

var blocks = []block{
	{'A', 0x024F, "Latn"}, {0x0400, 0x052F, "Cyrl"}, {0x0600, 0x06FF, "Arab"}, {0x0750, 0x077F, "Arab"},
	{0x0900, 0x097F, "Deva"}, {0x0980, 0x09FF, "Beng"}, {0x0B80, 0x0BFF, "Taml"},
	{0x0E00, 0x0E7F, "Thai"}, {0x0E80, 0x0EFF, "Laoo"}, {0x1000, 0x109F, "Mymr"}, {0x1100, 0x11FF, "Hang"},
	{0x1780, 0x17FF, "Khmr"}, {0x1E00, 0x1EFF, "Latn"}, {0x3040, 0x30FF, "Jpan"}, {0x31F0, 0x31FF, "Jpan"},
	{0x3400, 0x9FFF, "Hani"}, {0xA9E0, 0xA9FF, "Mymr"}, {0xAA60, 0xAA7F, "Mymr"}, {0xAC00, 0xD7A3, "Hang"},
	{0xF900, 0xFAFF, "Hani"}, {0xFF66, 0xFF9F, "Jpan"}, {0x20000, 0x323AF, "Hani"},
}

// weight is how many Latin letters one letter of a script is worth: a Chinese
// character says as much as half an English word.
func weight(script string) int {
	switch script {
	case "Hani", "Jpan", "Hang":
		return 3
	}
	return 1
}

// tally is what is counted in a text.
type tally struct {
	text    string
	scripts map[string]int // letters, by script
	letters map[rune]int   // letters outside ASCII, small
	total   int            // weights of all letters
}

func count(text string) tally {
	t := tally{text: text, scripts: map[string]int{}, letters: map[rune]int{}}
	latin := 0
	last := blocks[0]
	for _, r := range text {
		if r < 0x80 {
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				latin++
			}
			continue
		}
		if r < last.from || r > last.to {
			b, ok := blockOf(r)
			if !ok {
				continue
			}
			last = b
		}
		if r < 0x3000 {
			r = unicode.ToLower(r)
			t.letters[r]++
		}
		if r < 0x0250 && !unicode.IsLetter(r) {
			continue
		}
		t.scripts[last.script]++
	}
	t.scripts["Latn"] += latin
	for s, n := range t.scripts {
		t.total += n * weight(s)
	}
	return t
}

func blockOf(r rune) (block, bool) {
	for _, b := range blocks {
		if r <= b.to {
			return b, r >= b.from
		}
	}
	return block{}, false
}

// main returns the script of the text and its share of the letters. Kana among
// Han make it Japanese; and since names and terms are often left in Latin
// letters, a third of another script is enough.
func (t tally) main() (script string, share float64) {
	if t.total == 0 {
		return "", 0
	}
	best := 0
	for s, n := range t.scripts {
		n *= weight(s)
		if s != "Latn" {
			n *= 2
		}
		if n > best || n == best && s < script {
			script, best = s, n
		}
	}
	n := t.scripts[script]
	if script == "Hani" || script == "Jpan" {
		n = t.scripts["Hani"] + t.scripts["Jpan"]
		script = "Hani"
		if t.scripts["Jpan"]*12 > n {
			script = "Jpan"
		}
	}
	return script, float64(n*weight(script)) / float64(t.total)
}

// sure turns a script's share into confidence, less for a handful of letters.
func (t tally) sure(share float64) float64 {
	sure := 0.7 + 0.29*share
	if t.total < 10 {
		sure -= 0.2
	}
	return sure
}
