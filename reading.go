package ewgwatch

// Reading is what one visit yielded. The store keeps all of it in one
// transaction or none of it.
type Reading struct {
	Visit    Visit
	Article  *Article // nil where nothing was read
	Findings []Finding
}

// Kept says what a reading changed in the store.
type Kept struct {
	Article   ArticleChange
	Findings  int // findings that were not known before
	Withdrawn int // findings that the article no longer yields
}

// ArticleChange says what a reading did to an article.
type ArticleChange string

// The changes.
const (
	ArticleNone     ArticleChange = ""         // no article was read
	ArticleNew      ArticleChange = "new"      // first revision of its canonical URL
	ArticleRevision ArticleChange = "revision" // its title, text or date differ from the latest revision's
	ArticleSame     ArticleChange = "same"     // known, and nothing about it changed
)
