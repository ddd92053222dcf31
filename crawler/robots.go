package crawler

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

const (
	product       = "ewgwatch"  // the token our group in robots.txt is named by
	maxRobots     = 500 << 10   // bytes read of a robots.txt (RFC 9309 section 2.5)
	maxCrawlDelay = time.Minute // longer ones are kept as this
)

// robots is what a robots.txt says to one product: the rules of all groups that
// name it, or else of those for "*". The zero value allows everything.
type robots struct {
	rules    []robotsRule
	delay    time.Duration // Crawl-delay; 0 where none is given
	sitemaps []string      // as written; they belong to no group
	status   int           // of the answer that said it
}

type robotsRule struct {
	allow   bool
	pattern string // as written
	match   robotsPattern
}

// parseRobots reads a robots.txt by RFC 9309. It takes any bytes: what it does
// not know it passes over.
func parseRobots(body []byte) robots {
	body = bytes.TrimPrefix(body[:min(len(body), maxRobots)], []byte("\ufeff"))
	var p robotsParser
	p.product = product
	for line := range bytes.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value := robotsLine(string(line))
		p.line(key, value)
	}
	if p.named {
		p.ours.sitemaps = p.sitemaps
		return p.ours
	}
	p.anyone.sitemaps = p.sitemaps
	return p.anyone
}

// robotsLine parts "key: value # comment". A missing colon is forgiven where
// white space parts two words.
func robotsLine(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		if words := strings.Fields(line); len(words) == 2 {
			key, value = words[0], words[1]
		}
	}
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// robotsParser reads line by line. Lines of user agents in a row open one
// group; the first rule after them closes the list.
type robotsParser struct {
	product  string
	ours     robots // of the groups that name the product
	anyone   robots // of the groups for "*"
	sitemaps []string
	named    bool // a group names the product

	rules  membership // who the next Allow or Disallow speaks to
	delays membership // who the next Crawl-delay speaks to
}

// membership is the list of agents a group opens with, as far as they matter.
// Crawl-delay is no rule and so does not close the list for rules (RFC 9309
// section 2.2.4), but it does for other delays: who writes one delay an agent
// means it so.
type membership struct{ ours, anyone, closed bool }

func (m *membership) add(ours, anyone bool) {
	if m.closed {
		*m = membership{}
	}
	m.ours, m.anyone = m.ours || ours, m.anyone || anyone
}

func (p *robotsParser) line(key, value string) {
	switch key {
	case "user-agent", "useragent", "user agent":
		p.agent(value)
	case "allow":
		p.rule(true, value)
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		p.rule(false, value)
	case "crawl-delay", "crawldelay":
		p.crawlDelay(value)
	case "sitemap", "site-map":
		p.sitemaps = append(p.sitemaps, value)
	}
}

func (p *robotsParser) agent(value string) {
	anyone := strings.HasPrefix(value, "*")
	end := strings.IndexFunc(value, func(r rune) bool {
		return r != '_' && r != '-' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		value = value[:end]
	}
	ours := strings.EqualFold(value, p.product)
	p.named = p.named || ours
	p.rules.add(ours, anyone)
	p.delays.add(ours, anyone)
}

// rule adds a rule to the current groups. An empty pattern is no rule, and one
// that starts neither at the root nor with a wildcard can match nothing.
func (p *robotsParser) rule(allow bool, pattern string) {
	p.rules.closed, p.delays.closed = true, true
	if pattern == "" || pattern[0] != '/' && pattern[0] != '*' {
		return
	}
	for _, group := range p.groups(p.rules) {
		group.rules = append(group.rules, robotsRule{allow, pattern, newRobotsPattern(pattern)})
	}
}

func (p *robotsParser) crawlDelay(value string) {
	p.delays.closed = true
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return
	}
	delay := time.Duration(min(seconds, maxCrawlDelay.Seconds()) * float64(time.Second))
	for _, group := range p.groups(p.delays) {
		group.delay = max(group.delay, delay)
	}
}

func (p *robotsParser) groups(m membership) []*robots {
	var groups []*robots
	if m.ours {
		groups = append(groups, &p.ours)
	}
	if m.anyone {
		groups = append(groups, &p.anyone)
	}
	return groups
}

// allows reports whether a path with its query may be fetched, and which
// pattern says so; "" where none speaks of it. The longest pattern that matches
// wins, and Allow wins a tie (RFC 9309 section 2.2.2).
func (r robots) allows(path string) (bool, string) {
	if path == "/robots.txt" {
		return true, ""
	}
	target := newRobotsPath(path)
	allow, pattern, longest := true, "", -1
	for _, rule := range r.rules {
		n := rule.match.length()
		if n < longest || n == longest && !rule.allow || !rule.match.matches(target) {
			continue
		}
		allow, pattern, longest = rule.allow, rule.pattern, n
	}
	return allow, pattern
}
