package app

import (
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// What the sample's figures are stated in.
const (
	sampleZone     = "Asia/Shanghai"
	sampleCurrency = "CNY"
)

// Catalog reads the catalogue that the binary carries.
func Catalog() (*catalog.Catalog, error) { return catalog.Read(data.Catalog()) }

// CreateSample opens the database and makes it when it is not there, with the
// sample's office where the configuration names none.
func CreateSample(ctx context.Context, config Config, tools Tools) (*App, error) {
	a, err := Open(ctx, config, tools)
	if fault.CodeOf(err) != fault.DatabaseNotCreated {
		return a, err
	}
	return Create(ctx, config.forSample(), tools)
}

func (c Config) forSample() Config {
	if c.Office.Timezone == "" {
		c.Office.Timezone = sampleZone
	}
	if c.Office.Currency == "" {
		c.Office.Currency = sampleCurrency
	}
	return c
}

// SampleFiles lists the sample's files in the order in which they were
// published, the rates first.
func SampleFiles() ([]ingest.File, error) {
	names, err := fs.Glob(data.Sample(), "*.csv")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(names, func(a, b string) int {
		return strings.Compare(sampleOrder(a), sampleOrder(b))
	})
	files := make([]ingest.File, len(names))
	for i, name := range names {
		files[i] = ingest.File{Name: path.Base(name), Open: func() (io.ReadCloser, error) { return data.Sample().Open(name) }}
	}
	return files, nil
}

// sampleOrder puts names that are no date before those that are.
func sampleOrder(name string) string {
	if name[0] >= '0' && name[0] <= '9' {
		return name
	}
	return " " + name
}

// LoadSample imports the sample through the same import as any file and
// returns how many files were new. A load that was broken off goes on where it
// stopped; a database that holds anything else is a fault.
func (a *App) LoadSample(ctx context.Context, progress func(done, total int)) (int, error) {
	files, err := SampleFiles()
	if err != nil {
		return 0, err
	}
	if err := a.holdsOnly(ctx, files); err != nil {
		return 0, err
	}
	loaded := 0
	for i, file := range files {
		result, err := a.Ingest.Import(ctx, ingest.Request{
			File: file, By: obs.Sample, Message: "sample " + file.Name, Publish: ingest.Publish{Now: true},
		})
		if err != nil {
			return loaded, err
		}
		if !result.NoOp {
			loaded++
		}
		progress(i+1, len(files))
	}
	return loaded, nil
}

// holdsOnly refuses a database in which another file was imported.
func (a *App) holdsOnly(ctx context.Context, files []ingest.File) error {
	imports, err := a.Store.Imports(ctx, len(files)+1, "")
	if err != nil {
		return err
	}
	for _, one := range imports {
		known := slices.ContainsFunc(files, func(f ingest.File) bool { return f.Name == one.Name })
		if !known || one.By != obs.Sample {
			return fault.New(fault.Conflict, fault.SampleRefused, "the database already holds %q", one.Name).
				Expect("load the sample into an empty database: --database sqlite:NEW.db")
		}
	}
	return nil
}
