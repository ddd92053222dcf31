package webhook_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/webhook"
)

// A receiver verifies a delivery before it reads it, and takes each once.
func ExampleVerify() {
	taken := map[string]bool{}
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err == nil {
			err = webhook.Verify("shared secret", r.Header, body, time.Now(), 5*time.Minute)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		id := r.Header.Get("Ewgwatch-Delivery")
		fmt.Printf("%s: %s, taken before: %v\n", id, body, taken[id])
		taken[id] = true
	}))
	defer receiver.Close()

	open := webhook.Open(webhook.Options{Client: receiver.Client(), Now: time.Now})
	sender, err := open(ewgwatch.Channel{To: receiver.URL, Secret: "shared secret"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for attempt := range 2 {
		d := send.Delivery{Alert: ewgwatch.Alert{ID: "a_1"}, Message: send.Message{JSON: []byte(`{"subject":"new"}`)}, Attempt: attempt + 1}
		answer, err := sender.Send(context.Background(), d)
		fmt.Println(answer.Response, err)
	}
	// Output:
	// a_1: {"subject":"new"}, taken before: false
	// 200 OK <nil>
	// a_1: {"subject":"new"}, taken before: true
	// 200 OK <nil>
}
