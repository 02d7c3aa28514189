package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"bellwether/internal/cli"
	"bellwether/internal/testdb"
)

// programWord, as the first word of the test's binary, makes it the service's
// program, so that the test needs no other one.
const programWord = "bellwether"

func TestMain(m *testing.M) {
	if len(os.Args) > 2 {
		switch os.Args[1] {
		case measureWord:
			os.Exit(measure(os.Args[2:], os.Stdout, os.Stderr))
		case programWord:
			os.Exit(cli.Main(os.Args[2:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		}
	}
	os.Exit(m.Run())
}

func TestATinyRunGivesEveryRatio(t *testing.T) {
	var names []string
	for _, engine := range testdb.Engines(t) {
		names = append(names, string(engine))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{
		engines: strings.Join(names, ","), rounds: 1, slice: time.Microsecond, large: true,
		euro:    history{first: "2018-06-25", days: 700},
		program: []string{self, programWord}, log: io.Discard,
	}
	if b.figures, err = newFigures(shape{series: 16, months: 30}); err != nil {
		t.Fatal(err)
	}
	found, err := b.measure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]bool{}
	for _, r := range found.Ratios {
		given[r.Engine+" "+r.Name+" "+r.Way] = true
		if r.Speed.Median <= 0 || r.Took.Median <= 0 || r.Beside.Median <= 0 || r.Baseline == "" {
			t.Errorf("%s on %s: %+v, want a speed and two times above 0", r.Name, r.Engine, r)
		}
	}
	for _, name := range names {
		for _, want := range []string{
			"hot in process", "precompressed in process", "not modified in process",
			"hot loopback", "precompressed loopback", "not modified loopback",
			"cold in process", "conversion in process", "conversion, fixings in process",
			"conversion, cross in process", "hot, converted in process", "as of a day in process", "every version in process",
			"quarters in process", "growth in process", "checks in process", "import own process", "import, no rules own process",
		} {
			if !given[name+" "+want] {
				t.Errorf("there is no ratio %q on %s", want, name)
			}
		}
	}
	if len(found.Peaks) != 2*len(names) {
		t.Errorf("there are %d peaks of memory, want that of an import and of a large one on each engine", len(found.Peaks))
	}
	for _, p := range found.Peaks {
		if p.Bytes.Median < 1<<20 {
			t.Errorf("an import of %d rows took %d bytes", p.Rows, p.Bytes.Median)
		}
	}
	checkWritten(t, found)
}

// checkWritten reads what is written of a result.
func checkWritten(t *testing.T, found *result) {
	t.Helper()
	var document, table bytes.Buffer
	if err := found.writeJSON(&document); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Ratios []struct {
			Name  string
			Speed struct{ Median, Min, Max json.Number }
		}
	}
	if err := json.Unmarshal(document.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if err := found.writeText(&table); err != nil {
		t.Fatal(err)
	}
	for i, r := range read.Ratios {
		if want := found.Ratios[i].Speed.Median.String(); r.Speed.Median.String() != want || !strings.Contains(table.String(), want) {
			t.Errorf("%s is %s in the document, want %s there and in the table:\n%s", r.Name, r.Speed.Median, want, table.String())
		}
	}
}

func TestWordsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, words := range []string{"-rounds 0", "-rounds x", "more", "-program nowhere", "-only nothing", "-unknown"} {
		if err := command(t.Context(), strings.Fields(words), io.Discard, io.Discard); err == nil {
			t.Errorf("bench %s was run", words)
		}
	}
}
