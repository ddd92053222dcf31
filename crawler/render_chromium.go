package crawler

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

const chromiumStart = 20 * time.Second // that a browser may take to start on a slow machine

// chromium is a browser that runs.
type chromium struct {
	dead <-chan struct{}
	pid  int
	end  context.CancelFunc
	// open makes the context of a new page, with a profile of its own that goes
	// when the page is closed.
	open func(listen func(event any)) (context.Context, context.CancelFunc)
}

var chromiumNames = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// findChromium returns the path of a browser: the one named, or one in PATH.
func findChromium(named string) (string, error) {
	if named != "" {
		return exec.LookPath(named)
	}
	for _, name := range chromiumNames {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no " + strings.Join(chromiumNames, ", ") + " in PATH")
}

// startChromium starts a browser that ends with ctx, at the latest. chromedp
// speaks to it through a pipe, so that no port stands open; it removes the
// profile afterwards and kills what outlives its parent.
func startChromium(ctx context.Context, path, agent string) (*chromium, error) {
	// What a browser that is killed leaves in the temporary folder goes with
	// a folder of our own. Its name is short: Chromium makes a socket in it.
	scratch, err := os.MkdirTemp("", "ew")
	if err != nil {
		return nil, err
	}
	flags := append(chromiumFlags(agent), chromedp.ExecPath(path), chromedp.NoInheritEnv,
		chromedp.Env("TMPDIR="+scratch, "HOME="+scratch, "PATH="+os.Getenv("PATH"))) // and nothing that is none of a page's business
	outer, endAllocator := chromedp.NewExecAllocator(ctx, flags...)
	inner, endBrowser := chromedp.NewContext(outer, chromedp.WithErrorf(silent), chromedp.WithLogf(silent))
	end := func() { endBrowser(); endAllocator(); os.RemoveAll(scratch) }
	slow := time.AfterFunc(chromiumStart, endBrowser)
	err = chromedp.Do(inner)
	if !slow.Stop() && err == nil {
		err = fmt.Errorf("it did not start within %v", chromiumStart)
	}
	if err != nil {
		end()
		return nil, fmt.Errorf("%s: %s", path, fold(err.Error()))
	}
	return &chromium{
		dead: inner.Done(),
		pid:  chromedp.FromContext(inner).Browser.Process().Pid,
		end:  end,
		open: func(listen func(event any)) (context.Context, context.CancelFunc) {
			return chromedp.NewContext(inner, chromedp.WithNewBrowserContext(), chromedp.WithListener(listen))
		},
	}, nil
}

// silent keeps chromedp from printing: what went wrong is said by the page.
func silent(string, ...any) {}

func (c *chromium) isDead() bool {
	select {
	case <-c.dead:
		return true
	default:
		return false
	}
}

func (c *chromium) stop() { c.end() }

// chromiumFlags are those of a browser that can reach nothing by itself. All its
// requests are answered by us; what Chromium does not show us (WebSockets,
// WebRTC, WebTransport, its own services) meets a resolver that knows no name
// and a proxy that is none, for loopback too.
func chromiumFlags(agent string) []chromedp.ExecAllocatorOption {
	flags := []chromedp.ExecAllocatorOption{
		chromedp.Flag("headless", "new"),
		chromedp.Flag("user-agent", agent),
		chromedp.Flag("no-sandbox", os.Getuid() == 0), // Chromium refuses to start as root with its sandbox on
		chromedp.Flag("js-flags", "--max-old-space-size=256"),
		chromedp.Flag("proxy-server", "http://127.0.0.1:1"),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"), // else loopback is reached without the proxy
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("disable-features", "Translate,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,"+
			"DialMediaRouteProvider,WebTransport,InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication"),
		chromedp.Flag("disable-blink-features", "WebTransport"),
		chromedp.Flag("password-store", "basic"),
		chromedp.Flag("window-size", "1280,2000"), // what lies below is loaded late, or never
	}
	for _, name := range chromiumSwitches {
		flags = append(flags, chromedp.Flag(name, true))
	}
	return flags
}

var chromiumSwitches = []string{
	"no-first-run", "no-default-browser-check", "no-pings", "no-service-autorun",
	"disable-background-networking", "disable-component-update", "disable-sync", "disable-quic", "disable-domain-reliability",
	"disable-client-side-phishing-detection", "disable-default-apps", "disable-extensions", "disable-breakpad", "disable-crash-reporter",
	"disable-component-extensions-with-background-pages", "disable-gpu", "disable-software-rasterizer", "disable-3d-apis",
	"disable-dev-shm-usage", "disable-notifications", "disable-background-timer-throttling", "disable-renderer-backgrounding",
	"disable-backgrounding-occluded-windows", "disable-hang-monitor", "disable-prompt-on-repost", "block-new-web-contents",
	"disable-remote-fonts", "dns-prefetch-disable", "hide-scrollbars", "metrics-recording-only", "mute-audio",
	"safebrowsing-disable-auto-update", "use-mock-keychain",
}
