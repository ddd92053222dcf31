package crawler

import (
	"net/http"
	"slices"
	"strings"
)

// linkHeader returns the first reference of a relation in Link headers (RFC
// 8288), as written; "" for none.
func linkHeader(header http.Header, rel string) string {
	for _, line := range header.Values("Link") {
		for line != "" {
			var reference, parameters string
			reference, parameters, line = nextLink(line)
			if reference != "" && slices.Contains(relationsOf(parameters), rel) {
				return reference
			}
		}
	}
	return ""
}

// nextLink takes one <reference>; parameters off a line. What stands outside of
// that is passed over.
func nextLink(line string) (reference, parameters, rest string) {
	_, line, _ = strings.Cut(line, "<")
	reference, line, ok := strings.Cut(line, ">")
	if !ok {
		return "", "", ""
	}
	parameters, rest = cutUnquoted(line, ',')
	return strings.TrimSpace(reference), parameters, rest
}

func relationsOf(parameters string) []string {
	for parameters != "" {
		var parameter string
		parameter, parameters = cutUnquoted(parameters, ';')
		name, value, _ := strings.Cut(parameter, "=")
		if strings.EqualFold(strings.TrimSpace(name), "rel") {
			return strings.Fields(strings.ToLower(strings.Trim(strings.TrimSpace(value), `"`)))
		}
	}
	return nil
}

// cutUnquoted cuts at the first separator outside double quotes.
func cutUnquoted(s string, separator byte) (before, after string) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == separator && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
