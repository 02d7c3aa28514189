package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
)

// cold measures answers that are made anew, one series after the other: each
// against a bare loop that runs the same statement and appends the same rows
// to bytes.
func (b *bench) cold(ctx context.Context, s *shelf) ([]ratio, error) {
	fresh, err := handler(s.App, 0)
	if err != nil {
		return nil, err
	}
	plain, err := newRotation(fresh, s, "")
	if err != nil {
		return nil, err
	}
	bare, err := newBareLoop(ctx, s)
	if err != nil {
		return nil, err
	}
	defer bare.close()
	if err := sameRows(ctx, plain, bare); err != nil {
		return nil, err
	}
	took, err := race(ctx, b.rounds, b.slice, []contender{
		short("bare loop", func() error { return bare.ask(ctx) }),
		short("cold", plain.ask),
	})
	if err != nil {
		return nil, err
	}
	return []ratio{
		newRatio(ratio{
			Name: "cold", Engine: s.engine, Way: "in process", Subject: "answer made anew",
			Baseline: "bare loop, same statement and rows", Goal: "0.8",
		}, took["cold"], took["bare loop"]),
	}, nil
}

// stride is how far apart in the order of storage series are that are asked
// for one after the other. It divides no number of series.
const stride = 7919

// rotation is a door that asks for another series each time.
type rotation struct {
	inProcess
	requests []*http.Request
	next     int
}

func newRotation(h http.Handler, s *shelf, question string) (*rotation, error) {
	r := &rotation{}
	for _, series := range s.money {
		one, err := newInProcess(h, ask{uri: s.uri(series) + question, status: http.StatusOK})
		if err != nil {
			return nil, err
		}
		r.inProcess = *one
		r.requests = append(r.requests, one.request)
	}
	return r, nil
}

func (r *rotation) ask() error {
	r.request = r.requests[r.next]
	r.next = (r.next + stride) % len(r.requests)
	return r.inProcess.ask()
}

// sameRows makes sure that an answer and the bare loop give the same rows.
func sameRows(ctx context.Context, answers *rotation, bare *bareLoop) error {
	for range 3 {
		if err := answers.ask(); err != nil {
			return err
		}
		if err := bare.ask(ctx); err != nil {
			return err
		}
		_, rows, found := bytes.Cut(answers.answer(), []byte(`"observations":`))
		if !found || !bytes.HasPrefix(rows, bare.out) {
			return fmt.Errorf("the rows differ:\n%.600s\n%.600s", rows, bare.out)
		}
	}
	return nil
}
