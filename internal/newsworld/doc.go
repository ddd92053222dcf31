// Package newsworld is a small world of invented news, ministry and NGO sites
// on loopback, embedded in the program, for the demo and for tests. The events
// its pages tell of are real and public; the outlets and every sentence are
// made up. It serves, and says what a careful reader must find there and must
// not; it does not crawl, read or judge.
//
// Each site is a folder under sites: site.json says what it is and how it
// behaves, layout.html how it looks, and every *.page file is one page, so
// that a page is added by adding a file. Feeds, sitemaps, listings and section
// pages are made from the pages. A page file is front matter between lines of
// three dashes and then text, a block a paragraph:
//
//	---
//	title: New Zealand stays away from Moscow talks
//	date: 2022-07-05 10:30
//	expect: NZ AU declined ewgct-2022-07-meeting
//	forbid: JP KR declined ewgct-2022-07-meeting
//	---
//	First paragraph, with a [link](another-page) or a [link](other-site/page).
//
//	## A heading
//
// The keys are title, date (in the site's zone, or none), updated, author,
// section, lang, path, charset, dates, standfirst, related, wire, cut,
// expect, forbid and nothing; expect and forbid may be given more than once.
// A file x.edited.page replaces x.page once [World.Edit] is called.
//
// The names of events are those of events.txt.
package newsworld
