package archive_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"ewgwatch"
	"ewgwatch/archive"
)

// A page is archived, made durable, and read back with its digest checked.
func Example() {
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	a, err := archive.Open(dir, archive.Options{Operator: "Example Lab", Contact: "crawl@example.org", Robots: "classic"})
	if err != nil {
		log.Fatal(err)
	}
	defer a.Close()

	capture, err := a.Record(context.Background(), ewgwatch.Exchange{
		URL: "https://news.example/exercise", Method: "GET", RequestURI: "/exercise",
		At:    time.Date(2023, 11, 23, 10, 15, 0, 0, time.UTC),
		Proto: "HTTP/1.1", Status: "200 OK", Header: http.Header{"Content-Type": {"text/html"}},
		Body: []byte("<p>Six states took part.</p>"),
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := a.Sync(); err != nil { // before committing what cites the capture
		log.Fatal(err)
	}

	record, err := archive.Read(dir, capture)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(record.At.Format(time.DateOnly), record.URL)
	fmt.Printf("%s %s\n", record.StartLine, record.Payload)

	f, err := os.Open(filepath.Join(dir, capture.File))
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	for record, err := range archive.Records(f) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(record.Type)
	}
	// Output:
	// 2023-11-23 https://news.example/exercise
	// HTTP/1.1 200 OK <p>Six states took part.</p>
	// warcinfo
	// request
	// response
}
