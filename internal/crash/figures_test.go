package crash

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bellwether/data"
	"bellwether/internal/catalog"
)

// smallFile is the import that is acknowledged before anything crashes.
const smallFile = `indicator,area,period,value,unit,multiplier,growth_reported,growth_comparison,published,source,note
trade,cn-cq-lj,2013-01-01/P9M,20.223,USD,9,20.0,yoy,2013-11-04,Customs,
imports,cn-cq-lj,2013-01-01/P9M,6.903,USD,9,75.8,yoy,2013-11-04,Customs,"printed as 6,903"
exports,cn-cq-lj,2013-01-01/P9M,13.320,USD,9,3.1,yoy,2013-11-04,Customs,
exports,cn-cq-lj,2013-01-01/P9M,13.3,USD,9,,,2014-02-22,Achievements,
`

// measures are the series that the large file has of each area. The small file
// has none of them.
var measures = []struct{ indicator, unit string }{
	{"gdp", "CNY"}, {"gdp", "USD"},
	{"industrial-output", "CNY"}, {"industrial-output", "USD"},
	{"fixed-investment", "CNY"}, {"fixed-investment", "USD"},
	{"fiscal-revenue", "CNY"}, {"fiscal-revenue", "USD"},
	{"population", "persons"},
}

// writeFile writes a file of its own for the test and returns its path.
func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// writeLargeFile writes a tidy file of so many series, each with so many
// months from January 2000, and returns its path. It is the same file each
// time.
func writeLargeFile(t *testing.T, series, months int) string {
	t.Helper()
	words, err := catalog.Read(data.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "large.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<16)
	fmt.Fprintln(out, "indicator,area,period,value,unit,multiplier,published,source")
	written := 0
	for _, area := range words.Areas() {
		for _, of := range measures {
			if written < series {
				writeSeries(out, of.indicator+","+area.Code, of.unit, written, months)
				written++
			}
		}
	}
	if written < series {
		t.Fatalf("the catalogue has areas for %d series, want %d", written, series)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// writeSeries writes the months of one series.
func writeSeries(out *bufio.Writer, identity, unit string, number, months int) {
	for m := range months {
		tenths := 10_000 + (number*7_919+m*m*31+m*104_729)%9_000_000
		fmt.Fprintf(out, "%s,%d-%02d,%d.%d,%s,6,2021-01-15,Generated figures\n",
			identity, 2000+m/12, 1+m%12, tenths/10, tenths%10, unit)
	}
}
