package crawler

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

const (
	postsPerPage  = 20
	maxPostsPages = 5           // of one question
	usualAPI      = "/wp-json/" // where the REST API is, unless a page says otherwise
)

// apiRoot returns the root of a site's WordPress REST API as a page names it, in
// its header or its head, or as its generator implies; "" where it shows none.
func apiRoot(page ewgwatch.Page, links []link) string {
	base, err := url.Parse(page.FinalURL)
	if err != nil {
		return ""
	}
	reference := cmp.Or(linkHeader(page.Header, relAPI), named(links, relAPI), named(links, relGenerator))
	if reference == "" {
		return ""
	}
	root, err := base.Parse(reference)
	if err != nil {
		return ""
	}
	canonical, err := Canonical(root.String())
	if err != nil {
		return ""
	}
	return canonical
}

// postsURL asks an API for posts, the newest first. Roots come as a path
// (/wp-json/) or, where the site has plain links, as a query (/?rest_route=/).
func postsURL(root string, ask url.Values) string {
	ask.Set("_fields", "link,date_gmt,title")
	join := "?"
	if strings.Contains(root, "?") {
		join = "&"
	}
	return strings.TrimSuffix(root, "/") + "/wp/v2/posts" + join + ask.Encode()
}

// searchPosts is one page of the posts that hold the words.
func searchPosts(root, words string, since time.Time, page int) string {
	ask := url.Values{"search": {words}, "per_page": {strconv.Itoa(postsPerPage)}, "page": {strconv.Itoa(page)}}
	if !since.IsZero() {
		ask.Set("after", since.UTC().Format("2006-01-02T15:04:05"))
	}
	return postsURL(root, ask)
}

// parsePosts reads a list of posts (developer.wordpress.org/rest-api).
func parsePosts(body []byte) ([]offer, error) {
	var posts []struct {
		Link  string `json:"link"`
		Date  string `json:"date_gmt"`
		Title struct {
			Rendered string `json:"rendered"`
		} `json:"title"`
	}
	if err := json.Unmarshal(body, &posts); err != nil {
		return nil, fmt.Errorf("not a list of posts: %w", err)
	}
	if posts == nil {
		return nil, errors.New("not a list of posts: null")
	}
	var offers []offer
	for _, post := range posts[:min(len(posts), maxFeedItems)] {
		address := strings.TrimSpace(post.Link)
		if address == "" {
			continue
		}
		at, _ := time.Parse("2006-01-02T15:04:05", post.Date) // the zero time where unknown
		offers = append(offers, offer{url: address, title: plainTitle(post.Title.Rendered), at: at})
	}
	return offers, nil
}

var tags = regexp.MustCompile(`<[^<>]*>`)

func plainTitle(rendered string) string {
	return fold(html.UnescapeString(tags.ReplaceAllString(rendered, "")))
}

// pagesOfPosts is how many pages an answer belongs to, up to maxPostsPages.
func pagesOfPosts(header http.Header) int {
	pages, err := strconv.Atoi(strings.TrimSpace(header.Get("X-WP-TotalPages")))
	if err != nil {
		return 1
	}
	return min(pages, maxPostsPages)
}
