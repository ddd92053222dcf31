package zoo

import (
	"net/http"
	"strings"

	"ewgwatch"
)

// answer gives one status for everything, with headers "Name: value".
func answer(status int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, line := range headers {
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Add(name, value)
		}
		w.WriteHeader(status)
	}
}

func statuses() []kind {
	none := ewgwatch.ReachNone
	return []kind{
		{name: "401", want: wants(ewgwatch.Blocked), reach: none, serve: answer(401)},
		{name: "402", want: wants(ewgwatch.Paywall), reach: none, serve: answer(402)},
		{name: "403", want: wants(ewgwatch.Blocked), reach: none, serve: answer(403)},
		{name: "404", want: wants(ewgwatch.Gone), reach: none, serve: answer(404)},
		{name: "410", want: wants(ewgwatch.Gone), reach: none, serve: answer(410)},
		{name: "451", want: wants(ewgwatch.Blocked), reach: none, serve: answer(451)},
		{name: "500", want: wants(ewgwatch.HTTPError), reach: none, serve: answer(500)},
		{name: "304 that nobody asked for", want: wants(ewgwatch.HTTPError), reach: none, serve: answer(304)},
		{name: "a status of 999", want: wants(ewgwatch.HTTPError), reach: none, serve: answer(999)},
		{name: "429 for a year", want: wants(ewgwatch.RateLimited), reach: none, serve: answer(429, "Retry-After: 31536000")},
		{name: "429 until some day", want: wants(ewgwatch.RateLimited), reach: none, serve: answer(429, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")},
		{name: "503 for a year", want: wants(ewgwatch.RateLimited), reach: none, serve: answer(503, "Retry-After: 31536000")},
	}
}

func moved(to string) http.HandlerFunc { return answer(302, "Location: "+to) }

// moves are redirects.
func moves() []kind {
	none, http0, refused := ewgwatch.ReachNone, wants(ewgwatch.HTTPError), wants(ewgwatch.Forbidden)
	return []kind{
		{name: "redirect to itself", want: http0, reach: none, serve: moved("/")},
		{name: "redirects without end", want: http0, reach: none, serve: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}},
		{name: "redirect to loopback", want: refused, reach: none, serve: moved("http://127.0.0.1:8080/admin")},
		{name: "redirect to the metadata service", want: refused, reach: none, serve: moved("http://169.254.169.254/latest/meta-data/")},
		{name: "redirect to IPv6 loopback", want: refused, reach: none, serve: moved("http://[::1]:8080/")},
		{name: "redirect to a mapped address", want: refused, reach: none, serve: moved("http://[::ffff:10.0.0.1]/")},
		{name: "redirect to a file", want: http0, reach: none, serve: moved("file:///etc/passwd")},
		{name: "redirect to a script", want: http0, reach: none, serve: moved("javascript:alert(1)")},
		{name: "redirect to nowhere", want: http0, reach: none, serve: answer(302)},
		{name: "redirect to garbage", want: http0, reach: none, serve: moved("http://%zz:::/")},
		{name: "a refresh without end", want: wants(ewgwatch.New), serve: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			write(w, "Moved", `<meta http-equiv="refresh" content="0; url=`+r.URL.Path+`x">`+text)
		}},
	}
}
