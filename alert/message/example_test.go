package message_test

import (
	"fmt"

	"ewgwatch"
	"ewgwatch/alert/message"
)

func ExampleRender() {
	m, err := message.Render(alertOf(ewgwatch.NewClaim, planned()), message.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Subject)
	fmt.Println(m.Short)
	// Output:
	// Singapore to attend: Field training exercise, India 2027 (Ministry of Defence, Singap…)
	// Ministry of Defence, Singapore says Singapore is to attend. Field training exercise, India 2027 “The SAF will send a platoon to the exercise in 2027.” https://defence.gov.test/news/2026-11.pdf#page=3
}
