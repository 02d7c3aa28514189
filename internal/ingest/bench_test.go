package ingest_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/migrations"
)

const benchRows = 100_000

// bigFile writes a tidy file: months of many series, a level and a growth now
// and then.
func bigFile(b testing.TB, rows int) ingest.File {
	b.Helper()
	name := filepath.Join(b.TempDir(), "big.csv")
	file, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "indicator,area,period,value,unit,multiplier,adjustment,scenario,price_basis,published,source,source_url,note")
	areas := words(b).Areas()
	bases := []string{"", "real-2010", "real-2015", "chained-2015"}
	perSeries := max(200, rows/5000)
	for i := range rows {
		series, month := i/perSeries, i%perSeries
		fmt.Fprintf(w, "gdp,%s,%d-%02d,%d.%d,CNY,9,%s,,%s,2018-02-22,Office,https://example.org/,\n",
			areas[series%len(areas)].Code, 1900+month/12, 1+month%12, 100+i%900, i%10,
			[]string{"", "sa", "ca", "sca", "tc"}[series/len(areas)%5], bases[series/len(areas)/5%4])
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return ingest.File{Name: "big.csv", Open: func() (io.ReadCloser, error) { return os.Open(name) }}
}

// BenchmarkRead is both readings of a file without a store.
func BenchmarkRead(b *testing.B) {
	file, labels := bigFile(b, benchRows), words(b)
	b.ReportAllocs()
	for b.Loop() {
		report, err := ingest.Read(b.Context(), file, ingest.Reading{Labels: labels, Moment: ingest.Moment{Now: now, Zone: shanghai(b)}},
			func(ingest.Statement) error { return nil })
		if err != nil || report.Verdict != ingest.Accept {
			b.Fatalf("Read: %v, %v", err, report.Errors)
		}
	}
	b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkImport is a whole import of fresh keys.
func BenchmarkImport(b *testing.B) {
	for _, engine := range testdb.Engines(b) {
		b.Run(string(engine), func(b *testing.B) { benchmarkImport(b, engine) })
	}
}

func benchmarkImport(b *testing.B, engine migrations.Engine) {
	file := bigFile(b, benchRows)
	for b.Loop() {
		b.StopTimer()
		d := &desk{TB: b}
		s, err := store.Create(b.Context(), store.Options{DSN: testdb.New(b, engine).DSN, Clock: d.clock}, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, words(b))
		if err != nil {
			b.Fatal(err)
		}
		service := ingest.New(s, d.clock, ingest.Limits{})
		b.StartTimer()
		if _, err := service.Import(b.Context(), ingest.Request{File: file, Publish: ingest.Publish{Now: true}}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
