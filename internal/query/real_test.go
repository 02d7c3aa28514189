package query_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/internal/encode"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
)

// fill publishes everything that stands on a shelf in a database, one revision
// for each day of publication, oldest first, and opens it.
func fill(t *testing.T, db testdb.DB, s *shelf) *store.Store {
	t.Helper()
	real, err := store.Create(t.Context(), store.Options{DSN: db.DSN, Clock: clock}, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, s.words)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := real.Close(); err != nil {
			t.Error(err)
		}
	})
	var days []time.Time
	for _, v := range s.versions {
		if !slices.ContainsFunc(days, v.Published.Equal) {
			days = append(days, v.Published)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	for _, day := range days {
		body := "figures of " + day.String()
		_, err := real.Publish(t.Context(), obs.Release{Upload: uploadOf(body), By: "clerk"}, strings.NewReader(body), func(put func(obs.Entry) error) error {
			for _, v := range s.versions {
				if v.Published.Equal(day) {
					if err := put(obs.Entry{Key: v.Series.Key, Observation: v.Observation}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	body := "rates"
	_, err = real.PublishRates(t.Context(), obs.Release{Upload: uploadOf(body), By: "clerk"}, strings.NewReader(body), func(put func(fx.Rate) error) error {
		for _, r := range s.rates {
			if err := put(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return real
}

func uploadOf(body string) obs.Upload {
	sum := sha256.Sum256([]byte(body))
	return obs.Upload{Name: "file.csv", By: "clerk", SHA256: hex.EncodeToString(sum[:]), Size: int64(len(body)), Profile: "tidy", Dataset: "main"}
}

// TestDatabasesAnswerLikeTheShelf asks the sample in a database of every
// engine, and in memory, the same questions.
func TestDatabasesAnswerLikeTheShelf(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		s := sampleShelf(t)
		inMemory, inDatabase := query.New(s, clock), query.New(fill(t, db, s), clock)
		dollars := query.View{Currencies: []string{"USD"}}
		for _, asOf := range []string{"", "2012-12-31", "2013-12-31", "2014-03-01T00:00:00+08:00"} {
			for _, q := range []query.Question{
				{Filter: everything()},
				{Filter: everything(), View: dollars},
				{Filter: query.Filter{Indicators: []string{"gdp"}}, Range: query.Range{Latest: 2}},
				{Filter: query.Filter{Areas: []string{"cn-cq-lj"}}, Range: nineMonths()},
				{Range: query.Range{Start: day("2013-01-01"), Accumulation: query.YTD}},
				{Filter: everything(), Range: quarters(), View: dollars},
				{Range: toDate("M")},
				{Range: query.Range{Frequency: "Q", Latest: 2}, Transform: "yoy"},
			} {
				want, got := rowsOf(t, inMemory, asOf, q), rowsOf(t, inDatabase, asOf, q)
				if want != got {
					t.Errorf("as of %q %+v:\n%s\nin the database:\n%s", asOf, q, want, got)
				}
			}
			for code := range s.series {
				if want, got := seriesOf(inMemory, asOf, code), seriesOf(inDatabase, asOf, code); want != got {
					t.Errorf("%s as of %q:\n%s\nin the database:\n%s", code, asOf, want, got)
				}
			}
		}
		if want, got := exportOf(t, inMemory), exportOf(t, inDatabase); want != got {
			t.Errorf("export:\n%s\nof the database:\n%s", want, got)
		}
	})
}

// comparable are the columns that do not belong to a database.
func comparable() []string {
	return slices.DeleteFunc(encode.Columns(), func(name string) bool { return name == "revision" })
}

func rowsOf(t *testing.T, s *query.Service, asOf string, q query.Question) string {
	t.Helper()
	var out bytes.Buffer
	m, err := s.At(context.Background(), query.When{AsOf: asOf})
	if err == nil {
		err = s.Observations(context.Background(), m, q, encode.NewCSV(&out, encode.Options{Fields: comparable()}))
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// seriesOf returns the rows of a series, or why there are none.
func seriesOf(s *query.Service, asOf, code string) string {
	var out bytes.Buffer
	m, err := s.At(context.Background(), query.When{AsOf: asOf})
	if err == nil {
		err = s.Series(context.Background(), m, code, query.Question{}, encode.NewCSV(&out, encode.Options{Fields: comparable()}))
	}
	if err != nil {
		return err.Error()
	}
	return out.String()
}

func exportOf(t *testing.T, s *query.Service) string {
	t.Helper()
	var out bytes.Buffer
	m, err := s.At(context.Background(), query.When{})
	if err != nil {
		t.Fatal(err)
	}
	e := encode.NewExport(&out, encode.Options{})
	if err := s.Export(context.Background(), m, query.Filter{}, e.Version); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestExplanationsOfADatabase reads the explained number, the list of series
// and the public record of the sample.
func TestExplanationsOfADatabase(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		a := ask(t, fill(t, db, sampleShelf(t)))
		x, err := a.Explain(context.Background(), a.now(), "gdp.cn-cq-lj.cny", nineMonths().Periods[0], query.View{Currencies: []string{"USD"}})
		if err != nil {
			t.Fatal(err)
		}
		wantPaths(t, asJSON(t, x), map[string]string{
			"claims.0.check.class": "scope_or_revision", "claims.0.check.implied_prior": "102.151", "origin.line": "2",
			"converted.0.value": "19.25", "vintages.0.in_force": "true", "computed.value": "4.03",
		})
		list, err := a.List(context.Background(), a.now(), query.Filter{Text: "liangjiang"}, "en")
		if err != nil || len(list) == 0 {
			t.Errorf("List = %v, %v", list, err)
		}
		told := ""
		for next := ""; ; {
			m := a.at(query.When{Cursor: next})
			page, err := a.Revisions(context.Background(), m, next, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Revisions {
				d, err := a.Revision(context.Background(), a.now(), r.ID, "en", query.Page{})
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range d.Difference.Changes {
					if c.Series == "gdp.cn.cny" && c.Period == "2011" {
						told += fmt.Sprintf("%s %s %s %s; ", c.Kind, valueOf(c.From), valueOf(c.To), c.Percent)
					}
				}
			}
			if next = string(page.Next); next == "" {
				break
			}
		}
		if want := "revised 472882 473104 0.05; revised 471564 472882 0.28; new null 471564 ; "; !strings.HasSuffix(told, want) {
			t.Errorf("the record tells %s, want %s at the end", told, want)
		}
	})
}
