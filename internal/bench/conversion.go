package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
)

// conversion is a question for figures in another currency.
type conversion struct {
	name      string
	question  string // behind the address
	subject   string
	averaging string // of every rate that it takes
}

// The conversions whose cost is measured; never changed. The figures are in
// yuan and by months.
var conversions = []conversion{
	{"conversion", "?currency=USD", "in dollars at published averages", "published"},
	{"conversion, fixings", "?currency=EUR", "in euro at means of fixings", "daily_fixings"},
	{"conversion, cross", "?currency=USD&fx_source=ecb", "in dollars at means of daily crosses through the euro", "daily_fixings"},
}

// The goals of a conversion: it adds at most a tenth to an answer that is made
// anew, and nothing to one that is kept, which is as near to constant bytes as
// a kept answer without a conversion.
const (
	goalConverted     = "0.91"
	goalKeptConverted = "0.95"
)

// converting measures what a conversion costs: answers that are made anew, one
// series after the other, against the same without one, and a kept answer in
// another currency against Echo with constant bytes. The rates of the euro are there
// for 27 years and 41 currencies.
func (b *bench) converting(ctx context.Context, s *shelf) ([]ratio, error) {
	fresh, err := handler(s.App, 0)
	if err != nil {
		return nil, err
	}
	kept, err := handler(s.App, cacheBytes)
	if err != nil {
		return nil, err
	}
	plain, err := newRotation(fresh, s, "")
	if err != nil {
		return nil, err
	}
	contenders := []contender{short("plain", plain.ask)}
	for _, c := range conversions {
		r, err := newRotation(fresh, s, c.question)
		if err != nil {
			return nil, err
		}
		if err := r.convertsAll(c); err != nil {
			return nil, err
		}
		contenders = append(contenders, short(c.name, r.ask))
	}
	last := conversions[len(conversions)-1]
	hot, err := hotContenders(kept, s.uri(0)+last.question, func(h http.Handler, a ask) (door, error) { return newInProcess(h, a) })
	if err != nil {
		return nil, err
	}
	took, err := race(ctx, b.rounds, b.slice, append(contenders, hot...))
	if err != nil {
		return nil, err
	}
	var found []ratio
	for _, c := range conversions {
		found = append(found, newRatio(ratio{
			Name: c.name, Engine: s.engine, Way: "in process", Subject: "answer made anew, " + c.subject,
			Baseline: "answer made anew", Goal: goalConverted,
		}, took[c.name], took["plain"]))
	}
	return append(found, newRatio(ratio{
		Name: "hot, converted", Engine: s.engine, Way: "in process", Subject: "kept answer, " + last.subject,
		Baseline: "Echo, constant bytes", Goal: goalKeptConverted,
	}, took["hot"], took["echo"])), nil
}

// convertsAll makes sure that every figure is converted, as it should be.
func (r *rotation) convertsAll(c conversion) error {
	if err := r.ask(); err != nil {
		return err
	}
	answer := r.answer()
	if bytes.Contains(answer, []byte(`"value":null`)) || !bytes.Contains(answer, []byte(`"fx_rate":`)) {
		return fmt.Errorf("the answer to %q has figures that are not converted: %.600s", c.question, answer)
	}
	for _, rest := range bytes.Split(answer, []byte(`"averaging":"`))[1:] {
		if !bytes.HasPrefix(rest, []byte(c.averaging)) {
			return fmt.Errorf("the answer to %q has a rate that is not of %s", c.question, c.averaging)
		}
	}
	return nil
}
