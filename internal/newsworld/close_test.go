package newsworld_test

import (
	"context"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"ewgwatch/internal/newsworld"
)

func TestTakenPortsAreReplaced(t *testing.T) {
	first, err := newsworld.Start(newsworld.Options{FirstPort: 27401})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := newsworld.Start(newsworld.Options{FirstPort: 27401})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if first.Sites()[0].URL == second.Sites()[0].URL {
		t.Error("two worlds on one port")
	}
	if moved := second.Moved(); moved != len(second.Sites()) {
		t.Errorf("of %d sites, %d are said to have moved", len(second.Sites()), moved)
	}
	if got := get(t, second.Pages()[0].URL).status; got != http.StatusOK {
		t.Errorf("second world answers %d", got)
	}
}

func TestTrafficCountsRequestsInFlight(t *testing.T) {
	world, err := newsworld.Start(newsworld.Options{AnyPort: true, Latency: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	address := siteOf(t, world, "mekong-morning").URL
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error)
	for n := 1; n <= 3; n++ {
		go func() { ended <- ask(ctx, address) }()
		for world.Requests()["mekong-morning"].Requests < n {
			runtime.Gosched()
		}
	}
	traffic := world.Requests()["mekong-morning"]
	if traffic.MostAtOnce != 3 || traffic.Asked["/"] != 3 || traffic.ShortestGap <= 0 {
		t.Errorf("traffic %+v, want three requests at once", traffic)
	}
	if err := world.Close(); err != nil {
		t.Error(err)
	}
	for range 3 {
		if err := <-ended; err == nil {
			t.Error("a request outlived the world")
		}
	}
}

func ask(ctx context.Context, address string) error {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

func TestCloseLeavesNoGoroutine(t *testing.T) {
	world, err := newsworld.Start(newsworld.Options{AnyPort: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := ask(t.Context(), world.Sites()[0].URL); err != nil {
		t.Fatal(err)
	}
	if err := world.Close(); err != nil {
		t.Fatal(err)
	}
	deadline := time.After(10 * time.Second)
	for left := stacks(); strings.Contains(left, "newsworld.(*host)") || strings.Contains(left, "http.(*conn).serve"); left = stacks() {
		select {
		case <-deadline:
			t.Fatalf("left behind:\n%s", left)
		default:
			runtime.Gosched()
		}
	}
}

func stacks() string {
	buffer := make([]byte, 1<<20)
	return string(buffer[:runtime.Stack(buffer, true)])
}
