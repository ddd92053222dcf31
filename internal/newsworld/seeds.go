package newsworld

import (
	"fmt"
	"strings"
)

// Seeds returns a seeds file that names every site, in the form that
// ewgwatch.ParseSeeds reads. Feeds that sites declare on their pages only, and
// sitemaps that robots.txt names, are left for the crawler to find.
func (w *World) Seeds() string {
	var b strings.Builder
	b.WriteString("# The demo's own world: invented sites on this machine.\n")
	for _, site := range w.Sites() {
		b.WriteString(site.seed() + "\n")
	}
	return b.String()
}

func (s Site) seed() string {
	root := strings.TrimSuffix(s.URL, "/")
	line := fmt.Sprintf("%s%s name=%q kind=%s", root, s.Listing, s.Title, s.Kind)
	if s.State != "" {
		line += " state=" + string(s.State)
	}
	line += " lang=" + s.Lang
	if s.Feed != nil && s.Feed.Seeded {
		line += " feed=" + root + s.Feed.Path
	}
	if s.Mapped {
		line += " sitemap=" + root + "/sitemap.xml"
	}
	return line + " tz=" + s.Zone
}
