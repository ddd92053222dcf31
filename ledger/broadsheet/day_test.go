package broadsheet

import (
	"testing"

	"ewgwatch"
)

func TestASpanSaysNoMoreThanIsKnown(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"", "", "undated"},
		{"2023", "", "2023"},
		{"2023-08", "2023-08", "Aug 2023"},
		{"2023-08-02", "", "2 Aug 2023"},
		{"2023-08-02", "2023-08-04", "2–4 Aug 2023"},
		{"2023-09-25", "2023-10-01", "25 Sep – 1 Oct 2023"},
		{"2023-12-30", "2024-01-02", "30 Dec 2023 – 2 Jan 2024"},
		{"2023-08", "2023-08-04", "Aug 2023 – 4 Aug 2023"},
		{"", "2023-08-04", "until 4 Aug 2023"},
	} {
		from, err := ewgwatch.ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		to, err := ewgwatch.ParseDate(c.to)
		if err != nil {
			t.Fatal(err)
		}
		if have := span(from, to); have != c.want {
			t.Errorf("from %q to %q is %q, want %q", c.from, c.to, have, c.want)
		}
	}
}
