package crawler

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// isPlumbing reports whether a link leads to something that is no article for
// certain: files, forms, accounts, sharing. PDF files are let through, so that
// a source which publishes scans is seen to.
func isPlumbing(u *url.URL) bool {
	for _, rule := range plumbing {
		if rule(u) {
			return true
		}
	}
	return false
}

var plumbing = []func(*url.URL) bool{isFile, isAccount, isShare, isMaze}

func isFile(u *url.URL) bool {
	return slices.Contains(fileExtensions, strings.ToLower(path.Ext(u.Path)))
}

var fileExtensions = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".heic",
	".mp3", ".mp4", ".m4a", ".m4v", ".avi", ".mov", ".wmv", ".webm", ".ogg", ".wav", ".flv", ".m3u8",
	".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".exe", ".msi", ".dmg", ".apk", ".iso", ".bin",
	".css", ".js", ".mjs", ".json", ".map", ".woff", ".woff2", ".ttf", ".eot", ".ics", ".vcf", ".torrent",
	".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".csv", ".epub", ".kml"}

func isAccount(u *url.URL) bool {
	for segment := range strings.SplitSeq(strings.ToLower(strings.Trim(u.Path, "/")), "/") {
		name := strings.TrimSuffix(segment, path.Ext(segment))
		if slices.Contains(accountSegments, name) {
			return true
		}
	}
	return false
}

var accountSegments = []string{"wp-login", "wp-admin", "wp-json", "xmlrpc", "wp-comments-post", "cdn-cgi", "login", "logout", "signin",
	"sign-in", "signup", "sign-up", "register", "subscribe", "unsubscribe", "cart", "checkout", "my-account", "account", "password-reset", "trackback"}

func isShare(u *url.URL) bool {
	query := u.Query()
	for _, name := range []string{"share", "replytocom", "add-to-cart", "print", "printable", "mailto"} {
		if query.Has(name) {
			return true
		}
	}
	return strings.HasSuffix(u.Path, "/share") || strings.HasSuffix(u.Path, "/sharer")
}

const (
	maxURL      = 2000 // bytes
	maxSegments = 12   // of a path
)

// isMaze reports whether a URL looks made by a loop of links: too long, too
// deep, or the same segment three times.
func isMaze(u *url.URL) bool {
	if len(u.Path)+len(u.RawQuery) > maxURL {
		return true
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(segments) > maxSegments {
		return true
	}
	times := map[string]int{}
	for _, segment := range segments {
		if times[segment]++; times[segment] > 2 && segment != "" {
			return true
		}
	}
	return false
}
