package lang

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed han.txt
var hanPairs string

// hanForms maps characters that only one of the two writings has to it.
var hanForms = sync.OnceValue(func() map[rune]string {
	forms := map[rune]string{}
	for pair := range strings.FieldsSeq(hanPairs) {
		runes := []rune(pair)
		forms[runes[0]], forms[runes[1]] = "Hans", "Hant"
	}
	return forms
})

// Script returns the ISO 15924 code of the script most of a text is in: Latn,
// Cyrl, Thai, Jpan, Kore and so on; for Chinese Hans or Hant, or Hani where
// the text has no character that tells. It is "" for a text without letters.
func Script(text string) string {
	text = cut(text)
	script, _ := count(text).main()
	switch script {
	case "Hang":
		return "Kore"
	case "Hani":
		return chinese(text)
	}
	return script
}

func chinese(text string) string {
	forms, simplified, traditional := hanForms(), 0, 0
	for _, r := range text {
		switch forms[r] {
		case "Hans":
			simplified++
		case "Hant":
			traditional++
		}
	}
	switch {
	case simplified > traditional:
		return "Hans"
	case traditional > simplified:
		return "Hant"
	}
	return "Hani"
}
