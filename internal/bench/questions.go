package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
)

// costly is a question that asks more of the figures of a series than what
// stands, or of an area.
type costly struct {
	name     string
	question string // behind the address
	subject  string
	shows    string // what is in the answer where it did what was asked
}

// The questions whose cost is measured; never changed.
var costlies = []costly{
	{"as of a day", "?as_of=2021-01-31", "answer as of a day", `"as_of":"2021-01-31"`},
	{"every version", "?vintage=all", "answer with every version", `"published_at":`},
	{"quarters", "?frequency=Q", "answer with quarters that follow from months", `"derived"`},
	{"growth", "?transform=yoy", "answer as growth on a year earlier", `"base":"20`},
}

// questions measures what further questions cost, each against the plain answer
// of the same series made anew, and the checks of an area against its rows.
func (b *bench) questions(ctx context.Context, s *shelf) ([]ratio, error) {
	fresh, err := handler(s.App, 0)
	if err != nil {
		return nil, err
	}
	var contenders []contender
	add := func(name string, r *rotation, shows string) error {
		if err := r.ask(); err != nil {
			return err
		}
		if !bytes.Contains(r.answer(), []byte(shows)) {
			return fmt.Errorf("the answer to %q has no %s", name, shows)
		}
		contenders = append(contenders, short(name, r.ask))
		return nil
	}
	for _, c := range append([]costly{{name: "plain", shows: `"observations":`}}, costlies...) {
		r, err := newRotation(fresh, s, c.question)
		if err != nil {
			return nil, err
		}
		if err := add(c.name, r, c.shows); err != nil {
			return nil, err
		}
	}
	for _, of := range []struct{ name, path string }{
		{"rows of an area", "/v1/observations.csv"}, {"checks of an area", "/v1/checks.csv"},
	} {
		r, err := newAreas(fresh, s, of.path)
		if err != nil {
			return nil, err
		}
		if err := add(of.name, r, "series"); err != nil {
			return nil, err
		}
	}
	took, err := race(ctx, b.rounds, b.slice, contenders)
	if err != nil {
		return nil, err
	}
	var found []ratio
	for _, c := range costlies {
		found = append(found, newRatio(ratio{
			Name: c.name, Engine: s.engine, Way: "in process", Subject: c.subject, Baseline: "answer made anew",
		}, took[c.name], took["plain"]))
	}
	return append(found, newRatio(ratio{
		Name: "checks", Engine: s.engine, Way: "in process", Subject: "checks of an area", Baseline: "rows of the area, made anew",
	}, took["checks of an area"], took["rows of an area"])), nil
}

// newAreas asks for one area after the other.
func newAreas(h http.Handler, s *shelf, path string) (*rotation, error) {
	r := &rotation{}
	known := map[string]bool{}
	for _, of := range s.figures.identities {
		if known[of.area] {
			continue
		}
		known[of.area] = true
		one, err := newInProcess(h, ask{uri: path + "?area=" + of.area, status: http.StatusOK})
		if err != nil {
			return nil, err
		}
		r.inProcess = *one
		r.requests = append(r.requests, one.request)
	}
	return r, nil
}
