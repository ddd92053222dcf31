package main

import (
	"net/url"
	"sync/atomic"

	"github.com/gocolly/colly/v2"
)

// collyOneRule has one rule for all sites, as its documentation shows it.
func collyOneRule(t task) (int, error) {
	return crawlWithColly(t, []*colly.LimitRule{{DomainGlob: "*", Parallelism: t.width, Delay: t.delay}})
}

// collyRuleEach has a rule for each site, so that none waits for another. colly
// matches the glob with host and port.
func collyRuleEach(t task) (int, error) {
	var rules []*colly.LimitRule
	for _, seed := range t.seeds {
		u, err := url.Parse(seed)
		if err != nil {
			return 0, err
		}
		rules = append(rules, &colly.LimitRule{DomainGlob: u.Host, Parallelism: 1, Delay: t.delay})
	}
	return crawlWithColly(t, rules)
}

func crawlWithColly(t task, rules []*colly.LimitRule) (int, error) {
	var pages atomic.Int64
	c := colly.NewCollector(colly.Async(true))
	if err := c.Limits(rules); err != nil {
		return 0, err
	}
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.Visit(e.Attr("href")) }) // mostly "visited already"
	c.OnResponse(func(*colly.Response) { pages.Add(1) })
	for _, seed := range t.seeds {
		if err := c.Visit(seed); err != nil {
			return 0, err
		}
	}
	c.Wait()
	return int(pages.Load()), nil
}
