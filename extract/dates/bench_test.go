package dates

import (
	"strings"
	"testing"
)

var benchTexts = map[string]string{
	"english": strings.Repeat("The ministry said that the troops of ten states had taken part in a field exercise against terrorism near the capital, and that more would follow in September. ", 6500),
	"thai":    strings.Repeat("กระทรวงกลาโหมแถลงว่ากองกำลังของสิบประเทศเข้าร่วมการฝึกภาคสนามต่อต้านการก่อการร้ายใกล้เมืองหลวง ", 3500),
	"chinese": strings.Repeat("国防部表示，十个国家的部队在首都附近参加了反恐实兵演习，今后还将继续举行类似活动。", 8000),
	"russian": strings.Repeat("Министерство обороны сообщило, что военнослужащие десяти государств приняли участие в полевом учении по борьбе с терроризмом. ", 4500),
	"numbers": strings.Repeat("1 2 3 4/5 6-7 8.9 10:11 ", 43000),
	"dates":   strings.Repeat("3 August 2023, 10:15 WIB; "+strings.Repeat("text without a date in it at all ", 7), 4000),
	"dense":   strings.Repeat("3 August 2023 ", 75000),
}

func BenchmarkFind(b *testing.B) {
	for name, text := range benchTexts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Find(text, Options{Lang: "en"})
			}
		})
	}
}

func BenchmarkPublished(b *testing.B) {
	for b.Loop() {
		Published("Thursday, August 3, 2023 10:15 AM SGT", Options{Lang: "en"})
	}
}
