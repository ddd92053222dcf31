package newsworld

import (
	"fmt"
	"strconv"
	"time"
)

// printedDates says how a date is printed, by the name a site gives.
var printedDates = map[string]func(t time.Time) string{
	"en":      func(t time.Time) string { return t.Format("2 January 2006") },
	"en-time": func(t time.Time) string { return t.Format("Jan 2, 2006 15:04") },
	"en-us":   func(t time.Time) string { return t.Format("January 2, 2006") },
	"en-ord":  func(t time.Time) string { return t.Format("January ") + ordinal(t.Day()) + t.Format(", 2006") },
	"en-week": func(t time.Time) string { return t.Format("Monday, 2 January 2006") },
	"iso":     func(t time.Time) string { return t.Format(time.DateOnly) },
	"dots":    func(t time.Time) string { return t.Format("02.01.2006") },
	"th-be": func(t time.Time) string {
		return fmt.Sprintf("%d %s %d", t.Day(), thaiMonths[t.Month()-1], t.Year()+543)
	},
	"th-digits": func(t time.Time) string {
		return fmt.Sprintf("%s %s %s", thaiDigits(t.Day()), thaiMonths[t.Month()-1], thaiDigits(t.Year()+543))
	},
	"ru":     func(t time.Time) string { return named(t, russianMonths) + t.Format(", 15:04") },
	"ru-day": func(t time.Time) string { return named(t, russianMonths) + " года" },
	"zh":     func(t time.Time) string { return t.Format("2006年1月2日 15:04") },
	"ja":     func(t time.Time) string { return t.Format("2006年1月2日") },
	"ja-era": func(t time.Time) string { return fmt.Sprintf("令和%d年%s", t.Year()-2018, t.Format("1月2日")) },
	"ko":     func(t time.Time) string { return t.Format("입력 2006.01.02 15:04") },
	"vi":     func(t time.Time) string { return t.Format("02/01/2006 15:04 GMT+7") },
	"id":     func(t time.Time) string { return named(t, indonesianMonths) + t.Format(" 15:04 WIB") },
	"ms":     func(t time.Time) string { return named(t, malayMonths) },
	"fr":     func(t time.Time) string { return named(t, frenchMonths) },
	"hi":     func(t time.Time) string { return named(t, hindiMonths) },
}

var (
	thaiMonths = []string{"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
		"กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"}
	russianMonths = []string{"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря"}
	indonesianMonths = []string{"Januari", "Februari", "Maret", "April", "Mei", "Juni",
		"Juli", "Agustus", "September", "Oktober", "November", "Desember"}
	malayMonths = []string{"Januari", "Februari", "Mac", "April", "Mei", "Jun",
		"Julai", "Ogos", "September", "Oktober", "November", "Disember"}
	frenchMonths = []string{"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	hindiMonths = []string{"जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून",
		"जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"}
)

// named prints day, name of the month and year.
func named(t time.Time, months []string) string {
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

func ordinal(day int) string {
	suffix := "th"
	switch {
	case day%10 == 1 && day != 11:
		suffix = "st"
	case day%10 == 2 && day != 12:
		suffix = "nd"
	case day%10 == 3 && day != 13:
		suffix = "rd"
	}
	return fmt.Sprintf("%d%s", day, suffix)
}

func thaiDigits(n int) string {
	digits := []rune(strconv.Itoa(n))
	for i, r := range digits {
		digits[i] = r - '0' + '๐'
	}
	return string(digits)
}
