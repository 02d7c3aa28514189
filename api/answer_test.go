package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"bellwether/internal/query"
)

func TestGoodStandsUntilTheNextChange(t *testing.T) {
	now := time.Date(2014, 2, 22, 1, 30, 0, 0, time.UTC)
	cases := []struct {
		name   string
		moment query.Moment
		change int64
		want   bool
	}{
		{"nothing changed", query.Moment{Change: 7}, 7, true},
		{"something changed", query.Moment{Change: 7}, 8, false},
		{"something waits", query.Moment{Change: 7, Until: now.Add(time.Second)}, 7, true},
		{"its instant has come", query.Moment{Change: 7, Until: now}, 7, false},
		{"asked for by state", query.Moment{Change: 7, Pinned: true, Until: now}, 9, true},
	}
	for _, c := range cases {
		if got := (&answer{moment: c.moment}).good(c.change, now); got != c.want {
			t.Errorf("%s: good = %v, want %v", c.name, got, c.want)
		}
	}
}

func sent(ans *answer, config Config, headers ...string) *httptest.ResponseRecorder {
	a := &API{config: config, vary: varyFormat}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	a.send(w, r, ans, start)
	return w
}

func TestSend(t *testing.T) {
	body := []byte(strings.Repeat(`{"value":118.70}`, 100))
	ans := newAnswer(body, inJSON)
	plain := sent(ans, Config{})
	tag := plain.Header().Get("ETag")
	if plain.Code != 200 || !bytes.Equal(plain.Body.Bytes(), body) || tag == "" || plain.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("plain: %d %v", plain.Code, plain.Header())
	}
	zipped := sent(ans, Config{}, "Accept-Encoding", "br, gzip;q=0.8")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("ETag") == tag {
		t.Fatalf("zipped: %v", zipped.Header())
	}
	r, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if whole, err := io.ReadAll(r); err != nil || !bytes.Equal(whole, body) {
		t.Errorf("unzipped to %d bytes, %v", len(whole), err)
	}
	if w := sent(ans, Config{}, "Accept-Encoding", "gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("gzip is sent where it is refused")
	}
	for _, match := range []string{tag, "W/" + tag, `"other", ` + zipped.Header().Get("ETag"), "*"} {
		w := sent(ans, Config{}, "If-None-Match", match)
		if w.Code != http.StatusNotModified || w.Body.Len() != 0 || w.Header().Get("ETag") == "" || w.Header().Get("Vary") == "" {
			t.Errorf("If-None-Match %s: %d %v", match, w.Code, w.Header())
		}
	}
	if w := sent(ans, Config{}, "If-None-Match", `"other"`); w.Code != 200 {
		t.Errorf("another tag: %d, want 200", w.Code)
	}
}

func TestOnlyAStateIsImmutable(t *testing.T) {
	ans := newAnswer([]byte("{}"), inJSON)
	ans.immutable = true
	if got := sent(ans, Config{}).Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control = %q", got)
	}
	if got := sent(ans, Config{ReadAccess: WithKey}).Header().Get("Cache-Control"); !strings.HasPrefix(got, "private") {
		t.Errorf("Cache-Control where reading needs a key = %q", got)
	}
}

func TestCacheBuildsOnceForAllWhoAskMeanwhile(t *testing.T) {
	c := newCache(1 << 20)
	var built atomic.Int32
	release := make(chan struct{})
	build := func(context.Context) (*answer, error) {
		built.Add(1)
		<-release
		return newAnswer([]byte("x"), inJSON).at(query.Moment{Change: 1}), nil
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := c.get(t.Context(), "k", instant{change: 1}, time.Minute, build); err != nil {
				t.Error(err)
			}
		})
	}
	for built.Load() == 0 {
		runtime.Gosched()
	}
	close(release)
	wait.Wait()
	// A late one may find the answer kept and not build either.
	if n := built.Load(); n != 1 {
		t.Errorf("built %d times, want once", n)
	}
	if _, err := c.get(t.Context(), "k", instant{change: 1}, time.Minute, build); err != nil || built.Load() != 1 {
		t.Errorf("kept: built %d times, %v", built.Load(), err)
	}
	if _, err := c.get(t.Context(), "k", instant{change: 2}, time.Minute, build); err != nil || built.Load() != 2 {
		t.Errorf("after a change: built %d times, %v, want twice", built.Load(), err)
	}
}

func TestCacheKeepsNoErrorAndNothingTooLarge(t *testing.T) {
	c := newCache(100_000)
	fails := func(context.Context) (*answer, error) { return nil, errors.New("no") }
	if _, err := c.get(t.Context(), "k", instant{}, time.Minute, fails); err == nil {
		t.Fatal("no error")
	}
	built := 0
	large := func(context.Context) (*answer, error) {
		built++
		return newAnswer(make([]byte, 50_000), inJSON), nil
	}
	for range 2 {
		if _, err := c.get(t.Context(), "k", instant{}, time.Minute, large); err != nil {
			t.Fatal(err)
		}
	}
	if built != 2 {
		t.Errorf("built %d times, want twice: half the cache in one answer", built)
	}
}

func TestComputationOutlivesItsFirstAsker(t *testing.T) {
	c := newCache(0)
	began, release := make(chan struct{}), make(chan struct{})
	start := sync.OnceFunc(func() { close(began) })
	build := func(ctx context.Context) (*answer, error) {
		start()
		<-release
		return newAnswer(nil, inJSON), ctx.Err()
	}
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := c.get(ctx, "k", instant{}, time.Minute, build)
		first <- err
	}()
	<-began
	second := make(chan error)
	go func() {
		_, err := c.get(t.Context(), "k", instant{}, time.Minute, build)
		second <- err
	}()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("first asker: %v, want canceled", err)
	}
	close(release)
	if err := <-second; err != nil {
		t.Errorf("second asker: %v", err)
	}
}

func TestLimiter(t *testing.T) {
	l := newLimiter(2, 3)
	now := time.Date(2014, 2, 22, 0, 0, 0, 0, time.UTC)
	for i := range 3 {
		if err := l.allow("a", now); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	if err := l.allow("a", now); err == nil {
		t.Error("a fourth request at once is let through")
	}
	if err := l.allow("b", now); err != nil {
		t.Errorf("another reader: %v", err)
	}
	if err := l.allow("a", now.Add(time.Second)); err != nil {
		t.Errorf("a second later: %v", err)
	}
	if err := (*limiter)(nil).allow("a", now); err != nil {
		t.Errorf("no limit: %v", err)
	}
}
