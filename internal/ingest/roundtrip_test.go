package ingest_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/encode"
	"bellwether/internal/figure"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// exported writes versions as an export does.
func exported(t rapid.TB, versions []obs.Version) string {
	t.Helper()
	var b bytes.Buffer
	e := encode.NewExport(&b, encode.Options{})
	for i := range versions {
		if err := e.Version(&versions[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// versions are the statements of a file as a store would hold them.
func versions(statements []ingest.Statement) []obs.Version {
	var all []obs.Version
	for _, s := range statements {
		all = append(all, obs.Version{Series: &obs.Series{Key: s.Key, Code: s.Code}, Observation: s.Observation})
	}
	return all
}

// TestExportComesBackTextForText exports texts that begin as formulas and
// apostrophes do, and reads them again, twice: neither the texts nor the bytes
// change.
func TestExportComesBackTextForText(t *testing.T) {
	claim, err := series.Parse("gdp.cn.cny.yoy")
	if err != nil {
		t.Fatal(err)
	}
	reading := ingest.Reading{Labels: words(t), Moment: ingest.Moment{Now: now, Zone: shanghai(t)}}
	rapid.Check(t, func(rt *rapid.T) {
		// What an import stores has no white space around it, but for a tab
		// that it read behind an apostrophe.
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.TrimRight(strings.TrimLeft(rapid.StringOf(rapid.RuneFrom([]rune("'=+-@\tab, \"\n年"))).Draw(t, "text"), " \n"), " \n\t")
		})
		told := obs.Version{Series: &obs.Series{Key: claim, Code: claim.Code()}, Observation: obs.Observation{
			Period: period.MustParse("2013"), Value: figure.MustParse("7.7", 0), Status: "A", Published: now.AddDate(-1, 0, 0),
			Text: text.Draw(rt, "growth"), Note: text.Draw(rt, "note"), Source: obs.Source{Name: text.Draw(rt, "source"), URL: "https://example.org/"},
		}}
		first := exported(rt, []obs.Version{told})
		var statements []ingest.Statement
		_, err := ingest.Read(t.Context(), fileOf("export.csv", first), reading, func(s ingest.Statement) error {
			statements = append(statements, s)
			return nil
		})
		if err != nil || len(statements) != 1 {
			rt.Fatalf("%d statements and %v from %q, want one", len(statements), err, first)
		}
		got := statements[0].Observation
		want := [3]string{told.Text, told.Note, told.Source.Name}
		if diff := cmp.Diff(want, [3]string{got.Text, got.Note, got.Source.Name}); diff != "" {
			rt.Errorf("growth, note and source (-exported +imported):\n%s", diff)
		}
		if second := exported(rt, versions(statements)); second != first {
			rt.Errorf("the second export is %q, the first %q", second, first)
		}
	})
}

func TestAnApostropheOfAFileThatIsNoExportStays(t *testing.T) {
	const row = ",2013,1,CNY,'=x,'-y,2014-01-20\n"
	for _, test := range []struct {
		name, text, note, source string
		settings                 ingest.Settings
	}{
		{name: "a file with a column of series", text: "series,period,value,unit,note,source,published\ngdp.cn.cny" + row, note: "=x", source: "-y"},
		{name: "a file without one", text: "indicator,area,period,value,unit,note,source,published\ngdp,cn" + row, note: "'=x", source: "'-y"},
		{name: "a constant", text: "series,period,value,published\ngdp.cn.cny,2013,1,2014-01-20\n", note: "'=x", source: "'-y",
			settings: ingest.Settings{Constants: map[string]string{"note": "'=x", "source": "'-y"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, statements := readText(t, test.text, test.settings)
			if len(statements) != 1 {
				t.Fatalf("%d statements, errors %v, want one", len(statements), errorsOf(report))
			}
			if got := statements[0]; got.Note != test.note || got.Source.Name != test.source {
				t.Errorf("note %q and source %q, want %q and %q", got.Note, got.Source.Name, test.note, test.source)
			}
		})
	}
}
