package dates_test

import (
	"fmt"

	"ewgwatch"
	"ewgwatch/extract/dates"
)

func ExampleFind() {
	article := ewgwatch.Date{Year: 2023, Month: 8, Day: 25}
	text := "การฝึกจะจัดระหว่างวันที่ 25-30 กันยายน 2566; ADMM 2023 met last month."
	for _, found := range dates.Find(text, dates.Options{Lang: "th"}) {
		start, end := found.Resolve(article)
		fmt.Println(text[found.From:found.To], start, end, found.Rule)
	}
	// Output:
	// ระหว่างวันที่ 25-30 กันยายน 2566 2023-09-25 2023-09-30 range-day-month-year
	// last month 2023-07 2023-07 relative
}
