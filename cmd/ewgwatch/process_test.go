package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a process of a test may take before it counts as stuck.
const patience = time.Minute

// process is a run of the program in a process of its own.
type process struct {
	*exec.Cmd
	stdout, stderr bytes.Buffer // to be read once ended is closed
	ended          chan struct{}
}

func startProcess(t *testing.T, program string, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	p := &process{Cmd: exec.CommandContext(ctx, program, args...), ended: make(chan struct{})}
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.Wait() // ProcessState keeps how it ended
	}()
	t.Cleanup(func() { cancel(); <-p.ended })
	return p
}

// until waits for a sign that the process is where a test wants it.
func (p *process) until(t *testing.T, sign <-chan struct{}) {
	t.Helper()
	select {
	case <-sign:
	case <-p.ended:
		t.Fatalf("ended too early: %s\n%s%s", p.ProcessState, p.stdout.String(), p.stderr.String())
	}
}

// stop sends a signal and returns how long the process went on.
func (p *process) stop(t *testing.T, signal os.Signal) time.Duration {
	t.Helper()
	start := time.Now()
	if err := p.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	return time.Since(start)
}

// gate is a site of one listing and some articles that can be told to leave a
// request without an answer.
type gate struct {
	url   string
	opens []byte // the article that is about the topic

	mu      sync.Mutex
	listed  int           // articles on the listing
	served  map[int]bool  // articles that were answered, by their number
	left    int           // requests for articles until the one that hangs; 0 for none
	reached chan struct{} // closed by that one
}

// articles is how many a gate lists, where it is not told otherwise.
const articles = 12

func startGate(t *testing.T) *gate {
	t.Helper()
	opens, err := os.ReadFile("testdata/page/opens.html")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{opens: opens, listed: articles, served: map[int]bool{}}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	g.url = server.URL + "/"
	return g
}

// shut lets the nth request for an article from now on hang until whoever asks
// goes away; the channel is closed when it comes. 0 lets none hang.
func (g *gate) shut(nth int) <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.left, g.reached = nth, make(chan struct{})
	return g.reached
}

// list makes the listing one of the first n articles.
func (g *gate) list(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.listed = n
}

// hangs reports whether this request for an article is the one that hangs.
func (g *gate) hangs() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left == 0 {
		return false
	}
	if g.left--; g.left > 0 {
		return false
	}
	close(g.reached)
	return true
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var number int
	_, err := fmt.Sscanf(r.URL.Path, "/2023/08/02/article-%d.html", &number)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	switch {
	case r.URL.Path == "/":
		g.listing(w, r)
	case err != nil:
		http.NotFound(w, r)
	case g.hangs():
		<-r.Context().Done()
	default:
		g.article(w, number)
	}
}

func (g *gate) article(w http.ResponseWriter, number int) {
	g.mu.Lock()
	g.served[number] = true
	g.mu.Unlock()
	if number == 1 {
		w.Write(g.opens)
		return
	}
	fmt.Fprintf(w, "<html lang=en><title>Notice %d</title><article><h1>Notice %d</h1><p>%s</p></article></html>", number, number,
		strings.Repeat(fmt.Sprintf("The town hall gives notice number %d of this year to all who live here. ", number), 5))
}

// answered returns how many articles were ever answered.
func (g *gate) answered() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.served)
}

// listing links the article about the topic first. It can be asked for
// conditionally.
func (g *gate) listing(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	listed := g.listed
	g.mu.Unlock()
	etag := fmt.Sprintf("%q", fmt.Sprint("listing of ", listed))
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, "<html lang=en><title>News</title><body><ul>")
	for i := range listed {
		title := fmt.Sprintf("Notice %d", i+1)
		if i == 0 {
			title = "Counter-terrorism table-top exercise of the ADMM-Plus opens in Naypyitaw"
		}
		fmt.Fprintf(w, `<li><a href="/2023/08/02/article-%d.html">%s</a>`, i+1, title)
	}
}
