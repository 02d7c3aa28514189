package main

import (
	"context"
	"errors"
	"path/filepath"

	"bellwether/internal/app"
)

// shelf is a database full of figures, with the service over it.
type shelf struct {
	*app.App
	engine   string
	database *database
	figures  *figures
	euro     history
	money    []int // the series that are in a currency
	stop     context.CancelFunc
}

// newShelf imports the figures and the rates, as an office would.
func (b *bench) newShelf(ctx context.Context, e *engine) (*shelf, error) {
	d, err := e.blank(ctx)
	if err != nil {
		return nil, err
	}
	s := &shelf{engine: string(e.name), database: d, figures: b.figures, euro: b.euro, stop: func() {}}
	for i, of := range b.figures.identities {
		if of.unit == officeCurrency {
			s.money = append(s.money, i)
		}
	}
	if err := s.fill(ctx, b.dir); err != nil {
		return nil, errors.Join(err, s.close(ctx))
	}
	return s, nil
}

func (s *shelf) fill(ctx context.Context, dir string) (err error) {
	if s.App, err = open(ctx, s.database); err != nil {
		return err
	}
	watching, stop := context.WithCancel(ctx)
	s.stop = stop
	go s.Store.Watch(watching) //nolint:errcheck // it ends with the measurement
	rates := filepath.Join(dir, "rates.csv")
	if err := writeFile(rates, s.figures.writeRates); err != nil {
		return err
	}
	euro := filepath.Join(dir, "euro.csv")
	if err := writeFile(euro, s.euro.writeCSV); err != nil {
		return err
	}
	for _, of := range []struct{ path, feed string }{{figuresFile(dir), ""}, {rates, ""}, {euro, "ecb"}} {
		if err := publish(ctx, s.App, of.path, of.feed); err != nil {
			return err
		}
	}
	return s.database.analyze(ctx)
}

// figuresFile is where the tidy file of the figures is.
func figuresFile(dir string) string { return filepath.Join(dir, "figures.csv") }

// uri asks for the observations of a series.
func (s *shelf) uri(series int) string {
	return "/v1/series/" + s.figures.identities[series].code() + "/observations"
}

func (s *shelf) close(ctx context.Context) error {
	s.stop()
	var closing error
	if s.App != nil {
		closing = s.App.Close()
	}
	return errors.Join(closing, s.database.drop(ctx))
}
