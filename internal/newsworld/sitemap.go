package newsworld

import (
	"encoding/xml"
	"fmt"
	"time"
)

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type sitemapIndex struct {
	XMLName xml.Name
	Maps    []sitemapEntry `xml:"sitemap"`
}

type urlSet struct {
	XMLName xml.Name
	URLs    []sitemapEntry `xml:"url"`
}

type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// addSitemap adds /sitemap.xml, an index of one URL set a year and one for the
// pages without a date.
func (p *press) addSitemap(answers map[string]answer) error {
	if !p.Sitemap {
		return nil
	}
	var names []string
	sets := map[string][]sitemapEntry{}
	for _, page := range p.pages {
		name := fmt.Sprintf("/sitemap-%d.xml", page.PublishedAt.Year())
		entry := sitemapEntry{Loc: page.URL, LastMod: p.modified(page).Format(time.DateOnly)}
		if page.PublishedAt.IsZero() {
			name, entry.LastMod = "/sitemap-pages.xml", ""
		}
		if sets[name] == nil {
			names = append(names, name)
		}
		sets[name] = append(sets[name], entry)
	}
	index := sitemapIndex{XMLName: xml.Name{Space: sitemapSpace, Local: "sitemapindex"}}
	for _, name := range names {
		index.Maps = append(index.Maps, sitemapEntry{Loc: p.edition.address(name)})
		set := urlSet{XMLName: xml.Name{Space: sitemapSpace, Local: "urlset"}, URLs: sets[name]}
		if err := p.addXML(answers, name, set); err != nil {
			return err
		}
	}
	return p.addXML(answers, "/sitemap.xml", index)
}

func (p *press) addXML(answers map[string]answer, path string, document any) error {
	body, err := xml.MarshalIndent(document, "", " ")
	if err != nil {
		return err
	}
	answers[path] = answer{mediaType: "application/xml", body: append([]byte(xml.Header), body...), modified: p.newest()}
	return nil
}
