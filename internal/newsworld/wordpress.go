package newsworld

import "encoding/json"

const wordPressRoot = "/wp-json/"

type wordPressPost struct {
	ID      int               `json:"id"`
	Date    string            `json:"date"`
	Slug    string            `json:"slug"`
	Link    string            `json:"link"`
	Title   wordPressRendered `json:"title"`
	Content wordPressRendered `json:"content"`
}

type wordPressRendered struct {
	Rendered string `json:"rendered"`
}

// wordPressLink returns the Link header by which WordPress names its API.
func (p *press) wordPressLink() string {
	if !p.WordPress {
		return ""
	}
	return "<" + p.edition.address(wordPressRoot) + `>; rel="https://api.w.org/"`
}

// addWordPress adds the root of the API and its list of posts.
func (p *press) addWordPress(answers map[string]answer) error {
	if !p.WordPress {
		return nil
	}
	var posts []wordPressPost
	for i, page := range p.pages {
		posts = append(posts, wordPressPost{
			ID: 4000 + i, Date: page.PublishedAt.Format("2006-01-02T15:04:05"), Slug: page.Slug, Link: page.URL,
			Title:   wordPressRendered{page.Title},
			Content: wordPressRendered{string(bodyHTML(page.blocks, p.link))},
		})
	}
	root := map[string]any{"name": p.Title, "url": p.URL, "namespaces": []string{"wp/v2"}}
	for path, document := range map[string]any{wordPressRoot: root, wordPressRoot + "wp/v2/posts": posts} {
		body, err := json.Marshal(document)
		if err != nil {
			return err
		}
		answers[path] = answer{mediaType: "application/json; charset=utf-8", body: body, modified: p.newest()}
	}
	return nil
}
