// Package document turns an HTML page, already decoded to UTF-8, into what its
// reader sees: title, text, authors, declared language, canonical address, and
// the strings on it that may be its date, each with the place where it stood.
//
// The flow of [Parse]:
//
//	guard -> survey -> title, authors, dates -> prune -> body -> trim -> rescue
//
// Guard clips the source and parses it; a page with too many tags or nested
// too deeply is flattened by a tokenizer pass to head elements, headings,
// paragraphs and list items, and all later steps run on that. Survey walks the
// tree once and notes what the later steps ask for. Prune cuts what stands
// outside of the page's own <main> or <article>, teasers, and elements whose
// tag, role or class names furniture. The body is the configured selector, else
// what readability picks out of the pruned tree, mended with the prose it
// loses, else the densest block; JSON-LD or embedded state stand in where they
// tell twice as much. Trim cuts lines by small named rules. Where all but
// nothing is left of a page that has prose, rescue reads it again without the
// rules on places and classes. The words of the rules are data files in rules/.
//
// White space. Every run of white space, no-break spaces too, is one space in
// the text, so that a quote can be searched for as it is typed. A line break
// of the source between two Han or Kana characters is no space, as CSS Text 3
// has it. Invisible marks (soft hyphen, zero-width space, byte-order mark, bidi
// controls) are dropped, joiners are kept. Text is in NFC. Each paragraph, list
// item, heading and table row is one line; <br> starts a new one; cells of a
// row are parted by a tab.
//
// The package is pure. It does not fetch, decode charsets, detect languages or
// read dates: it only collects the candidates, most trusted first.
package document
