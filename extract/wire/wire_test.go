package wire

import (
	"strings"
	"testing"

	"ewgwatch"
)

func TestWhereAStoryIsFrom(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"capitals, date, brackets", "MOSCOW, August 3 (TASS) - Troops met.", "tass"},
		{"brackets and two dashes", "NAYPYITAW, Aug. 3 (Xinhua) -- A drill began.", "xinhua"},
		{"place in mixed case", "Kuala Lumpur (AFP) – A drill began.", "afp"},
		{"brackets alone", "(Reuters) - A drill began.", "reuters"},
		{"slashes", "МОСКВА, 3 августа. /ТАСС/. Учения начались.", "tass"},
		{"no brackets", "МОСКВА, 3 авг — РИА Новости. Учения начались.", "ria"},
		{"a host in it", "Москва. 3 августа. INTERFAX.RU - Учения начались.", "interfax"},
		{"behind a dash", "Москва. 3 августа. Интерфакс - Учения начались.", "interfax"},
		{"Indonesian", "Jakarta (ANTARA) - Latihan dimulai.", "antara"},
		{"Malay", "KUALA LUMPUR, 3 Ogos (Bernama) -- Latihan bermula.", "bernama"},
		{"Chinese telegram", "新华社内比都8月3日电 演习开始。", "xinhua"},
		{"Chinese telegram in brackets", "（中央社記者王小明台北3日電）演習開始。", "cna-tw"},
		{"Japanese", "【モスクワ共同】演習が始まった。", "kyodo"},
		{"Korean", "(서울=연합뉴스) 홍길동 기자 = 훈련이 시작됐다.", "yonhap"},
		{"Korean, square", "[서울=뉴시스] 홍길동 기자 = 훈련이 시작됐다.", "newsis"},
		{"Philippine agency", "MANILA, Aug. 3 (PNA) -- A drill began.", "pna"},
		{"credit line", "A drill began.\nIt ended.\nSource: Xinhua", "xinhua"},
		{"credit with an editor", "A drill began.\nSource: Xinhua Editor: A Name", "xinhua"},
		{"Thai credit", "การฝึกเริ่มขึ้น\nที่มา: สำนักข่าวซินหัว", "xinhua"},
		{"Vietnamese credit", "Cuộc diễn tập bắt đầu.\nTheo TTXVN", "tvna"},
		{"inputs", "A drill began.\nIt ended on Friday. (With inputs from ANI)", "ani"},
		{"inputs of an agency with another name", "A drill began.\n(With inputs from PTI)", "pti"},
		{"signed behind a dash", "A drill began.\nIt ended. – Bernama", "bernama"},
		{"signed in capitals", "A drill began.\nIt ended.-- BERNAMA", "bernama"},
		{"signed in brackets", "A drill began.\nIt ended on Friday. (Xinhua)", "xinhua"},
		{"signed on a line of its own", "A drill began.\nIt ended.\nReuters", "reuters"},
		{"reported in the first sentence", "A drill began near Moscow, TASS reported on Friday.\nIt ended.", "tass"},
		{"Thai report", "สำนักข่าวซินหัวรายงานว่า การฝึกเริ่มขึ้นแล้ว", "xinhua"},
		{"Chinese report", "据俄罗斯塔斯社8月3日报道，演习开始。", "tass"},
		{"Indonesian report", "Latihan dimulai, dilansir Antara, Jumat.", "antara"},
		{"Vietnamese report", "Theo TTXVN, cuộc diễn tập đã bắt đầu.", "tvna"},
		{"Hindi report", "समाचार एजेंसी एएनआई के अनुसार अभ्यास शुरू हुआ।", "ani"},
		{"Kuwaiti", "TOKYO, Aug 3 (KUNA) -- A drill began.", "kuna"},

		{"told later in the text alone", "A drill began.\nIt went well.\nThe end is near, TASS reported.\nMore.\nMore.\nMore.\nMore.", ""},
		{"the building of an agency", "A crowd stood outside TASS headquarters in Moscow.", ""},
		{"somebody's photo", "A drill began.\nPhotographers of Reuters were there.", ""},
		{"among, not the agency", "Antara yang hadir ialah Laos dan Kemboja.", ""},
		{"among, in the middle", "Yang memboikot antara lain Australia.", ""},
		{"the army", "The Armed Forces of the Philippines (AFP) - its army, navy and air force - sent troops.", ""},
		{"the army speaks", "The AFP said its troops took part.", ""},
		{"the army speaks without an article", "AFP said its troops took part, and the Armed Forces of the Philippines will send more.", ""},
		{"Andhra Pradesh", "AP said it would send police of Andhra Pradesh.", ""},
		{"jointly", "中国和泰国共同称赞演习。", ""},
		{"jointly chaired", "缅甸与俄罗斯共同报道", ""},
		{"satellites", "The company of the Sputnik V vaccine said so.", ""},
		{"an acronym within words", "JAPAN and PANIC and TASSEL reported.", ""},
		{"nothing", "", ""},
	} {
		if have := Of(Story{Text: c.text}); have != c.want {
			t.Errorf("%s: have %q, want %q", c.name, have, c.want)
		}
	}
}

func TestTheOwnPagesOfAnAgencyAreFromIt(t *testing.T) {
	for url, want := range map[string]string{
		"https://tass.com/defense/1": "tass", "https://www.antaranews.com/berita/1": "antara", "https://en.vietnamplus.vn/x": "tvna",
		"https://nottass.com/1": "", "https://tass.com.example/1": "", "": "", "%": "",
	} {
		if have := Of(Story{URL: url, Text: "Source: Xinhua"}); have != want && (want != "" || have != "xinhua") {
			t.Errorf("%s: have %q, want %q", url, have, want)
		}
	}
}

func TestBylinesNameAgencies(t *testing.T) {
	for author, want := range map[string]string{
		"AFP": "afp", "Reuters Staff": "reuters", "A Writer, Xinhua": "xinhua", "Press Trust of India": "pti", "By ANI": "ani",
		"Kyodo News": "kyodo", "Ana Reuters": "", "A Writer": "", "AFP Public Affairs Office": "",
	} {
		if have := Of(Story{Authors: []string{author}}); have != want {
			t.Errorf("%q: have %q, want %q", author, have, want)
		}
	}
}

func TestASentenceNamesWhereItIsFrom(t *testing.T) {
	for sentence, want := range map[string]string{
		"Singapore stayed away, an official told TASS.":                     "tass",
		"Singapore stayed away, according to the Russian news agency TASS.": "tass",
		"Singapore stayed away, Russia's Interfax news agency reported.":    "interfax",
		"“We were not there,” he told Reuters on Friday.":                   "reuters",
		"“We were not there,” he told AFP.":                                 "afp",
		"“We were not there,” he told the AFP.":                             "",
		"He told the AP that Singapore stayed away.":                        "ap",
		"The head of TASS attended the drill.":                              "",
		"Сингапур не участвовал, сообщает агентство ТАСС.":                  "tass",
		"Об этом представитель рассказал Интерфаксу.":                       "interfax",
		"这名官员告诉新华社记者，新加坡没有参加。":                                              "xinhua",
		"ロシアのタス通信によると、シンガポールは参加しなかった。":                                      "tass",
		"연합뉴스에 따르면 싱가포르는 불참했다.":                                             "yonhap",
		"Singapura tidak hadir, menurut kantor berita Rusia TASS.":          "tass",
		"กองทัพสิงคโปร์ไม่ได้เข้าร่วม ตามรายงานของสำนักข่าวรอยเตอร์": "reuters",
		"Singapore was told of Bernama Street.": "",
	} {
		if have := In(sentence, Story{Text: sentence}); have != want {
			t.Errorf("%s: have %q, want %q", sentence, have, want)
		}
	}
}

func TestAShortNameIsNotTrustedWhereItIsAnothers(t *testing.T) {
	const sentence = "The troops came back, AFP said."
	if have := In(sentence, Story{Text: sentence, State: ewgwatch.Philippines}); have != "" {
		t.Errorf("in a Philippine paper: %q", have)
	}
	if have := In(sentence, Story{Text: sentence, State: ewgwatch.Laos}); have != "afp" {
		t.Errorf("in a Lao paper: %q", have)
	}
	if have := Of(Story{Text: "MANILA (AFP) - The Armed Forces of the Philippines sent troops."}); have != "afp" {
		t.Errorf("in a line of place: %q", have)
	}
}

func TestMistakesInTheFilesAreNamedByTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		"code\tname\thosts\tnames\talso\nx\tX\t-\tX": "wires.tsv:2: want code",
		"code\n# c\nx\tX\t-\tX\t-\nx\tY\t-\tY\t-":    "wires.tsv:4: x stands twice",
		"code\nx\tX\t-\tX|X\t-":                      `wires.tsv:2: want every name once, have "X"`,
		"code\nx\tX\t-\t?\t-":                        `wires.tsv:2: want every name once, have "?"`,
	} {
		if _, err := parseAgencies(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	for text, want := range map[string]string{
		"lang\nen\tsaid":            "forms.tsv:2: want a language",
		"lang\nen\tsaid\tx":         "forms.tsv:2: want credit or said",
		"lang\n\nen\tsaid\ta {} b":  "forms.tsv:3: want credit or said",
		"lang\nen\tnoun\t{}":        "forms.tsv:2: want credit or said",
		"lang\nen\telsewhere\ta {}": "forms.tsv:2: want credit or said",
		"lang\nen\tcredit\t{} a":    "forms.tsv:2: want credit or said",
	} {
		if _, err := parseForms(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestEveryAgencyIsFoundByEveryNameOfItsOwn(t *testing.T) {
	for _, a := range agencies() {
		for _, w := range a.names {
			found := names("- " + w.text + " -")
			if len(found) != 1 || found[0].agency.code != a.code {
				t.Errorf("%s: %q is found as %v", a.code, w.text, found)
			}
		}
	}
}

func FuzzWire(f *testing.F) {
	f.Add("https://tass.com/1", "MOSCOW, August 3 (TASS) - Troops met.\nSource: Xinhua", "AFP")
	f.Add("", "新华社内比都8月3日电 演习开始。\n(With inputs from ANI)", "Reuters Staff")
	f.Add("http://[", "\xff/ТАСС/. \u00a0【共同】=", "\xc3(")
	f.Fuzz(func(t *testing.T, url, text, author string) {
		s := Story{URL: url, Text: text, Title: text, Authors: []string{author}, Cut: []string{text}}
		for _, code := range []string{Of(s), In(text, s)} {
			if code != "" && Name(code) == code && code != "dpa" {
				t.Fatalf("%q is no agency", code)
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	s := Story{Text: strings.Repeat("Officers of eleven states took part in the closing ceremony on Saturday, the ministry said.\n", 40)}
	for b.Loop() {
		Of(s)
	}
}
