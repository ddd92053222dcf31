package ewgwatch

// Article is what a reader of a page sees.
type Article struct {
	URL       string   // canonical URL: the page's own, where it names a believable one
	Title     string   // without the site's suffix
	Text      string   // title excluded; paragraphs parted by a line feed; NFC as on the page, no markup
	Pages     []int    // byte offsets into Text where the pages of a PDF begin, 0 first; nil for a web page
	Authors   []string // as printed, without "By"
	Lang      string   // BCP 47 primary tag ("en", "zh", "id"); "" where unknown
	Published Published
	Source    Source
	Capture   Capture
	Wire      string   // agency that it says it has its story from, as "tass"; "" where it names none
	Sketch    Sketch   // of Text
	Blocks    []uint64 // of the lines the page had before trimming, for Furniture.See; not kept with the article
	Listing   bool     // a page of links to articles, not an article: it yields no findings
}
