package document

import (
	"net/url"
	"strings"
)

// readHead reads what the page says of itself: language, canonical address,
// name of the site, JSON-LD and the lede.
func (p *page) readHead() {
	scripts := make([]string, len(p.survey.scripts))
	for i, n := range p.survey.scripts {
		scripts[i] = textOf(n)
	}
	p.linked = readLinked(scripts)
	p.doc.Lang = p.language()
	p.doc.Canonical = p.canonical()
	p.doc.SiteName = p.siteName()
	p.lede = p.readLede()
}

// language returns the declared language, the most specific declaration first.
func (p *page) language() string {
	for _, raw := range []string{
		p.survey.lang, p.survey.meta("og:locale"), p.survey.meta("content-language", "dc.language", "dcterms.language", "inlanguage", "language"),
	} {
		tag, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(raw), "_", "-"), ",")
		if isLanguageTag(tag) {
			return tag
		}
	}
	return ""
}

// isLanguageTag reports whether s has the shape of a BCP 47 tag.
func isLanguageTag(s string) bool {
	primary, _, _ := strings.Cut(s, "-")
	if len(primary) < 2 || len(primary) > 3 || len(s) > 35 {
		return false
	}
	return strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// canonical returns the page's own address: the canonical link, else og:url. A
// link to a site's front page from a page deeper in it is a template's
// mistake and not believed.
func (p *page) canonical() string {
	for _, raw := range []string{p.survey.canonical, p.survey.meta("og:url")} {
		if u := p.absolute(raw); u != nil && !(u.Path == "" || u.Path == "/") {
			return u.String()
		}
	}
	own := p.base.Path == "" || p.base.Path == "/"
	if u := p.absolute(p.survey.canonical); u != nil && own {
		return u.String()
	}
	return ""
}

// absolute resolves a link; nil unless it is http or https and names a host.
func (p *page) absolute(raw string) *url.URL {
	if raw = strings.TrimSpace(raw); raw == "" {
		return nil
	}
	u, err := p.base.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}

func (p *page) siteName() string {
	if name := p.survey.meta("og:site_name", "application-name"); name != "" {
		return name
	}
	for _, o := range p.linked {
		if publisher, ok := o["publisher"].(map[string]any); ok && o.isArticle() {
			return ldObject(publisher).text("name")
		}
	}
	return ""
}

// readLede returns the page's description of itself.
func (p *page) readLede() string {
	for _, o := range p.linked {
		if o.isArticle() {
			if s := o.text("description"); s != "" {
				return s
			}
		}
	}
	return p.survey.meta("og:description", "description", "twitter:description")
}
