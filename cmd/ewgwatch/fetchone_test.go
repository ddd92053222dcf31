package main

import (
	"regexp"
	"strings"
	"testing"
)

func TestAPageIsExplainedFromItsAddress(t *testing.T) {
	world := startWorld(t)
	address := regexp.MustCompile(`(?m)^http://\S+`).FindString(world.Seeds())
	out := mustRun(t, 0, "explain", "--allow-address", "127.0.0.0/8", address)
	for _, want := range []string{"page      " + address, "decoded   as ", "findings"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	_, stderr, code := command(t.Context(), "explain", address)
	if code != 1 || !strings.Contains(stderr, "is not a public address") {
		t.Errorf("without an allow list: exit code %d, %s", code, stderr)
	}
}
