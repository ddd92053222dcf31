package message

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"ewgwatch"
)

func TestALinkLeadsToTheQuote(t *testing.T) {
	const long = "The ministry said on Friday, after a day of talks – and not before – that it would send nobody to the range this year, whoever asked."
	for _, c := range []struct {
		name    string
		finding ewgwatch.Finding
		want    string
	}{
		{"marks of a directive are encoded", ewgwatch.Finding{URL: "https://a.test/1", Quote: "co-chairs, all & sundry"}, "https://a.test/1#:~:text=co%2Dchairs%2C%20all%20%26%20sundry"},
		{"a long quote is named by its ends", ewgwatch.Finding{URL: "https://a.test/1", Quote: long}, "https://a.test/1#:~:text=The%20ministry%20said%20on%20Friday%2C,range%20this%20year%2C%20whoever%20asked%2E"},
		{"a long quote without spaces is named whole", ewgwatch.Finding{URL: "https://a.test/1", Quote: strings.Repeat("ไทย", 60)}, "https://a.test/1#:~:text=" + strings.Repeat("%E0%B9%84%E0%B8%97%E0%B8%A2", 60)},
		{"line ends are spaces", ewgwatch.Finding{URL: "https://a.test/1", Quote: "one\n two"}, "https://a.test/1#:~:text=one%20two"},
		{"a fragment stays before the directive", ewgwatch.Finding{URL: "https://a.test/1#part", Quote: "x"}, "https://a.test/1#part:~:text=x"},
		{"a foreign directive is dropped", ewgwatch.Finding{URL: "https://a.test/1#:~:text=forged", Quote: "x"}, "https://a.test/1#:~:text=x"},
		{"a title has no place in the text", ewgwatch.Finding{URL: "https://a.test/1", Quote: "x", QuoteStart: -1}, "https://a.test/1"},
		{"a PDF has pages", ewgwatch.Finding{URL: "https://a.test/1.pdf", Quote: "x", QuotePage: 4}, "https://a.test/1.pdf#page=4"},
		{"a PDF without pages has nothing", ewgwatch.Finding{URL: "https://a.test/1.PDF?d=1", Quote: "x"}, "https://a.test/1.PDF?d=1"},
		{"a query stays", ewgwatch.Finding{URL: "http://a.test:8080/?a=1&b=%26", Quote: "x"}, "http://a.test:8080/?a=1&b=%26#:~:text=x"},
		{"a name of another script is shown in ASCII", ewgwatch.Finding{URL: "https://аpple.test/", Quote: "x"}, "https://xn--pple-43d.test/#:~:text=x"},
		{"a path of another script is encoded", ewgwatch.Finding{URL: "https://a.test/ข่าว", QuoteStart: -1}, "https://a.test/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7"},
		{"an IPv6 host keeps its brackets", ewgwatch.Finding{URL: "http://[::1]:80/[x]", QuoteStart: -1}, "http://[::1]:80/%5Bx%5D"},
	} {
		if got := addressOf(c.finding).URL; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWhatIsNoWebPageHasNoLink(t *testing.T) {
	for _, raw := range []string{
		"", "javascript:alert(1)", "JavaScript://a.test/%0aalert(1)", "data:text/html,x", "//a.test/", "/path", "https://", "https:///x", "ftp://a.test/",
		"https://user@a.test/", "https://a.test@evil.test/", "https://a b.test/", "https://a.test\n/", `https://a".test/`, "https://a<b>.test/", "http://[::1%25x]/",
	} {
		if got := webAddress(raw); got != (address{}) {
			t.Errorf("%q gives %q", raw, got.URL)
		}
	}
}

// A browser decodes the directive before it looks for the text.
func TestADirectiveReadsBackAsTheQuote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Fields(norm.NFC.String(rapid.String().Draw(t, "quote")))
		directive, found := strings.CutPrefix(textFragment(strings.Join(words, " ")), "text=")
		if !found {
			if len(words) > 0 {
				t.Fatal("no directive")
			}
			return
		}
		if strings.ContainsAny(directive, "-&# ") {
			t.Fatalf("%q has marks that mean something", directive)
		}
		first, last, ranged := strings.Cut(directive, ",")
		first, err := url.PathUnescape(first)
		if err != nil {
			t.Fatal(err)
		}
		last, err = url.PathUnescape(last)
		whole := strings.Join(words, " ")
		if err != nil || ranged && !(strings.HasPrefix(whole, first) && strings.HasSuffix(whole, last)) || !ranged && first != whole {
			t.Fatalf("%q reads back as %q to %q: %v", whole, first, last, err)
		}
	})
}
