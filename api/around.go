package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// statusGone is what the log says of a client that left before its answer.
const statusGone = 499

// visit is one request on its way: who asks, and what the log will say.
type visit struct {
	echo.Context
	route  *route
	id     string
	caller *obs.Key // nil: no key
	began  time.Time
}

// around wraps a handler with what every request gets: an id, the headers for
// scripts of any site, a problem document for an error, one line in the log.
func (a *API) around(rt *route, serve func(*visit) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := &visit{Context: c, route: rt, id: a.requestID(c.Request()), began: a.clock()}
		h := c.Response().Header()
		h["X-Request-Id"] = []string{v.id}
		h["Access-Control-Allow-Origin"] = anyOrigin
		h["Access-Control-Expose-Headers"] = exposed
		err := a.guard(v, serve)
		if err != nil {
			a.fail(v, err)
		}
		a.observe(v, err)
		return nil
	}
}

// guard turns a panic into an error that keeps its stack for the log.
func (a *API) guard(v *visit, serve func(*visit) error) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if r == http.ErrAbortHandler {
			panic(r)
		}
		err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
	}()
	return serve(v)
}

// fail answers with a problem document. An answer that was cut off halfway is
// broken off, so that nobody takes it for whole.
func (a *API) fail(v *visit, err error) {
	r, w := v.Request(), v.Response()
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		w.Status = statusGone
		return
	}
	f := faultOf(err)
	switch f.Kind {
	case fault.Internal:
		a.log.LogAttrs(r.Context(), slog.LevelError, "internal error", slog.String("id", v.id), slog.String("path", r.URL.Path), slog.Any("error", err))
	case fault.Unavailable:
		a.log.LogAttrs(r.Context(), slog.LevelWarn, "unavailable", slog.String("id", v.id), slog.Any("error", err))
	}
	if w.Committed {
		panic(http.ErrAbortHandler)
	}
	a.writeProblem(w, err)
}

// observe counts the request and writes its line in the log.
func (a *API) observe(v *visit, err error) {
	status := v.Response().Status
	took := a.clock().Sub(v.began)
	v.route.counters.count(status, took)
	ctx := v.Request().Context()
	if !a.log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	r := v.Request()
	attrs := []slog.Attr{
		slog.String("id", v.id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.String("query", fault.Clip(r.URL.RawQuery)), slog.Int("status", status),
		slog.Int64("bytes", v.Response().Size), slog.Duration("took", took), slog.String("from", v.RealIP()),
	}
	if v.caller != nil {
		attrs = append(attrs, slog.String("key", v.caller.ID))
	}
	if err != nil {
		attrs = append(attrs, slog.String("code", string(faultOf(err).Code)))
	}
	a.log.LogAttrs(ctx, slog.LevelInfo, "request", attrs...)
}

// requestID takes the client's id where it is short and plain, else makes one.
func (a *API) requestID(r *http.Request) string {
	if given := r.Header["X-Request-Id"]; len(given) == 1 && isPlainID(given[0]) {
		return given[0]
	}
	buffer := append(make([]byte, 0, 24), a.idPrefix...)
	return string(strconv.AppendUint(buffer, a.requests.Add(1), 36))
}

func isPlainID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}
