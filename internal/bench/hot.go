package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

// opener opens a door to a handler.
type opener func(http.Handler, ask) (door, error)

// hot measures answers that are kept: whole, compressed and unchanged, each
// against Echo with a handler that writes the bytes of the whole answer from
// memory. It asks in process and over the loopback interface.
func (b *bench) hot(ctx context.Context, s *shelf) ([]ratio, error) {
	kept, err := handler(s.App, cacheBytes)
	if err != nil {
		return nil, err
	}
	var servers []*served
	defer func() {
		for _, server := range servers {
			server.close()
		}
	}()
	var ratios []ratio
	for _, way := range []struct {
		name string
		open opener
	}{
		{"in process", func(h http.Handler, a ask) (door, error) { return newInProcess(h, a) }},
		{"loopback", func(h http.Handler, a ask) (door, error) {
			server, err := serve(h)
			if err != nil {
				return nil, err
			}
			servers = append(servers, server)
			return server.door(a)
		}},
	} {
		contenders, err := hotContenders(kept, s.uri(0), way.open)
		if err != nil {
			return nil, err
		}
		took, err := race(ctx, b.rounds, b.slice, contenders)
		if err != nil {
			return nil, err
		}
		for _, of := range []struct{ name, goal string }{{"hot", "0.95"}, {"precompressed", "1.8"}, {"not modified", "2.0"}} {
			ratios = append(ratios, newRatio(ratio{
				Name: of.name, Engine: s.engine, Way: way.name, Subject: "kept answer, " + of.name,
				Baseline: "Echo, constant bytes", Goal: of.goal,
			}, took[of.name], took["echo"]))
		}
	}
	return ratios, nil
}

// hotContenders opens the doors and makes sure that they give what they should.
func hotContenders(kept http.Handler, uri string, open opener) ([]contender, error) {
	first, err := newInProcess(kept, ask{uri: uri, status: http.StatusOK})
	if err != nil {
		return nil, err
	}
	if err := first.ask(); err != nil {
		return nil, err
	}
	whole, tag := bytes.Clone(first.answer()), first.writer.header.Get("ETag")
	var contenders []contender
	for _, of := range []struct {
		name    string
		handler http.Handler
		ask     ask
		right   func([]byte) error
	}{
		{"echo", constant(whole), ask{uri: uri, status: http.StatusOK}, equal(whole)},
		{"hot", kept, ask{uri: uri, status: http.StatusOK}, equal(whole)},
		{"precompressed", kept, ask{uri: uri, status: http.StatusOK, header: map[string]string{"Accept-Encoding": "gzip"}}, zipped(whole)},
		{"not modified", kept, ask{uri: uri, status: http.StatusNotModified, header: map[string]string{"If-None-Match": tag}}, equal(nil)},
	} {
		d, err := open(of.handler, of.ask)
		if err != nil {
			return nil, err
		}
		if err := d.ask(); err != nil {
			return nil, err
		}
		if err := of.right(d.answer()); err != nil {
			return nil, fmt.Errorf("%s: %w", of.name, err)
		}
		contenders = append(contenders, short(of.name, d.ask))
	}
	return contenders, nil
}

// constant is Echo with one route, whose handler writes bytes from memory.
func constant(body []byte) http.Handler {
	e := echo.New()
	length := strconv.Itoa(len(body))
	e.GET("/v1/series/:series/observations", func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderContentLength, length)
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, body)
	})
	return e
}

func equal(want []byte) func([]byte) error {
	return func(got []byte) error {
		if !bytes.Equal(got, want) {
			return fmt.Errorf("the answer has %d bytes that are not the %d bytes expected", len(got), len(want))
		}
		return nil
	}
}

func zipped(want []byte) func([]byte) error {
	return func(got []byte) error {
		r, err := gzip.NewReader(bytes.NewReader(got))
		if err != nil {
			return err
		}
		plain, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		return equal(want)(plain)
	}
}
