package crawler

import (
	"net/http"
	"strings"

	"golang.org/x/net/html"
)

// forbidsArchive reports whether an answer asks not to be offered as a copy:
// "noarchive" in X-Robots-Tag, for all robots or for ours.
func forbidsArchive(header http.Header) bool {
	for _, value := range header.Values("X-Robots-Tag") {
		if agent, rest, named := strings.Cut(value, ":"); named && !isValued(agent) {
			if !strings.EqualFold(strings.TrimSpace(agent), product) {
				continue
			}
			value = rest
		}
		if saysNoArchive(value) {
			return true
		}
	}
	return false
}

// isValued reports whether what stands before a colon is a rule that has a value
// and no robot: "unavailable_after: 25 Jun 2027 15:00:00 PST". It may stand behind
// other rules.
func isValued(text string) bool {
	_, last, found := lastCut(text, ",")
	if !found {
		last = text
	}
	switch strings.ToLower(strings.TrimSpace(last)) {
	case "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview":
		return true
	}
	return found // "noindex, x:" has had its rule before the colon
}

func lastCut(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// saysNoArchive looks for the rule in a list of them.
func saysNoArchive(rules string) bool {
	for rule := range strings.SplitSeq(rules, ",") {
		if strings.EqualFold(strings.TrimSpace(rule), "noarchive") {
			return true
		}
	}
	return false
}

// metaForbidsArchive reads the attributes of a <meta> for the same rule.
func metaForbidsArchive(tokens *html.Tokenizer) bool {
	var name, content string
	for more := true; more; {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		switch string(key) {
		case "name":
			name = strings.ToLower(strings.TrimSpace(string(value)))
		case "content":
			content = string(value)
		}
	}
	return (name == "robots" || name == product) && saysNoArchive(content)
}
