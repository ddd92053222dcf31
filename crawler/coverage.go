package crawler

import (
	"fmt"

	"ewgwatch"
)

// coverage adds up what a tour saw.
type coverage struct {
	total  ewgwatch.Coverage
	read   int // pages read, feeds and sitemaps not counted
	any    int // … and counted
	weight weight
}

// weight says how much a trouble matters. The line for a person names the first
// of the heaviest.
type weight int

const (
	weightNone weight = iota
	weightPage
	weightList // a feed or a sitemap
	weightSource
)

func newCoverage(source ewgwatch.Source) coverage {
	return coverage{total: ewgwatch.Coverage{
		Source:   source.ID,
		Name:     source.Name,
		State:    source.State,
		Kind:     source.Kind,
		Lang:     source.Lang,
		Outcomes: map[ewgwatch.Outcome]int{},
	}}
}

func (c *coverage) add(page ewgwatch.Page) {
	c.total.Outcomes[page.Outcome]++
	isPage := page.Role == ewgwatch.RoleSeed || page.Role == ewgwatch.RoleArticle
	if page.Role != ewgwatch.RoleArticle {
		c.front(page)
	}
	if page.Outcome.Read() {
		c.any++
		if isPage {
			c.read++
		}
		return
	}
	switch {
	case page.Role == ewgwatch.RoleSeed:
		c.trouble(weightSource, why(page))
	case !isPage:
		c.trouble(weightList, why(page))
	case isTrouble(page.Outcome):
		c.trouble(weightPage, why(page))
	}
}

// front remembers how the source's own addresses answered. What could be read of
// them counts before what could not, and then the seed before its lists.
func (c *coverage) front(page ewgwatch.Page) {
	known := c.total.Front
	if known.Read() || known != "" && page.Role != ewgwatch.RoleSeed && !page.Outcome.Read() {
		return
	}
	c.total.Front = page.Outcome
}

// isTrouble reports whether an article's outcome means that the source was not
// wholly read. What is gone, is no page or is not for robots was not offered.
func isTrouble(outcome ewgwatch.Outcome) bool {
	switch outcome {
	case ewgwatch.Gone, ewgwatch.NotHTML, ewgwatch.Robots, ewgwatch.Resting, ewgwatch.OffBudget:
		return false
	}
	return !outcome.Read()
}

// skip counts a URL that was not visited.
func (c *coverage) skip(outcome ewgwatch.Outcome) { c.total.Outcomes[outcome]++ }

func (c *coverage) trouble(weight weight, text string) {
	if weight > c.weight {
		c.weight, c.total.Why = weight, text
	}
}

// why is one line for a person: what went wrong, and where.
func why(page ewgwatch.Page) string {
	switch {
	case page.Status != 0 && page.Status/100 != 2:
		return fmt.Sprintf("%d from %s", page.Status, page.URL)
	case page.Outcome == ewgwatch.Robots:
		return page.Detail
	case page.Role == ewgwatch.RoleFeed, page.Role == ewgwatch.RoleSitemap:
		return fmt.Sprintf("%s %s: %s", page.Role, page.URL, page.Detail)
	}
	return fmt.Sprintf("%s: %s", page.URL, page.Detail)
}

// sum returns the coverage of a tour that ended with this frontier. err is what
// cut it short.
func (c *coverage) sum(f *frontier, err error) ewgwatch.Coverage {
	c.total.Discovered, c.total.Pages, c.total.Cut = f.discovered(), c.read, err != nil
	for outcome, n := range map[ewgwatch.Outcome]int{ewgwatch.OffBudget: f.left(), ewgwatch.Resting: f.resting} {
		if n > 0 {
			c.total.Outcomes[outcome] += n
		}
	}
	if err != nil {
		c.trouble(weightPage, "stopped before its end: "+err.Error())
	}
	c.total.Reach = c.reach()
	return c.total
}

func (c *coverage) reach() ewgwatch.Reach {
	switch {
	case c.weight == weightNone && c.any > 0:
		return ewgwatch.ReachRead
	case c.read > 0:
		return ewgwatch.ReachPartial
	}
	return ewgwatch.ReachNone
}
