package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"ewgwatch"
)

// site serves pages by path, in HTML unless they begin as XML.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasPrefix(page, "<?xml") {
			w.Header().Set("Content-Type", "application/xml")
		}
		fmt.Fprint(w, page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

const front = `<html lang="ms-MY"><head><title>%s</title><link rel="alternate" type="application/rss+xml" href="/suapan&quot; kind=asean">
</head><body><form action="/cari"><input type=search name=q></form>` +
	`<p>Menteri pertahanan telah bermesyuarat di Kuala Lumpur pada hari ini dan bersetuju untuk mengadakan latihan bersama.</p></body></html>`

func TestTheProposedLineParsesWhateverTheSiteSays(t *testing.T) {
	for name, title := range map[string]string{
		"plain":        "Utusan",
		"quotes":       `"Utusan" kind=ministry state=US`,
		"lines":        "Utusan&#10;https://evil.test/ name=x&#13;&#9;y",
		"controls":     "Utusan \x1b[31mred\x1b[0m \u202egnp \x00",
		"a comment":    "# Utusan",
		"much":         strings.Repeat("Utusan ", 1000),
		"wide and odd": "馬來西亞 ข่าว \u200b\ufffd",
	} {
		address := site(t, map[string]string{
			"/robots.txt":         "User-agent: *\nCrawl-delay: 0.01",
			"/":                   fmt.Sprintf(front, title),
			`/suapan" kind=asean`: `<?xml version="1.0"?><rss><channel><title>x</title><item><link>/1</link><pubDate>Mon, 16 Nov 2020 10:00:00 +0000</pubDate></item></channel></rss>`,
		})
		out := mustRun(t, exitOK, "sources", "discover", address, "--allow-address", "127.0.0.0/8", "--delay", "0")
		if strings.ContainsFunc(out, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || r == '\u202e' }) {
			t.Errorf("%s: control characters in %q", name, out)
		}
		sources, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(out))
		if err != nil || len(sources) != 1 {
			t.Fatalf("%s: %v, %v\n%s", name, sources, err, out)
		}
		s := sources[0]
		if s.URL != address+"/" || s.Kind != ewgwatch.News || s.State != "" || s.Lang != "ms" || len(s.Name) > 400 ||
			len(s.Feeds) != 1 || s.Feeds[0] != address+"/suapan%22%20kind=asean" || len(s.Search) != 1 || s.Search[0] != address+"/cari?q={query}" {
			t.Errorf("%s: %+v\n%s", name, s, out)
		}
		for _, want := range []string{"\n# feed " + address + "/suapan%22%20kind=asean: 1 item, newest 2020-11-16\n", "\n# 3 of 5 requests refused\n"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in\n%s", name, want, out)
			}
		}
	}
}

func TestASiteThatCannotBeReadIsNoLine(t *testing.T) {
	address := site(t, nil)
	stdout, stderr, code := command(t.Context(), "sources", "discover", address, "--allow-address", "127.0.0.0/8", "--delay", "0")
	if code != exitPartial || stdout != "" || !strings.Contains(stderr, "could not be read: blocked: 403 Forbidden") {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
	for _, args := range [][]string{{"sources", "discover"}, {"sources", "discover", "a.test"}, {"sources", "discover", address, "--delay", "-1s"}} {
		if _, stderr, code := command(t.Context(), args...); code != exitUsage {
			t.Errorf("%q: exit code %d, %s", args, code, stderr)
		}
	}
}

func TestKindAndStateAreProposedWhereTheHostTells(t *testing.T) {
	for host, want := range map[string]struct {
		kind  ewgwatch.SourceKind
		state ewgwatch.State
	}{
		"www.mindef.gov.sg":     {ewgwatch.Ministry, "SG"},
		"mod.mil.ph":            {ewgwatch.Ministry, "PH"},
		"www.kemhan.go.id":      {ewgwatch.Ministry, "ID"},
		"www.nzdf.mil.nz":       {ewgwatch.Ministry, "NZ"},
		"www.defense.gov":       {ewgwatch.Ministry, "US"},
		"mod.gov.la":            {ewgwatch.Ministry, "LA"},
		"www.thestar.com.my":    {ewgwatch.News, "MY"},
		"news.example.la":       {ewgwatch.News, ""},
		"linked.in":             {ewgwatch.News, ""},
		"vnexpress.net":         {ewgwatch.News, ""},
		"tuoitre.vn":            {ewgwatch.News, "VN"},
		"modern-diplomacy.org":  {ewgwatch.News, ""},
		"xn--80aswg.xn--p1ai":   {ewgwatch.News, ""},
		"gov.example.com":       {ewgwatch.News, ""},
		"goal.com":              {ewgwatch.News, ""},
		"127.0.0.1":             {ewgwatch.News, ""},
		"www.mod.go.jp":         {ewgwatch.Ministry, "JP"},
		"www.defence.gov.au":    {ewgwatch.Ministry, "AU"},
		"timor-leste.gov.tl":    {ewgwatch.Ministry, "TL"},
		"www.mnd.go.kr":         {ewgwatch.Ministry, "KR"},
		"dvb.no":                {ewgwatch.News, ""},
		"localhost":             {ewgwatch.News, ""},
		"us.example":            {ewgwatch.News, ""},
		"english.kyodonews.net": {ewgwatch.News, ""},
	} {
		if kind, state := kindOf(host), stateOf(host); kind != want.kind || state != want.state {
			t.Errorf("%s: %s of %q, want %s of %q", host, kind, state, want.kind, want.state)
		}
	}
}

func TestADeclaredLanguageIsMadePlain(t *testing.T) {
	for declared, want := range map[string]string{
		"en-US": "en", "zh_CN": "zh-Hans", "zh-Hant-HK": "zh-Hant", "zh": "zh", "VI": "vi", "en, ms": "en", "x": "", "english": "", "<b>": "", "": "",
	} {
		if got := plainTag(declared); got != want {
			t.Errorf("%q: %q, want %q", declared, got, want)
		}
	}
}
