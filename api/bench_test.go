package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
)

// discard is a response that is thrown away.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(int)             {}

func serve(b *testing.B, h http.Handler, headers ...string) {
	r := httptest.NewRequest(http.MethodGet, "/v1/series/gdp.cn-cq-lj.cny/observations", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(&discard{http.Header{}}, r)
	}
}

// ask asks over the loopback, over connections that stay open.
func ask(b *testing.B, h http.Handler, headers ...string) {
	server := httptest.NewServer(h)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16}}
	b.RunParallel(func(pb *testing.PB) {
		r, err := http.NewRequest(http.MethodGet, server.URL+"/v1/series/gdp.cn-cq-lj.cny/observations", nil)
		if err != nil {
			b.Error(err)
			return
		}
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		for pb.Next() {
			answer, err := client.Do(r)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
	})
}

// BenchmarkHot is a kept answer against the router's own constant bytes.
func BenchmarkHot(b *testing.B) {
	s := sampled(b, Config{CacheBytes: 1 << 20})
	s.API.log = Deps{}.filled().Log
	go s.store.Watch(b.Context())
	w := s.get("/v1/series/gdp.cn-cq-lj.cny/observations").want(200)
	body, tag := w.Body.Bytes(), w.Header().Get("ETag")
	constant := echo.New()
	constant.GET("/v1/series/:series/observations", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "application/json", body)
	})
	b.Run("loopback/kept", func(b *testing.B) { ask(b, s.API) })
	b.Run("loopback/constant", func(b *testing.B) { ask(b, constant) })
	b.Run("loopback/unchanged", func(b *testing.B) { ask(b, s.API, "If-None-Match", tag) })
	b.Run("kept", func(b *testing.B) { serve(b, s.API) })
	b.Run("gzip", func(b *testing.B) { serve(b, s.API, "Accept-Encoding", "gzip") })
	b.Run("unchanged", func(b *testing.B) { serve(b, s.API, "If-None-Match", tag) })
	b.Run("constant", func(b *testing.B) { serve(b, constant) })
}
