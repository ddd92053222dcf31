package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/PuerkitoBio/goquery"
)

// plain is net/http and goquery and nothing else: what reading pages and
// finding their links costs at the least.
func plain(t task) (int, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConns: 2 * t.width, MaxIdleConnsPerHost: 1}}
	slots := make(chan struct{}, t.width)
	var pages atomic.Int64
	var sites sync.WaitGroup
	for _, seed := range t.seeds {
		sites.Go(func() {
			queue, seen := []string{seed}, map[string]bool{seed: true}
			for len(queue) > 0 {
				slots <- struct{}{}
				links := fetch(client, queue[0])
				<-slots
				pages.Add(1)
				queue = queue[1:]
				for _, link := range links {
					if !seen[link] {
						seen[link] = true
						queue = append(queue, link)
					}
				}
			}
		})
	}
	sites.Wait()
	return int(pages.Load()), nil
}

// fetch returns the links of a page; none where it cannot be had.
func fetch(client *http.Client, address string) []string {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	if err != nil {
		return nil
	}
	response, err := client.Do(req)
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil
	}
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return document.Find("a[href]").Map(func(_ int, link *goquery.Selection) string {
		absolute, err := base.Parse(link.AttrOr("href", ""))
		if err != nil {
			return address
		}
		return absolute.String()
	})
}
