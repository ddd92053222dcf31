package crawler

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// masthead is what a home page says of its site.
type masthead struct {
	siteName, appName, title string
	lang                     string // as written
}

func mastheadOf(root *html.Node) masthead {
	var m masthead
	for node := range root.Descendants() {
		switch node.DataAtom {
		case atom.Html:
			m.lang = orDefault(m.lang, attr(node, "lang"))
		case atom.Title:
			if m.title == "" && node.Parent != nil && node.Parent.DataAtom == atom.Head {
				m.title = anchorOf(node)
			}
		case atom.Meta:
			m.meta(node)
		}
	}
	return m
}

func (m *masthead) meta(node *html.Node) {
	content := fold(attr(node, "content"))
	if strings.EqualFold(attr(node, "property"), "og:site_name") {
		m.siteName = orDefault(m.siteName, content)
	}
	switch strings.ToLower(attr(node, "name")) {
	case "og:site_name":
		m.siteName = orDefault(m.siteName, content)
	case "application-name":
		m.appName = orDefault(m.appName, content)
	}
	if strings.EqualFold(attr(node, "http-equiv"), "content-language") {
		m.lang = orDefault(m.lang, content)
	}
}

// name is what the site calls itself: og:site_name, application-name or the
// part of the title that is no "Home"; "" where it says nothing.
func (m masthead) name() string {
	for _, candidate := range []string{m.siteName, m.appName, titleName(m.title)} {
		if candidate != "" {
			return candidate
		}
	}
	return ""
}

var titleParts = regexp.MustCompile(`\s+[–—·»:-]\s+|\s*[|_｜]\s*`)

// titleName returns the first part of a title that names more than a front
// page.
func titleName(title string) string {
	for _, part := range titleParts.Split(title, -1) {
		if part = strings.TrimSpace(part); part != "" && !isHome(part) {
			return part
		}
	}
	return ""
}

func isHome(part string) bool {
	switch strings.ToLower(part) {
	case "home", "homepage", "home page", "index", "welcome", "beranda", "laman utama", "utama", "trang chủ", "หน้าแรก", "首页", "首頁", "ホーム", "홈", "главная":
		return true
	}
	return false
}

func parseHTML(body []byte, contentType string) (*html.Node, error) {
	return html.Parse(bytes.NewReader(toUTF8(body, contentType)))
}
