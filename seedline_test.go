package ewgwatch_test

import (
	"strings"
	"testing"

	"ewgwatch"
)

func TestSeedLinesThatLookRightAndAreNot(t *testing.T) {
	tests := map[string]string{
		"https://a.test/\nhttp://a.test/ \nhttps://www.a.test/": "seeds.txt:3: source \"a.test\" stands already in line 1",
		"https://a.test:443/\nhttps://a.test/":                  "seeds.txt:2: source \"a.test\" stands already in line 1",
		"https://a.test/ lang=zh-":                              "lang: want a language tag",
		"https://a.test/ name=\"  \"":                           "name: want a value, have none",
		"https://a.test/ name=\"\x1b[31mred\"":                  "name: want text without control characters",
		"https://user:hunter2@a.test/":                          "want a URL without a user and a password",
		"https://a.test/ name=" + strings.Repeat("x", 70_000):   "seeds.txt:1: want a line under 65536 bytes; what follows it is not read",
	}
	for text, want := range tests {
		_, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: error %v, want one with %q", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Error("a password is repeated in an error")
		}
	}
	if d, err := ewgwatch.ParseDate("0000-05-03"); err == nil {
		t.Errorf("the year 0 gives %+v", d)
	}
}
