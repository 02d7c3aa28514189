package ingest_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// now is the instant of the tests: noon of 1 March 2020 in Shanghai.
var now = time.Date(2020, 3, 1, 4, 0, 0, 0, time.UTC)

func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// words is the embedded catalogue with two dimensions of its own.
func words(t testing.TB) *catalog.Catalog {
	t.Helper()
	files := append(data.Catalog(), data.File{Name: "office.yaml", Body: []byte(`
datasets:
  - {code: chiefs, name: {en: Figures of the chiefs, zh: 主任数据集}, editors: [chief, chief of staff]}
dimensions:
  - {code: partner, name: {en: Partner, zh: 贸易伙伴}}
items:
  - {dimension: partner, code: us, name: {en: Partner USA, zh: 对美国}}
`)})
	c, err := catalog.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fileOf(name, text string) ingest.File {
	return ingest.File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// readText reads a text as the service would, without a store.
func readText(t testing.TB, text string, s ingest.Settings) (*ingest.Report, []ingest.Statement) {
	t.Helper()
	return readAt(t, text, s, ingest.Moment{Now: now, Zone: shanghai(t), Currency: "CNY"})
}

func readAt(t testing.TB, text string, s ingest.Settings, m ingest.Moment) (*ingest.Report, []ingest.Statement) {
	t.Helper()
	var all []ingest.Statement
	report, err := ingest.Read(t.Context(), fileOf("file.csv", text), ingest.Reading{Settings: s, Labels: words(t), Moment: m},
		func(s ingest.Statement) error {
			all = append(all, s)
			return nil
		})
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return report, all
}

// tell writes a statement in one line.
func tell(s ingest.Statement) string {
	value := s.Value.String()
	switch {
	case s.State == obs.Missing:
		value = "none (" + s.Reason + ")"
	case s.State == obs.Nil:
		value = "nil"
	case s.State == obs.BelowUnit:
		value = "below half of " + s.Value.String()
	case s.State == obs.InWords:
		value = fmt.Sprintf("in words %q", s.Text)
	}
	return fmt.Sprintf("%d %s %s %s %s", s.Line, s.Code, s.Period, value, s.Status)
}

func tellAll(statements []ingest.Statement) []string {
	told := []string{}
	for _, s := range statements {
		told = append(told, tell(s))
	}
	return told
}

// wantStatements reads a text that is to be accepted and compares what it
// states.
func wantStatements(t *testing.T, text string, s ingest.Settings, want []string) {
	t.Helper()
	report, statements := readText(t, text, s)
	if report.Verdict != ingest.Accept {
		t.Fatalf("verdict %s, errors %v, questions %+v; want accept", report.Verdict, errorsOf(report), report.Questions)
	}
	if diff := cmp.Diff(want, tellAll(statements)); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
}

// errorsOf writes the errors of a report in one line each.
func errorsOf(r *ingest.Report) []string {
	told := []string{}
	for _, f := range r.Errors {
		told = append(told, strings.Join(strings.Fields(fmt.Sprintf("%d %s %s %s", f.Line, f.Cell, f.Column, f.Code)), " "))
	}
	return told
}

func needsOf(r *ingest.Report) []string {
	needs := []string{}
	for _, q := range r.Questions {
		needs = append(needs, q.Need)
	}
	return needs
}
