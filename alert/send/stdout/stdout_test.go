package stdout_test

import (
	"bytes"
	"errors"
	"testing"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/stdout"
)

func TestAMessageIsAParagraphThatIsSafeOnATerminal(t *testing.T) {
	var b bytes.Buffer
	sender, err := stdout.Open(&b)(ewgwatch.Channel{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []send.Message{
		{Subject: "one\r\x1b]0;title\x07", Text: "a\n\n\x1b[2Jb \u202edc\n"},
		{Subject: "two"},
	} {
		if _, err := sender.Send(t.Context(), send.Delivery{Message: m}); err != nil {
			t.Fatal(err)
		}
	}
	if want := "one ]0;title\n  a\n  [2Jb dc\n\ntwo\n\n"; b.String() != want {
		t.Errorf("printed %q, want %q", b.String(), want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestWhatCannotBePrintedIsNotDelivered(t *testing.T) {
	sender, err := stdout.Open(broken{})(ewgwatch.Channel{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sender.Send(t.Context(), send.Delivery{}); err == nil {
		t.Error("delivered")
	}
}
