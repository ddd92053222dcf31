package zoo

import (
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"

	"ewgwatch"
)

const prose = "The ministers met in the capital and spoke of what the year had brought to the region, and of what the next one might bring. "

// text is prose enough for an article.
var text = "<p>" + strings.Repeat(prose, 5) + "</p><p>" + strings.Repeat(prose, 4) + "</p>"

// page answers everything with one page.
func page(title, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(w, title, body) }
}

func write(w http.ResponseWriter, title, body string) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	fmt.Fprintf(w, "<!doctype html><html lang=en><head><title>%s</title></head><body><main>%s</main></body></html>", title, body)
}

// typed answers everything with these bytes under this type.
func typed(mediaType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		_, _ = w.Write([]byte(body)) // who hung up wants no more
	}
}

// tame are sites that behave, to be read whole whatever the others do.
func tame() []kind {
	var all []kind
	for i := range 5 {
		site := func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				write(w, "Story "+html.EscapeString(r.URL.Path), "<h1>What happened on the day</h1>"+text)
				return
			}
			write(w, "Front", `<a href="/story/1">First story of the day</a> <a href="/story/2">Second story of the day</a> <a href="/story/3">Third story of the day</a>`+text)
		}
		all = append(all, kind{name: "well-behaved " + strconv.Itoa(i+1), want: wants(ewgwatch.New), reach: ewgwatch.ReachRead, serve: site})
	}
	return all
}

const challenge = `<!doctype html><html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing the site.</p>
<script>window._cf_chl_opt={cvId:'3'};</script><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>`

// contents are pages that are not what they seem.
func contents() []kind {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(code)
			_, _ = w.Write([]byte(body)) // who hung up wants no more
		}
	}
	read := ewgwatch.ReachRead
	return []kind{
		{name: "challenge with 200", want: wants(ewgwatch.Challenge), reach: ewgwatch.ReachNone, serve: status(200, challenge)},
		{name: "challenge with 403", want: wants(ewgwatch.Challenge), reach: ewgwatch.ReachNone, serve: status(403, challenge)},
		{name: "challenge with 503", want: wants(ewgwatch.Challenge), reach: ewgwatch.ReachNone, serve: status(503, challenge)},
		{name: "script challenge with 202", want: wants(ewgwatch.Challenge), reach: ewgwatch.ReachNone, serve: status(202, "<html><script>go()</script></html>")},
		{name: "consent wall", want: wants(ewgwatch.ConsentWall), reach: ewgwatch.ReachNone, serve: page("Consent", "<p>We value your privacy.</p><button>Accept all</button><button>Reject all</button>")},
		{name: "empty shell", want: wants(ewgwatch.EmptyShell), reach: ewgwatch.ReachNone, serve: page("App", `<div id="root"></div><script src="/app.js"></script>`)},
		{name: "error page with 200", want: wants(ewgwatch.New), serve: page("404 Not Found", "<h1>Page not found</h1><p>The page you look for does not exist.</p>"+strings.Repeat("<p>Sorry.</p>", 20))},
		{name: "charset that lies", want: wants(ewgwatch.New), reach: read, serve: typed("text/html; charset=utf-8", "<title>\xa2\xe8\xd2\xc7</title><p>"+strings.Repeat("\xa2\xe8\xd2\xc7\xa1\xc5\xd2\xe2\xcb\xc1 ", 60))},
		{name: "charset that is none", want: wants(ewgwatch.New), reach: read, serve: typed("text/html; charset=klingon-8", "<title>News</title>"+text)},
		{name: "NUL bytes and terminal escapes", want: wants(ewgwatch.New), reach: read, serve: page("\x1b]0;pwned\x07\x1b[2J\x00News", "\x00\x1b[31m"+text+"\x00")},
		{name: "binary as HTML", want: wants(ewgwatch.Unreadable), reach: ewgwatch.ReachNone, serve: typed("text/html", strings.Repeat("\x00\x01\x02\xff\xfe\x80<\x00>\x7f", 5000))},
		{name: "image as a page", want: wants(ewgwatch.NotHTML), reach: ewgwatch.ReachNone, serve: typed("image/png", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00", 100))},
		{name: "PDF of garbage", want: wants(ewgwatch.Unreadable), reach: ewgwatch.ReachNone, serve: typed("application/pdf", "%PDF-1.7\n"+strings.Repeat("garbage obj << /Length 99999999999 >> stream ", 500))},
		{name: "nested 100,000 deep", want: wants(ewgwatch.New), serve: page("Deep", strings.Repeat("<div>", 100_000)+text)},
		{name: "a title of a megabyte", want: wants(ewgwatch.New), reach: read, serve: page(strings.Repeat("News ", 200_000), text)},
		{name: "attributes without end", want: wants(ewgwatch.New), reach: read, serve: page("News", "<p "+strings.Repeat("a=1 ", 100_000)+">"+text)},
		{name: "tags that never close", want: wants(ewgwatch.New), reach: read, serve: page("News", text+strings.Repeat("<b><i><a href=/>", 20_000))},
		{name: "an empty answer", want: wants(ewgwatch.Unreadable), reach: ewgwatch.ReachNone, serve: func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") }},
	}
}
