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

	"bellwether/internal/apikey"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// statusGone is what the log says of a client that left before its answer.
const statusGone = 499

// visit is one request on its way: who asks, and what the log will say.
type visit struct {
	echo.Context
	route  *route
	id     string   // the client's, or one of our own where somebody may ask for it
	caller *obs.Key // nil: no key
	began  time.Time
}

// around wraps a handler with what every request gets: an id, the headers for
// scripts of any site, a problem document for an error, one line in the log.
func (a *API) around(rt *route, serve func(*visit) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := &visit{Context: c, route: rt, began: a.clock()}
		h := c.Response().Header()
		if given := c.Request().Header["X-Request-Id"]; len(given) == 1 && isPlainID(given[0]) && apikey.Mask(given[0]) == given[0] {
			v.id = given[0]
			h["X-Request-Id"] = given
		}
		h["Access-Control-Allow-Origin"] = anyOrigin
		h["Access-Control-Expose-Headers"] = rt.exposes()
		err := a.guard(v, serve)
		if err != nil {
			a.identify(v)
			a.fail(v, err)
		}
		a.observe(v, err)
		return nil
	}
}

// guard turns a panic into an error. A request that is broken off on purpose
// stays a panic, for the server.
func (a *API) guard(v *visit, serve func(*visit) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = defect(r)
		}
	}()
	return serve(v)
}

// defect makes an error of what recover returned, with its stack for the log.
func defect(r any) error {
	if r == http.ErrAbortHandler {
		panic(r)
	}
	return fmt.Errorf("panic: %v\n%s", r, debug.Stack())
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
		a.log.LogAttrs(r.Context(), slog.LevelError, "internal error", slog.String("id", v.id), slog.String("path", apikey.Mask(r.URL.Path)), slog.Any("error", err))
	case fault.Unavailable:
		a.log.LogAttrs(r.Context(), slog.LevelWarn, "unavailable", slog.String("id", v.id), slog.Any("error", err))
	}
	if w.Committed {
		panic(http.ErrAbortHandler)
	}
	a.writeProblem(w, err, languageOf(r))
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
	a.identify(v)
	r := v.Request()
	attrs := []slog.Attr{
		slog.String("id", v.id), slog.String("method", r.Method), slog.String("path", apikey.Mask(r.URL.Path)),
		slog.String("query", fault.Clip(apikey.Mask(r.URL.RawQuery))), slog.Int("status", status),
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

// identify gives a request without an id one of our own: in the log, and where
// the answer is a problem also in its header.
func (a *API) identify(v *visit) {
	if v.id != "" {
		return
	}
	buffer := append(make([]byte, 0, 24), a.idPrefix...)
	v.id = string(strconv.AppendUint(buffer, a.requests.Add(1), 36))
	if w := v.Response(); !w.Committed {
		w.Header()["X-Request-Id"] = []string{v.id}
	}
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
