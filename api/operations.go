package api

import (
	"context"
	"net/http"
	"time"

	"bellwether/internal/fault"
)

// readyTimeout is how long the database may take to say that it is there.
const readyTimeout = 2 * time.Second

var healthy = []byte("{\"status\":\"ok\"}\n")

func health(_ *API, v *visit, _ *question) error { return v.blob(inJSON.contentType(), healthy) }

// ready answers whether requests can be answered now.
func ready(a *API, v *visit, _ *question) error {
	ctx, cancel := context.WithTimeout(v.Request().Context(), readyTimeout)
	defer cancel()
	if err := a.store.Ping(ctx); err != nil {
		return fault.Wrap(err, fault.Unavailable, fault.NotReady, "the database does not answer")
	}
	return v.blob(inJSON.contentType(), healthy)
}

func serveMetrics(a *API, v *visit, _ *question) error {
	v.Response().Header()["Cache-Control"] = noStore
	a.metrics.handler().ServeHTTP(v.Response(), v.Request())
	return nil
}

// blob writes a body that no cache may keep.
func (v *visit) blob(contentType string, body []byte) error {
	return v.respond(http.StatusOK, contentType, body)
}

func (v *visit) respond(status int, contentType string, body []byte) error {
	v.Response().Header()["Cache-Control"] = noStore
	return v.Blob(status, contentType, body)
}
