package broadsheet

import (
	"embed"
	"html/template"
	"io"
)

//go:embed page.html parts.html style.css timeline.svg picture.svg icons.svg
var files embed.FS

var templates = template.Must(template.New("").ParseFS(files, "*.html", "*.css", "*.svg"))

// HTML writes the sheet as one page that stands alone: it loads nothing, runs
// nothing and prints on A4. The first error of w is returned.
func (s *Sheet) HTML(w io.Writer) error {
	return templates.ExecuteTemplate(w, "page.html", s.content)
}
