package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"time"
)

// feedServer answers with the feeds that lie in a folder, and with nothing else.
type feedServer struct{ root *os.Root }

// ServeHTTP answers GET and HEAD for a feed by its name. There is no list of them: who
// is to read one is told its address.
func (f feedServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "want GET or HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	kind := feedKind(name)
	if kind == "" {
		http.NotFound(w, r)
		return
	}
	file, err := f.root.Open(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	about, err := file.Stat()
	if err != nil || !about.Mode().IsRegular() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "max-age=300")
	http.ServeContent(w, r, "", about.ModTime(), file)
}

// feedKind returns the media type of a feed by its name; "" for what is none, hidden
// files among that.
func feedKind(name string) string {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return ""
		}
	}
	switch path.Ext(name) {
	case ".atom":
		return "application/atom+xml; charset=utf-8"
	case ".json":
		return "application/feed+json; charset=utf-8"
	}
	return ""
}

// listen returns what serves feeds until ctx ends; where nobody asked for that, what
// only waits.
func (w *watch) listen(ctx context.Context) (serve func() error, err error) {
	if w.o.listen == "" {
		return func() error { <-ctx.Done(); return nil }, nil
	}
	folder, err := w.desk.feeds()
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", w.o.listen)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	server := &http.Server{
		Handler: feedServer{root}, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	w.app.log.Info("serving feeds", "at", "http://"+listener.Addr().String()+"/")
	return func() error {
		context.AfterFunc(ctx, func() { _ = server.Close() }) // which ends Serve
		err := server.Serve(listener)
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		return errors.Join(err, root.Close())
	}, nil
}
