package document

// A page is read a second time where all but nothing came of a page with this
// much prose.
const (
	nothing   = 80
	somewhere = 600
)

// rescue reads the body once more without the rules on classes and places,
// where they left nothing of a page that has prose: a template may name its
// body as others name their furniture.
func (p *page) rescue() {
	if p.lenient || p.selector != nil || p.flattened || sizeOf(p.blocks) >= nothing || p.prose < somewhere || p.doc.Listing {
		return
	}
	again := &page{options: p.options, base: p.base, source: p.source, lenient: true, linked: p.linked, lede: p.lede}
	again.doc.Title, again.doc.Authors, again.doc.SiteName = p.doc.Title, p.doc.Authors, p.doc.SiteName
	again.parse(p.source)
	again.survey = surveyOf(again.root)
	again.prune()
	again.readBody()
	again.trim()
	if sizeOf(again.blocks) < 2*nothing {
		return
	}
	p.blocks, p.all, p.doc.Method = again.blocks, again.all, again.doc.Method
	p.doc.Blocks, p.doc.Trimmed = again.doc.Blocks, again.doc.Trimmed
}
