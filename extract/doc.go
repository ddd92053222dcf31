// Package extract reads: a page into an [ewgwatch.Article], an article into
// who is said to have done what at which EWG CT activity. It is pure: no I/O,
// no clock but an argument, and the same bytes, options and rules give the same
// findings.
//
//	page -> charset -> document -> lang, dates, wire -> Article
//	Article -> sentences -> mentions -> topic
//	                     -> clauses -> claims
//	                     -> references -> events
//	                        claims + events -> Findings
//
// [Article] puts the leaf packages together: charset decodes, document finds
// title, text and authors in the markup, lang and dates tell language and day,
// wire the agency that it is from (origin.go).
//
// [Findings] looks for the phrases of the lexicon, all at once, and takes every
// sentence apart: into lists of states (group.go), phrases that say something of
// them (clause.go), and whom each speaks of (actor.go), unless it is asked for,
// asked about or denied (veto.go). What no phrase says is inferred where nothing
// speaks against it: a delegation that acts is there (party.go), two states known
// to have chaired together lead (pair.go). What sentences say of events is merged into
// the events of the article (reference.go, describe.go) and recognised in a
// catalogue (catalogue.go); tie.go ties each claim to one. Rules are data where
// they can be: a language is one file in lexicon, dates/words and lang/words.
package extract
