package crawler

import (
	"crypto/sha256"
	"crypto/tls"
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
	withheld    bool // the site asks that no copy be offered
	posts       bool // asked of WordPress's REST API, for a list of posts

	answer *http.Response // of the last hop; nil where none came
	body   *payload       // of the answer
	media  media
	links  []link
	parse  error   // why links could not be read
	offers []offer // what a feed or sitemap names

	rendered *rendered // what scripts made of the body; nil where none ran
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
		if page.Status/100 == 3 && page.Outcome == ewgwatch.NetError {
			page.Outcome = ewgwatch.HTTPError // the answer came, but leads nowhere
		}
		return
	}
	if v.rendered != nil {
		page.Header = v.rendered.header(page.Header)
	}
	page.Outcome, page.Detail = v.judge(maxBody)
	if page.Outcome.HasBody() {
		page.Body = v.content()
	}
}

// content is what is read of the answer: its body, or what scripts made of it.
func (v *visit) content() []byte {
	if v.rendered != nil {
		return v.rendered.document
	}
	return v.body.decoded
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
	gist := gistOf(v.content())
	v.withheld = gist.noArchive || forbidsArchive(v.answer.Header)
	if said != ewgwatch.Gone && v.media != feedMedia && v.media != sitemapMedia {
		if name := challengeOf(status, v.answer.Header, v.answer.Request.URL, v.content(), gist); name != "" {
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
	case sum(v.content()):
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
	if len(v.content()) == 0 {
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
		return ewgwatch.EmptyShell, v.shell()
	}
	return "", ""
}

// shell says what is wrong with a page that holds no text.
func (v *visit) shell() string {
	if v.rendered != nil {
		return "an empty shell that its scripts did not fill"
	}
	return "an empty shell that scripts would fill"
}

// exchanges are what to archive of the visit, that which a finding cites last;
// none where nothing came that is whole, and where what came unchanged is not what
// was archived: another coding of the same page.
func (v *visit) exchanges() []ewgwatch.Exchange {
	if v.withheld || v.answer == nil || v.body.flaw != nil && !is[*codingError](v.body.flaw) {
		return nil
	}
	own := v.told(exchangeOf(v.answer, v.body))
	switch {
	case v.page.Outcome == ewgwatch.Unchanged:
		return v.again(v.handed(own))
	case v.rendered == nil:
		return []ewgwatch.Exchange{v.handed(own)}
	}
	all := []ewgwatch.Exchange{own}
	for _, x := range v.rendered.exchanges {
		all = append(all, v.told(x))
	}
	return append(all, v.handed(v.told(v.rendered.exchange(own.URL))))
}

// again is the exchange of a visit that brought nothing new.
func (v *visit) again(own ewgwatch.Exchange) []ewgwatch.Exchange {
	was := v.page.Previous.Capture
	notModified := v.answer.StatusCode == http.StatusNotModified
	if was.File == "" || !notModified && sum(own.Body) != was.SHA256 {
		return nil
	}
	own.Revisits = was
	return []ewgwatch.Exchange{own}
}

// told says of an exchange whom it was made for.
func (v *visit) told(x ewgwatch.Exchange) ewgwatch.Exchange {
	x.Source = v.page.Source.ID
	return x
}

// handed says of the exchange whose body was handed over what became of it.
func (v *visit) handed(x ewgwatch.Exchange) ewgwatch.Exchange {
	x.Role, x.Outcome = v.page.Role, v.page.Outcome
	return x
}

func exchangeOf(answer *http.Response, body *payload) ewgwatch.Exchange {
	req := answer.Request
	return ewgwatch.Exchange{
		URL:          req.URL.String(),
		At:           body.at.UTC(),
		RemoteIP:     body.remote,
		Method:       req.Method,
		RequestURI:   req.URL.RequestURI(),
		RequestHead:  req.Header,
		Proto:        answer.Proto,
		Status:       answer.Status,
		Header:       answer.Header,
		Body:         body.received,
		SentHead:     body.sent,
		ReceivedHead: body.head,
		TLS:          secured(answer.TLS),
		Robots:       body.verdict,
	}
}

// secured tells what a connection was like; nil for one in the clear.
func secured(state *tls.ConnectionState) *ewgwatch.TLS {
	if state == nil || len(state.PeerCertificates) == 0 {
		return nil
	}
	leaf := state.PeerCertificates[0]
	return &ewgwatch.TLS{
		Version: tls.VersionName(state.Version), CipherSuite: tls.CipherSuiteName(state.CipherSuite), Certificate: sum(leaf.Raw),
		Subject: leaf.Subject.String(), Issuer: leaf.Issuer.String(), NotBefore: leaf.NotBefore.UTC(), NotAfter: leaf.NotAfter.UTC(),
	}
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
