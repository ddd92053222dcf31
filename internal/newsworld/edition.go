package newsworld

import (
	"slices"
	"strings"
	"time"
)

// address returns the absolute URL of a path of the site.
func (e *edition) address(path string) string { return strings.TrimSuffix(e.URL, "/") + path }

// index returns where in pages a slug is, or -1.
func (e *edition) index(slug string) int {
	return slices.IndexFunc(e.pages, func(p Page) bool { return p.Slug == slug })
}

// modified returns when a page says it last changed. A page without a date
// changed when the newest of its site was published.
func (e *edition) modified(page Page) time.Time {
	switch {
	case !page.UpdatedAt.IsZero():
		return page.UpdatedAt
	case !page.PublishedAt.IsZero():
		return page.PublishedAt
	}
	return e.newest()
}

// newest returns when anything of the site last changed.
func (e *edition) newest() time.Time {
	newest := time.Date(2022, time.January, 1, 0, 0, 0, 0, time.UTC)
	for _, page := range e.pages {
		for _, at := range []time.Time{page.PublishedAt, page.UpdatedAt} {
			if at.After(newest) {
				newest = at
			}
		}
	}
	if e.turned {
		return newest.Add(24 * time.Hour) // lists name edited headlines from then on
	}
	return newest
}
