package dates

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"ewgwatch"
)

// shapes are ways to print a day, by language. %d %m %y are numbers, %M the
// name of the month, %B the Buddhist year, %W the weekday; %2d and %2m have
// two digits.
var shapes = map[string][]string{
	"en":  {"%d %M %y", "%M %d, %y", "%W, %d %M %y", "%W, %M %d, %y", "%2d/%2m/%y", "%y-%2m-%2d", "%M %d %y", "the %dth of %M %y", "%d-%M-%y"},
	"id":  {"%d %M %y", "%W, %d %M %y", "%W (%d/%m/%y)", "%2d/%2m/%y", "tanggal %d %M %y"},
	"ms":  {"%d %M %y", "%W, %d %M %y", "%2d/%2m/%y", "%dhb %M %y"},
	"fil": {"%M %d, %y", "ika-%d ng %M %y", "%d %M %y"},
	"tet": {"%d %M %y", "loron %d fulan %M tinan %y"},
	"pt":  {"%d de %M de %y", "%W, %d de %M de %y", "%2d/%2m/%y"},
	"fr":  {"%d %M %y", "%W %d %M %y"},
	"de":  {"%d. %M %y", "%W, %d. %M %y", "%2d.%2m.%y"},
	"es":  {"%d de %M de %y", "%W, %d de %M de %y"},
	"it":  {"%d %M %y"},
	"nl":  {"%d %M %y", "%W %d %M %y"},
	"vi":  {"ngày %d tháng %m năm %y", "%d tháng %m, %y", "%W, %d/%m/%y", "ngày %2d-%2m-%y"},
	"th":  {"%d %M %B", "วันที่ %d %M พ.ศ. %B", "%Wที่ %d %M %B", "%2d/%2m/%B", "%d %M %y", "%d %M พ.ศ.%B"},
	"lo":  {"ວັນທີ %d %M %y", "ວັນທີ %d ເດືອນ %m ປີ %y", "%d %M %B"},
	"km":  {"ថ្ងៃទី%d ខែ%M ឆ្នាំ%y", "%d %M %y", "%W ទី%d ខែ%M ឆ្នាំ%y"},
	"my":  {"%y ခုနှစ် %Mလ %d ရက်", "%d %M %y", "%d-%m-%y"},
	"zh":  {"%y年%m月%d日", "%y年%2m月%2d日", "%y-%2m-%2d", "%y年%m月%d日 %W", "%y/%m/%d", "%y.%m.%d"},
	"ja":  {"%y年%m月%d日", "%y年%m月%d日（%W）", "%y/%2m/%2d"},
	"ko":  {"%y년 %m월 %d일", "%y. %m. %d.", "%y.%2m.%2d.", "%y년 %m월 %d일 %W"},
	"ru":  {"%d %M %y", "%d %M %y г.", "%W, %d %M %y года", "%2d.%2m.%y"},
	"hi":  {"%d %M %y", "%W, %d %M %y"},
	"bn":  {"%d %M %y"},
	"ta":  {"%d %M %y"},
	"ar":  {"%d %M %y", "%W، %d %M %y"},
}

// native digits, by language.
var native = map[string]rune{"th": '๐', "lo": '໐', "km": '០', "my": '၀', "hi": '०', "bn": '০', "ar": '٠', "ja": '０'}

// names returns the first form of every month or weekday in a language's file.
func names(t *testing.T, lang string, k kind) map[int]string {
	t.Helper()
	text, err := wordFiles.ReadFile("words/" + lang + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := map[int]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		var value int
		if strings.TrimRight(cells[0], "^~") != kindNames[k] {
			continue
		}
		if _, err := fmt.Sscan(cells[1], &value); err != nil {
			t.Fatal(err)
		}
		if all[value] == "" {
			all[value] = cells[2]
		}
	}
	return all
}

func render(shape string, d time.Time, months, days map[int]string) string {
	two := func(n int) string { return fmt.Sprintf("%02d", n) }
	return strings.NewReplacer(
		"%2d", two(d.Day()), "%2m", two(int(d.Month())), "%d", fmt.Sprint(d.Day()), "%m", fmt.Sprint(int(d.Month())),
		"%y", fmt.Sprint(d.Year()), "%B", fmt.Sprint(d.Year()+543), "%M", months[int(d.Month())], "%W", days[int(d.Weekday())],
	).Replace(shape)
}

func inDigits(s string, zero rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

func TestEveryDayIsReadInEveryShapeAndLanguage(t *testing.T) {
	for lang, forms := range shapes {
		months, days := names(t, lang, month), names(t, lang, weekday)
		t.Run(lang, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				day := time.Date(1996, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 15000).Draw(t, "day"))
				printed := render(rapid.SampledFrom(forms).Draw(t, "shape"), day, months, days)
				if zero, ok := native[lang]; ok && rapid.Bool().Draw(t, "native digits") {
					printed = inDigits(printed, zero)
				}
				around := rapid.SampledFrom([]string{"", "; ", "\n\n", "("}).Draw(t, "around")
				text := around + printed + around
				o := Options{Lang: rapid.SampledFrom([]string{lang, ""}).Draw(t, "lang")}
				found := Find(text, o)
				want := ewgwatch.DateOf(day)
				if len(found) != 1 || found[0].First != want || found[0].Last != want {
					t.Fatalf("%q: want %v, have %+v", text, want, found)
				}
				if p, ok := Published(text, o); !ok || p.Date != want {
					t.Fatalf("%q: want %v published, have %+v", text, want, p)
				}
			})
		})
	}
}

func TestEveryRangeIsReadWhole(t *testing.T) {
	forms := map[string][]string{
		"en": {"%d-%e %M %y", "from %d to %e %M %y", "%M %d-%e, %y", "%M %d to %e, %y", "%d and %e %M %y"},
		"id": {"%d hingga %e %M %y", "%d-%e %M %y", "tanggal %d sampai %e %M %y"},
		"ms": {"dari %d hingga %e %M %y"},
		"th": {"ระหว่างวันที่ %d-%e %M %B", "ตั้งแต่วันที่ %d ถึงวันที่ %e %M พ.ศ. %B"},
		"vi": {"ngày %d-%e/%m/%y", "từ ngày %d đến ngày %e tháng %m năm %y"},
		"ru": {"%d–%e %M %y года", "с %d по %e %M %y"},
		"zh": {"%y年%m月%d日至%e日", "%y年%m月%d日-%e日"},
		"ja": {"%y年%m月%d日から%e日", "%y年%m月%d日～%e日"},
		"ko": {"%y년 %m월 %d일부터 %e일", "%y년 %m월 %d∼%e일"},
		"km": {"ថ្ងៃទី%d-%e ខែ%M ឆ្នាំ%y"},
		"lo": {"ວັນທີ %d-%e %M %y"},
		"my": {"%y ခုနှစ် %Mလ %d ရက်မှ %e ရက်"},
		"pt": {"de %d a %e de %M de %y"},
	}
	for lang, list := range forms {
		months := names(t, lang, month)
		rapid.Check(t, func(t *rapid.T) {
			first := rapid.IntRange(1, 27).Draw(t, "first")
			last := rapid.IntRange(first+1, 28).Draw(t, "last")
			day := time.Date(rapid.IntRange(1996, 2035).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), first, 0, 0, 0, 0, time.UTC)
			shape := rapid.SampledFrom(list).Draw(t, "shape")
			text := render(strings.ReplaceAll(shape, "%e", fmt.Sprint(last)), day, months, nil)
			found := Find(text, Options{Lang: lang})
			want := ewgwatch.DateOf(day)
			end := want
			end.Day = last
			if len(found) != 1 || found[0].First != want || found[0].Last != end || found[0].To != len(text) {
				t.Fatalf("%q: want %v to %v, have %+v", text, want, end, found)
			}
		})
	}
}

func TestAHugeTextTakesLinearTime(t *testing.T) {
	for name, unit := range map[string]string{
		"digits": "1", "spaced digits": "1 ", "slashes": "1/", "months": "may ", "han": "一", "from": "from the ", "weekdays": "sun, ",
		"marks": "วันที่", "open brackets": "3 (", "dates": "3 August 2023 ", "bad bytes": "\xff", "combining": "a\u0301", "spaces": " ", "next next": "next ", "n": "3年", "next month": "next\n\n\n",
	} {
		short, long := timeOf(strings.Repeat(unit, 10_000/len(unit))), timeOf(strings.Repeat(unit, 100_000/len(unit)))
		if long > 50*short+200*time.Millisecond {
			t.Errorf("%s: 10 kB took %v, 100 kB %v", name, short, long)
		}
	}
}

// timeOf is the better of two: the machine has other work.
func timeOf(text string) time.Duration {
	best := time.Hour
	for range 2 {
		start := time.Now()
		Find(text, Options{Lang: "en"})
		best = min(best, time.Since(start))
	}
	return best
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"3 August 2023", "ระหว่างวันที่ 2-4 สิงหาคม 2566", "令和5年9月25日～30日", "10:15 | 03/08/2023 GMT+7", "a\xff 3 \u0e17\u0e35\u0e48"} {
		f.Add(seed, "th")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		end := 0
		for _, d := range Find(text, Options{Lang: lang}) {
			if d.From < end || d.To <= d.From || d.To > len(text) {
				t.Fatalf("%q: span %d-%d after %d", text, d.From, d.To, end)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[d.From:d.To]) {
				t.Fatalf("%q: span %d-%d cuts a rune", text, d.From, d.To)
			}
			end = d.To
			start, last := d.Resolve(ewgwatch.Date{Year: 2023, Month: 8, Day: 25})
			if !onCalendar(start) || !onCalendar(last) || start.First().After(last.Last()) {
				t.Fatalf("%q: resolved to %v..%v", text, start, last)
			}
		}
	})
}
