package newsworld

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed sites wires
var sources embed.FS

// edition is a site as its folder holds it.
type edition struct {
	Site
	pages  []Page          // newest first, pages without a date last
	edited map[string]Page // by slug: what replaces a page on the second night
	layout *template.Template
	turned bool // the edited pages are in place
}

// loadEditions reads every site in the order of their ports.
func loadEditions(files fs.FS) ([]*edition, error) {
	folders, err := fs.ReadDir(files, "sites")
	if err != nil {
		return nil, err
	}
	var editions []*edition
	for _, folder := range folders {
		e, err := loadEdition(files, folder.Name())
		if err != nil {
			return nil, err
		}
		editions = append(editions, e)
	}
	slices.SortFunc(editions, func(a, b *edition) int { return a.Port - b.Port })
	return editions, nil
}

func loadEdition(files fs.FS, name string) (*edition, error) {
	file := path.Join("sites", name, "site.json")
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	site, err := parseSite(name, text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	e := &edition{Site: site, edited: map[string]Page{}}
	e.layout, err = template.New("layout.html").ParseFS(files, path.Join("sites", name, "layout.html"))
	if err != nil {
		return nil, err
	}
	return e, e.loadPages(files)
}

func (e *edition) loadPages(files fs.FS) error {
	names, err := fs.Glob(files, path.Join("sites", e.Name, "*.page"))
	if err != nil {
		return err
	}
	for _, name := range names {
		page, err := loadPage(files, e.Site, name)
		if err != nil {
			return err
		}
		if slug, edited := strings.CutSuffix(page.Slug, ".edited"); edited {
			e.edited[slug] = page
			continue
		}
		e.pages = append(e.pages, page)
	}
	slices.SortStableFunc(e.pages, func(a, b Page) int { return b.PublishedAt.Compare(a.PublishedAt) })
	return nil
}

func loadPage(files fs.FS, site Site, name string) (Page, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return Page{}, err
	}
	slug := strings.TrimSuffix(path.Base(name), ".page")
	page, err := parsePage(site, slug, string(text))
	if err != nil {
		return Page{}, fmt.Errorf("%s:%w", name, err)
	}
	page.File = name
	if page.Wire == "" {
		return page, nil
	}
	story, err := fs.ReadFile(files, path.Join("wires", page.Wire+".txt"))
	if err != nil {
		return Page{}, err
	}
	kept := blocks(string(story))
	if page.cut > 0 {
		kept = kept[:min(page.cut, len(kept))]
	}
	page.blocks = append(kept, page.blocks...)
	return page, nil
}

// edit puts the second night's pages in the place of the first night's.
func (e *edition) edit() {
	e.turned = len(e.edited) > 0
	for i, page := range e.pages {
		if edited, ok := e.edited[page.Slug]; ok {
			edited.Slug, edited.Path, edited.URL = page.Slug, page.Path, page.URL
			e.pages[i] = edited
		}
	}
}
