package browser

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"bellwether/internal/app"
)

// reader is somebody at a browser in front of a service with the sample.
type reader struct {
	testing.TB
	ctx  context.Context
	site *url.URL

	mu         sync.Mutex
	asked      []string // every address that the browser asked for
	complaints []string // of the console and the log
}

// newReader starts the service and a browser; nil where there is none.
func newReader(t *testing.T) *reader {
	t.Helper()
	program := chromium()
	if program == "" {
		if os.Getenv("BELLWETHER_BROWSER") == "required" {
			t.Fatal("there is no Chromium here, and BELLWETHER_BROWSER requires it")
		}
		t.Log("there is no Chromium here: no page was looked at")
		return nil
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true))
	timed, cancelTimeout := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancelTimeout)
	allocator, cancelAllocator := chromedp.NewExecAllocator(timed, options...)
	t.Cleanup(cancelAllocator)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	r := &reader{TB: t, ctx: ctx, site: serve(t)}
	if err := chromedp.Listen(ctx, r.listen); err != nil {
		t.Fatal(err)
	}
	return r
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			return program
		}
	}
	return ""
}

// serve runs the whole service with the sample on a port of its own.
func serve(t *testing.T) *url.URL {
	t.Helper()
	config, _, err := app.Load(app.Inputs{Environ: []string{
		"BELLWETHER_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "pages.db"),
		"BELLWETHER_OFFICE_NAME_EN=Liangjiang Statistics", "BELLWETHER_OFFICE_NAME_ZH=两江统计",
	}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.CreateSample(t.Context(), config, app.Tools{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.LoadSample(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		a.Close()
	})
	return &url.URL{Scheme: "http", Host: listener.Addr().String(), Path: "/"}
}

func (r *reader) listen(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		r.asked = append(r.asked, e.Request.URL)
	case *runtime.EventExceptionThrown:
		r.complaints = append(r.complaints, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		r.complaints = append(r.complaints, e.Entry.Text)
	}
}

// do lets the reader act.
func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	if err := chromedp.Do(r.ctx, steps...); err != nil {
		r.Fatal(err)
	}
}

// open goes to a page and returns the text that stands on it once an element
// is there.
func (r *reader) open(path string, element chromedp.CSS) string {
	r.Helper()
	r.do(chromedp.Navigate(r.site.String()+strings.TrimPrefix(path, "/")), chromedp.WaitVisible(element))
	return r.text()
}

// text is what stands on the page.
func (r *reader) text() string {
	r.Helper()
	text, err := chromedp.Run(r.ctx, chromedp.Text(chromedp.CSS("body")))
	if err != nil {
		r.Fatal(err)
	}
	return text
}

// content fails the test unless every text stands on the page, the browser
// asked nobody else, and it complained of nothing.
func (r *reader) content(page, text string, want ...string) {
	r.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			r.Errorf("%s does not show %q:\n%s", page, w, text)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, address := range r.asked {
		if u, err := url.Parse(address); err != nil || u.Host != r.site.Host && u.Scheme != "data" && u.Scheme != "blob" {
			r.Errorf("%s made the browser ask %s", page, address)
		}
	}
	for _, complaint := range r.complaints {
		r.Errorf("%s made the browser complain: %s", page, complaint)
	}
}

func TestTheFrontPageShowsTheFiguresInBothLanguages(t *testing.T) {
	r := newReader(t)
	if r == nil {
		return
	}
	r.content("/", r.open("/", "table"), "Liangjiang Statistics", "Liangjiang New Area", "118.7", "16.2", "billion CNY", "curl")
	r.content("/?lang=zh", r.open("/?lang=zh&utm_source=a", "table"), "两江统计", "两江新区", "118.7")
}

func TestANumberLeadsToItsExplanation(t *testing.T) {
	r := newReader(t)
	if r == nil {
		return
	}
	r.open("/", "table")
	r.do(chromedp.Click(chromedp.CSS(`a[href="/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M"]`)),
		chromedp.WaitVisible(chromedp.CSS("pre")))
	r.content("the explanation", r.text(), `"cell":"118.7"`, `"implied_prior":102.151`)
}

func TestThePageFitsAPhone(t *testing.T) {
	r := newReader(t)
	if r == nil {
		return
	}
	r.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile))
	for _, path := range []string{"/", "/?lang=zh", "/docs/problems"} {
		r.open(path, "main")
		beyond, err := chromedp.Run(r.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
		if err != nil {
			t.Fatal(err)
		}
		if beyond > 0 {
			t.Errorf("%s is %d pixels wider than a phone of 360", path, beyond)
		}
	}
}

func TestTheReferenceReadsTheContractOffline(t *testing.T) {
	r := newReader(t)
	if r == nil {
		return
	}
	r.content("/docs", r.open("/docs", ".opblock"), "/v1/series/{series}/observations", "/v1/imports")
	r.content("/docs/problems", r.open("/docs/problems", "main"), "period_decimal")
}
