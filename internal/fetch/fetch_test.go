package fetch_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fetch"
)

func ExampleGet() {
	publisher := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "Date,USD,\n2020-12-31,1.2271,\n")
	}))
	defer publisher.Close()
	var file bytes.Buffer
	_, changed, err := fetch.Get(context.Background(), fetch.Request{URL: publisher.URL}, &file)
	fmt.Println(changed, err)
	fmt.Print(file.String())
	// Output:
	// true <nil>
	// Date,USD,
	// 2020-12-31,1.2271,
}

// publisher answers as its path says.
func publisher(t *testing.T) *httptest.Server {
	t.Helper()
	stop := make(chan struct{})
	mux := http.NewServeMux()
	text := strings.NewReader("rates")
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "rates.csv", time.Date(2020, 12, 31, 15, 0, 0, 0, time.UTC), text)
	})
	mux.HandleFunc("/tagged", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `W/"two"`)
		http.ServeContent(w, r, "rates.csv", time.Time{}, text)
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "rates")
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 101)) })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		drop := time.NewTicker(time.Millisecond)
		defer drop.Stop()
		for {
			select {
			case <-r.Context().Done():
				return
			case <-drop.C:
				io.WriteString(w, ",")
				w.(http.Flusher).Flush()
			}
		}
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "rates")
	})
	mux.HandleFunc("/unsaid", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		io.WriteString(w, "\n<!DOCTYPE html><p>we moved")
	})
	mux.HandleFunc("/empty", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<p>we moved")
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	mux.HandleFunc("/same", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) })
	for from, to := range map[string]string{"/moved": "/file", "/round": "/round", "/elsewhere": "ftp://127.0.0.1/file", "/local": "file:///etc/hostname", "/unencrypted": "http://192.0.2.1/file"} {
		mux.HandleFunc(from, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(func() { close(stop); server.Close() })
	return server
}

func TestGet(t *testing.T) {
	server := publisher(t)
	newest := time.Date(2020, 12, 31, 15, 0, 0, 0, time.UTC)
	dated := fetch.Mark{Modified: newest.Format(http.TimeFormat)}
	for _, test := range []struct {
		path    string
		known   fetch.Mark
		changed bool
		mark    fetch.Mark
		want    string
		says    string
	}{
		{path: "/file", changed: true, mark: dated, want: "rates"},
		{path: "/moved", changed: true, mark: dated, want: "rates"},
		{path: "/file", known: fetch.Mark{Modified: newest.Add(-time.Second).Format(http.TimeFormat)}, changed: true, mark: dated, want: "rates"},
		{path: "/file", known: dated, mark: dated},
		{path: "/moved", known: dated, mark: dated},
		{path: "/tagged", changed: true, mark: fetch.Mark{ETag: `W/"two"`}, want: "rates"},
		{path: "/tagged", known: fetch.Mark{ETag: `W/"one"`, Modified: dated.Modified}, changed: true, mark: fetch.Mark{ETag: `W/"two"`}, want: "rates"},
		{path: "/tagged", known: fetch.Mark{ETag: `W/"two"`}, mark: fetch.Mark{ETag: `W/"two"`}},
		{path: "/same", says: "answers 304"},
		{path: "/short", says: "broke off"},
		{path: "/huge", says: "101 bytes"},
		{path: "/endless", says: "more than 100 bytes"},
		{path: "/slow", says: "does not answer"},
		{path: "/drip", says: "broke off"},
		{path: "/packed", says: "an encoding that was not asked for"},
		{path: "/empty", says: "empty file"},
		{path: "/page", says: "a page and no file"},
		{path: "/unsaid", says: "a page and no file"},
		{path: "/broken", says: "answers 500"},
		{path: "/nowhere", says: "answers 404"},
		{path: "/round", says: "does not answer"},
		{path: "/elsewhere", says: "does not answer"},
		{path: "/local", says: "does not answer"},
		{path: "/unencrypted", says: "does not answer"},
	} {
		request := fetch.Request{URL: server.URL + test.path, Known: test.known, Bytes: 100, Timeout: time.Minute}
		switch test.path {
		case "/drip":
			request.Bytes, request.Timeout = 1<<20, 50*time.Millisecond
		case "/slow":
			request.Timeout = 50 * time.Millisecond
		}
		var file bytes.Buffer
		mark, changed, err := fetch.Get(t.Context(), request, &file)
		if test.says != "" {
			if fault.CodeOf(err) != fault.FetchFailed || !strings.Contains(fault.From(err).Detail, test.says) {
				t.Errorf("Get(%s) = %v, want %s that says %q", test.path, err, fault.FetchFailed, test.says)
			}
			continue
		}
		if mark != test.mark || changed != test.changed || file.String() != test.want || err != nil {
			t.Errorf("Get(%s, known %v) = %v, %v, %v and %q; want %v, %v and %q", test.path, test.known, mark, changed, err, file.String(), test.mark, test.changed, test.want)
		}
	}
}

func TestGetRefusesAddresses(t *testing.T) {
	for _, address := range []string{"", "rates.csv", "file:///etc/hostname", "ftp://127.0.0.1/a", "https://", "://",
		"http://example.org/a", "http://10.0.0.1/a", "https://user:secret@example.org/a"} {
		if _, _, err := fetch.Get(t.Context(), fetch.Request{URL: address}, io.Discard); fault.CodeOf(err) != fault.FetchFailed || fault.KindOf(err) != fault.Invalid || strings.Contains(err.Error(), "secret") {
			t.Errorf("Get(%q) = %v, want %s", address, err, fault.FetchFailed)
		}
	}
}
