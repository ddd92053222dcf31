package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"ewgwatch"
)

// visit is one visit under way: the page to hand over, and what is needed on
// the way to it.
type visit struct {
	page        ewgwatch.Page
	conditional bool // validators were sent
	posts       bool // asked of WordPress's REST API, for a list of posts

	answer *http.Response // of the last hop; nil where none came
	body   *payload       // of the answer
	media  media
	links  []link
	parse  error   // why links could not be read
	offers []offer // what a feed or sitemap names
}

// settle says how the visit ended. err is that of the request.
func (v *visit) settle(err error, now func() time.Time, maxBody int64) {
	page := &v.page
	page.FinalURL, page.FetchedAt = page.URL, now().UTC()
	if v.answer != nil {
		page.FetchedAt = v.body.at.UTC()
		page.Status, page.Header = v.answer.StatusCode, v.answer.Header
		if final, err := Canonical(v.answer.Request.URL.String()); err == nil {
			page.FinalURL = final
		}
	}
	if err != nil || v.answer == nil {
		page.Outcome, page.Detail = failure(orUnsent(err))
		return
	}
	page.Outcome, page.Detail = v.judge(maxBody)
	if page.Outcome.HasBody() {
		page.Body = v.body.decoded
	}
}

// orUnsent stands in where colly neither failed nor asked.
func orUnsent(err error) error {
	if err == nil {
		return errors.New("no request was sent")
	}
	return err
}

// judge says how a visit ended that got an answer.
func (v *visit) judge(maxBody int64) (ewgwatch.Outcome, string) {
	status := v.answer.StatusCode
	if status == http.StatusNotModified && v.conditional {
		return ewgwatch.Unchanged, ""
	}
	said := statusOutcome(status, v.answer.Header)
	gist := gistOf(v.body.decoded)
	if said != ewgwatch.Gone && v.media != feedMedia && v.media != sitemapMedia {
		if name := challengeOf(status, v.answer.Header, v.answer.Request.URL, v.body.decoded, gist); name != "" {
			return barrier(name), name
		}
	}
	if said != "" {
		return said, statusLine(status)
	}
	if v.body.flaw != nil {
		return failure(v.body.flaw)
	}
	if outcome, detail := v.read(maxBody, gist); outcome != "" {
		return outcome, detail
	}
	switch v.page.Previous.BodySHA256 {
	case "":
		return ewgwatch.New, v.unlinked()
	case sum(v.body.decoded):
		return ewgwatch.Unchanged, ""
	}
	return ewgwatch.Changed, v.unlinked()
}

// unlinked says why the links of a page are missing whose text can be read.
func (v *visit) unlinked() string {
	if v.parse == nil {
		return ""
	}
	return "its links could not be read: " + v.parse.Error()
}

// barrier is the outcome of a page that stands where another should.
func barrier(name string) ewgwatch.Outcome {
	if name == consentWall {
		return ewgwatch.ConsentWall
	}
	return ewgwatch.Challenge
}

// read takes from a body what leads further, and says why where it cannot. A
// feed or sitemap that stands where a page was expected takes that role.
func (v *visit) read(maxBody int64, gist gist) (ewgwatch.Outcome, string) {
	page := &v.page
	if len(v.body.decoded) == 0 {
		return ewgwatch.Unreadable, "empty answer"
	}
	var err error
	switch {
	case v.posts:
		v.offers, err = parsePosts(v.body.decoded)
	case page.Role == ewgwatch.RoleFeed || v.media == feedMedia:
		page.Role = ewgwatch.RoleFeed
		v.offers, err = parseFeed(v.body.decoded, v.answer.Header.Get("Content-Type"), v.media)
	case page.Role == ewgwatch.RoleSitemap || v.media == sitemapMedia:
		page.Role = ewgwatch.RoleSitemap
		v.offers, err = parseSitemap(v.body.decoded, maxBody)
	case v.media == htmlMedia:
		return v.readHTML(gist)
	case v.media != plainMedia && v.media != pdfMedia:
		return ewgwatch.NotHTML, mediaType(v.answer.Header.Get("Content-Type"))
	}
	if err != nil {
		return ewgwatch.Unreadable, err.Error()
	}
	return "", ""
}

func (v *visit) readHTML(gist gist) (ewgwatch.Outcome, string) {
	switch {
	case v.parse != nil && gist.text == "":
		return ewgwatch.Unreadable, v.parse.Error()
	case gist.isShell():
		return ewgwatch.EmptyShell, "an empty shell that scripts would fill"
	}
	return "", ""
}

// exchange is what to archive of the visit; false where nothing came that is
// whole and new.
func (v *visit) exchange() (ewgwatch.Exchange, bool) {
	if v.answer == nil || v.body.flaw != nil && !is[*codingError](v.body.flaw) || v.page.Outcome == ewgwatch.Unchanged {
		return ewgwatch.Exchange{}, false
	}
	req := v.answer.Request
	return ewgwatch.Exchange{
		URL:         req.URL.String(),
		At:          v.body.at.UTC(),
		RemoteIP:    v.body.remote,
		Method:      req.Method,
		RequestURI:  req.URL.RequestURI(),
		RequestHead: req.Header,
		Proto:       v.answer.Proto,
		Status:      v.answer.Status,
		Header:      v.answer.Header,
		Body:        v.body.received,
	}, true
}

func statusLine(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return strconv.Itoa(status)
}

func sum(body []byte) string {
	hash := sha256.Sum256(body)
	return hex.EncodeToString(hash[:])
}
