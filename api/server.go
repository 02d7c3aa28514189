package api

import (
	"log/slog"
	"net/http"
	"time"
)

// Timeouts bound how long a connection may take. ReadTimeout counts for the
// whole body, so it is long enough for an upload.
type Timeouts struct {
	ReadHeader time.Duration
	Read       time.Duration
	Write      time.Duration
	Idle       time.Duration
}

const maxHeaderBytes = 64 << 10

// NewServer returns a server for a handler that no slow or idle connection can
// hold up. A zero timeout takes its default: 5 seconds for the header, 10
// minutes for the body and for the answer, 2 minutes idle.
func NewServer(handler http.Handler, t Timeouts, log *slog.Logger) *http.Server {
	s := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: orElse(t.ReadHeader, 5*time.Second),
		ReadTimeout:       orElse(t.Read, 10*time.Minute),
		WriteTimeout:      orElse(t.Write, 10*time.Minute),
		IdleTimeout:       orElse(t.Idle, 2*time.Minute),
		MaxHeaderBytes:    maxHeaderBytes,
	}
	if log != nil {
		s.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	}
	return s
}

func orElse(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}
