package review_test

import "time"

var noon = time.Date(2023, time.August, 25, 12, 0, 0, 0, time.UTC)
