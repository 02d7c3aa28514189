// Package data holds the files that every copy of the service carries: the
// first catalogue and the sample. It owns no rule and reads nothing into
// meaning; package catalog and the import do. README.md beside it says where
// each fact comes from.
package data

import (
	"embed"
	"io/fs"
	"path"
)

//go:embed catalog
var catalogFiles embed.FS

//go:embed feeds.csv
var feeds []byte

//go:embed area-currencies.csv
var areaCurrencies []byte

//go:embed rate-series.csv
var rateSeries []byte

//go:embed rate-areas.csv
var rateAreas []byte

//go:embed sample/*.csv
var sampleFiles embed.FS

// File is an embedded file, of the same type as the files that catalog.Read
// takes.
type File = struct {
	Name string
	Body []byte
}

// Catalog returns the files of the embedded catalogue in the order of their
// names, as catalog.Read takes them.
func Catalog() []File {
	var files []File
	for _, name := range names(catalogFiles, "catalog") {
		files = append(files, File{Name: path.Base(name), Body: read(catalogFiles, name)})
	}
	return files
}

// Feeds returns the table of the feeds of exchange rates, as CSV with a header:
// code, name, averaging ("published" where the feed prints averages of its
// own), zone, hour of publication there, rank (the lowest is preferred),
// source, url, base (the currency in which it quotes everything), fetch (the
// address of the file that it publishes).
func Feeds() []byte { return feeds }

// AreaCurrencies returns the table of the currencies of areas, as CSV with a
// header: area, currency, from, to, factor_to_next, source. Package fx reads it.
func AreaCurrencies() []byte { return areaCurrencies }

// RateSeries returns the table of the series of the Federal Reserve's releases
// H.10 and G.5, as CSV with a header: series (the end of its name), base, quote,
// source.
func RateSeries() []byte { return rateSeries }

// RateAreas returns the table of the money that the areas in a feed's files are
// quoted in, as CSV with a header: feed, area (as the files write it),
// currency, from and to (years, empty: no bound), taken (yes, or no where
// another area of the same money is taken), source.
func RateAreas() []byte { return rateAreas }

// Sample returns the sample: one tidy CSV file for each publication date,
// named by it (2012-07-30.csv), and rates.csv.
func Sample() fs.FS {
	sub, err := fs.Sub(sampleFiles, "sample")
	if err != nil {
		panic("the embedded sample: " + err.Error())
	}
	return sub
}

func names(files embed.FS, directory string) []string {
	entries, err := files.ReadDir(directory)
	if err != nil {
		panic("the embedded " + directory + ": " + err.Error())
	}
	var found []string
	for _, entry := range entries {
		found = append(found, path.Join(directory, entry.Name()))
	}
	return found
}

// read returns an embedded file. That it is there was settled when the program
// was built.
func read(files embed.FS, name string) []byte {
	body, err := files.ReadFile(name)
	if err != nil {
		panic("the embedded " + name + ": " + err.Error())
	}
	return body
}
