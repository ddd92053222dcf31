package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
)

// reply is what the browser is told in answer to a request.
type reply struct {
	status int
	header http.Header
	body   []byte // content-decoded
}

// answer answers one request of the page: each is either sent by us, through all
// that protects sites and us, or refused.
func (p *rendering) answer(ctx, tab context.Context, event *fetch.EventRequestPaused) {
	u, err := url.Parse(event.Request.URL)
	if err != nil {
		p.refuse(tab, event)
		return
	}
	switch permissionOf(event.ResourceType, event.Request.Method, u, p.isMain(event)) {
	case document:
		p.answerDocument(ctx, tab, event)
	case served:
		p.answerScript(ctx, tab, event)
	case empty:
		p.fulfil(tab, event, reply{status: http.StatusOK, header: http.Header{
			"Content-Type": {"text/css"}, "Access-Control-Allow-Origin": {"*"},
		}})
	case inside:
		call(tab, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: event.RequestID})
	default:
		p.refuse(tab, event)
	}
}

// isMain reports whether a request comes from the main frame, which is the one
// that asks for the first document.
func (p *rendering) isMain(event *fetch.EventRequestPaused) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.main == "" && event.ResourceType == network.ResourceTypeDocument {
		p.main = event.FrameID
	}
	return event.FrameID == p.main
}

// answerDocument answers for the page itself with what was fetched already. What
// scripts move on to is a request like any other, with its delay; where that
// leads to no page, the one before stays.
func (p *rendering) answerDocument(ctx, tab context.Context, event *fetch.EventRequestPaused) {
	p.mu.Lock()
	p.opened++
	opened := p.opened
	p.mu.Unlock()
	if opened == 1 {
		p.fulfil(tab, event, replyOf(p.first.head, p.first.body))
		return
	}
	stay := reply{status: http.StatusNoContent}
	if opened > maxOpened || event.Request.Method != http.MethodGet {
		p.fulfil(tab, event, stay)
		return
	}
	next, err := p.fetch(ctx, event)
	if err != nil || !next.isPage() {
		p.fulfil(tab, event, stay)
		return
	}
	p.moveOn(next)
	p.fulfil(tab, event, replyOf(next.head, next.body))
}

// moveOn makes another answer that of the visit, unless the document was read out
// already. Redirects are only recorded.
func (p *rendering) moveOn(next arrival) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.visit.rendered != nil {
		return
	}
	if next.isRedirect() {
		p.exchanges = append(p.exchanges, exchangeOf(next.head, next.body))
		return
	}
	p.exchanges = append(p.exchanges, exchangeOf(p.visit.answer, p.visit.body))
	p.visit.answer, p.visit.body = next.head, next.body
}

// arrival is an answer to a request of the browser's.
type arrival struct {
	head *http.Response
	body *payload
}

func (a arrival) isRedirect() bool { return a.head.StatusCode/100 == 3 }

// isPage reports whether a page may move on to this.
func (a arrival) isPage() bool {
	return a.body.flaw == nil && (a.isRedirect() || mediaOf(a.head.Header.Get("Content-Type"), a.body.decoded) == htmlMedia)
}

// answerScript answers a request of the page's scripts, or for one.
func (p *rendering) answerScript(ctx, tab context.Context, event *fetch.EventRequestPaused) {
	if !p.admit() {
		p.refuse(tab, event)
		return
	}
	source, address := p.visit.page.Source.ID, event.Request.URL
	keeps := event.ResourceType == network.ResourceTypeScript && event.Request.Method == http.MethodGet
	if known, ok := p.renderer.scripts.script(source, address); ok && keeps {
		p.fulfil(tab, event, reply{http.StatusOK, known.header, known.body})
		return
	}
	got, err := p.fetch(withErrand(ctx, p.errand), event)
	if err != nil || got.body.flaw != nil || !p.pay(got) {
		p.refuse(tab, event)
		return
	}
	r := replyOf(got.head, got.body)
	if keeps && r.status == http.StatusOK {
		p.renderer.scripts.keep(source, address, script{r.header, r.body})
	}
	p.fulfil(tab, event, r)
}

// admit counts a request of the page's scripts, and reports whether it may be
// sent.
func (p *rendering) admit() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	return p.asked <= p.renderer.limits.requests && p.spent < p.renderer.limits.bytes
}

// pay counts what an answer cost and keeps it for the archive.
func (p *rendering) pay(a arrival) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spent += int64(len(a.body.decoded)); p.spent > p.renderer.limits.bytes {
		return false
	}
	p.exchanges = append(p.exchanges, exchangeOf(a.head, a.body))
	return true
}

// fetch sends a request of the browser, as ours.
func (p *rendering) fetch(ctx context.Context, event *fetch.EventRequestPaused) (arrival, error) {
	select {
	case p.hands <- struct{}{}:
	case <-ctx.Done():
		return arrival{}, context.Cause(ctx)
	}
	defer func() { <-p.hands }()
	turn := turnOf(ctx).another()
	defer turn.end()
	req, err := p.request(withTurn(ctx, turn), event.Request)
	if err != nil {
		return arrival{}, err
	}
	response, err := p.renderer.chain.RoundTrip(req)
	if err != nil {
		return arrival{}, err
	}
	defer response.Body.Close()
	body, ok := response.Body.(*payload)
	if !ok {
		return arrival{}, errors.New("answer came without its body")
	}
	p.jar.SetCookies(req.URL, response.Cookies())
	return arrival{response, body}, nil
}

func (p *rendering) request(ctx context.Context, asked *network.Request) (*http.Request, error) {
	var body bytes.Buffer
	for _, part := range asked.PostDataEntries {
		body.Write(part.Bytes)
	}
	if asked.HasPostData && body.Len() == 0 {
		return nil, errors.New("what is to be sent is too long")
	}
	req, err := http.NewRequestWithContext(ctx, asked.Method, asked.URL, bytes.NewReader(body.Bytes()))
	if err != nil {
		return nil, err
	}
	for name, value := range asked.Headers {
		if text, ok := value.(string); ok && isOurs(name) {
			req.Header.Set(name, text)
		}
	}
	req.Header.Set("User-Agent", p.renderer.options.identity())
	req.Header.Set("Accept-Language", acceptLanguage(p.visit.page.Source.Lang))
	req.Header.Set("Accept-Encoding", "gzip")
	for _, cookie := range p.jar.Cookies(req.URL) {
		req.AddCookie(cookie)
	}
	return req, nil
}

// isOurs reports whether a header of the browser's is sent. Those about the
// connection are ours to make, conditions would need its cache, and its hints
// would name another program than we are.
func isOurs(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "host", "connection", "content-length", "cookie", "range", "te", "trailer", "transfer-encoding", "upgrade", "expect", "keep-alive":
		return false
	}
	return !strings.HasPrefix(name, ":") && !strings.HasPrefix(name, "if-") && !strings.HasPrefix(name, "sec-ch-") && !strings.HasPrefix(name, "proxy-")
}

// replyOf is an answer as the browser is to see it: whole, without its content
// coding, and to be shown rather than saved.
func replyOf(response *http.Response, body *payload) reply {
	header := response.Header.Clone()
	for _, name := range []string{"Content-Encoding", "Content-Length", "Transfer-Encoding", "Content-Disposition"} {
		header.Del(name)
	}
	return reply{response.StatusCode, header, body.decoded}
}

func (p *rendering) fulfil(tab context.Context, event *fetch.EventRequestPaused, r reply) {
	call(tab, fetch.FulfillRequest, fetch.FulfillRequestParams{
		RequestID: event.RequestID, ResponseCode: int64(r.status), BinaryResponseHeaders: headerLines(r.header), Body: r.body,
	})
}

// headerLines writes a header as the protocol wants it where values need not be
// UTF-8. Lines that would make two are left out.
func headerLines(header http.Header) []byte {
	var lines [][]byte
	for name, values := range header {
		for _, value := range values {
			if line := fmt.Sprintf("%s: %s", name, value); !strings.ContainsAny(line, "\x00\r\n") {
				lines = append(lines, []byte(line))
			}
		}
	}
	return bytes.Join(lines, []byte{0})
}

func (p *rendering) refuse(tab context.Context, event *fetch.EventRequestPaused) {
	call(tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: event.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
}
