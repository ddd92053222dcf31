package message_test

import (
	"testing"

	"ewgwatch/alert/message"
)

func BenchmarkRenderADigestOfTwelve(b *testing.B) {
	alert := digest()
	for b.Loop() {
		if _, err := message.Render(alert, desk); err != nil {
			b.Fatal(err)
		}
	}
}
