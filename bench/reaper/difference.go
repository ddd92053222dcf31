package reaper

import (
	"fmt"
	"slices"
	"strings"
)

// Difference lists some of what two sets of rows do not have in common; "" for nothing.
func Difference(want, have map[string]string) string {
	var lines []string
	for id, f := range want {
		if have[id] != f {
			lines = append(lines, fmt.Sprintf("want %s\nhave %s", f, have[id]))
		}
	}
	for id, f := range have {
		if want[id] == "" {
			lines = append(lines, "have besides "+f)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines[:min(5, len(lines))], "\n")
}
