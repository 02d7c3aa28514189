package query_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// reported is a shelf of one series: pairs of a period and a value in billions,
// each published a day after the one before.
func reported(t testing.TB, code string, pairs ...string) *shelf {
	t.Helper()
	s := newShelf(t)
	s.state(code, pairs...)
	return s
}

func (s *shelf) state(code string, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		published := time.Date(2014, 1, 1+len(s.versions), 0, 0, 0, 0, time.UTC)
		s.put(code, obs.Observation{Period: period.MustParse(pairs[i]), Value: figure.MustParse(pairs[i+1], 9), Published: published})
	}
}

// derivations writes the rows of an answer: period, value, half-width and how it
// is derived, or the reason.
func derivations(p page) string {
	var list []string
	for _, r := range p.Observations {
		cells := []string{r.text("period")}
		for _, column := range []string{"value", "half_width", "reason", "derivation"} {
			if cell := r.text(column); cell != "" {
				cells = append(cells, cell)
			}
		}
		list = append(list, strings.Join(cells, " "))
	}
	return strings.Join(list, "; ")
}

const liangjiang = "gdp.cn-cq-lj.cny"

func quarters() query.Range { return query.Range{Frequency: "Q"} }

func toDate(frequency string) query.Range {
	return query.Range{Frequency: frequency, Accumulation: query.YTD}
}

func TestQuartersOfLiangjiang(t *testing.T) {
	a := ask(t, sampleShelf(t))
	p := a.series(a.now(), liangjiang, query.Question{Range: quarters()})
	const wanted = "2012-Q1 missing_neighbour missing 2012-Q1; 2012-Q2 missing_neighbour missing 2012-Q1; 2012-Q3 41.593 0.0010 2012-01-01/P9M - 2012-H1; " +
		"2012-Q4 33.516 0.0010 2012 - 2012-01-01/P9M; 2013-Q1 missing_neighbour missing 2013-Q1; " +
		"2013-Q2 missing_neighbour missing 2013-H1 and 2013-Q1; 2013-Q3 missing_neighbour missing 2013-H1"
	if got := derivations(p); got != wanted {
		t.Errorf("quarters are\n%s, want\n%s", got, wanted)
	}
	want(t, p.Observations[2], map[string]string{"status": "A", "flags": "derived", "decimals": "3", "published": "2012-10-31",
		"source": "", "revision": "", "growth_reason": "base_missing", "unit": "CNY", "multiplier": "9", "ytd": "false", "months": "3"})
	want(t, p.Observations[0], map[string]string{"status": "O", "flags": "", "decimals": "", "published": "", "published_at": "", "half_width": "", "value": ""})
}

func TestTheThirdQuarterAlone(t *testing.T) {
	a := ask(t, sampleShelf(t))
	third := query.Range{Periods: []period.Period{period.MustParse("2013-Q3")}}
	bare := a.series(a.now(), "gdp.cn.cny", query.Question{Range: third})
	if len(bare.Observations) != 0 || len(bare.Warnings) != 1 || bare.Warnings[0].Code != "derivable" || !strings.Contains(bare.Warnings[0].Message, "frequency=Q") {
		t.Errorf("without frequency %v, warnings %v, want nothing and derivable with frequency=Q", bare.Observations, bare.Warnings)
	}
	third.Frequency = "q"
	p := a.series(a.now(), "gdp.cn.cny", query.Question{Range: third})
	// 386762 - 248009, on 353480 - 227098 a year earlier.
	want(t, only(t, p), map[string]string{"value": "138753", "half_width": "1.0", "flags": "derived", "growth_computed": "9.79",
		"growth_base": "2012-Q3", "derivation": "2013-01-01/P9M - 2013-H1", "published": "2013-10-17", "growth_reported": ""})
	third.Derive = query.DeriveNever
	if p := a.series(a.now(), "gdp.cn.cny", query.Question{Range: third}); len(p.Observations) != 0 || p.Total != 0 {
		t.Errorf("derive=never gives %v", p.Observations)
	}
	across := a.observations(a.now(), query.Question{Filter: query.Filter{Indicators: []string{"gdp"}}, Range: query.Range{Periods: third.Periods, Frequency: "Q"}})
	if got := derivations(across); got != "2013-Q3 138753 1.0 2013-01-01/P9M - 2013-H1; 2013-Q3 missing_neighbour missing 2013-H1" {
		t.Errorf("across series: %s", got)
	}
}

func TestWaysOfDeriving(t *testing.T) {
	months := []string{"2013-01-01/P2M", "20", "2013-03", "12", "2013-04", "11", "2013-05", "13", "2013-06", "14.5"}
	for _, c := range []struct {
		name  string
		shelf *shelf
		r     query.Range
		want  string
	}{
		{"from January by quarters", reported(t, liangjiang, "2012-Q1", "10", "2012-Q2", "11", "2012-Q3", "12", "2012", "46.0"), toDate("Q"),
			"2012-Q1 10; 2012-H1 21 1.0 2012-Q1 + 2012-Q2; 2012-01-01/P9M 33 1.5 2012-Q1 + 2012-Q2 + 2012-Q3; 2012 46.0"},
		{"the last quarter of the year and the others", reported(t, liangjiang, "2012-Q1", "10", "2012-Q2", "11", "2012-Q3", "12", "2012", "46.0"), quarters(),
			"2012-Q1 10; 2012-Q2 11; 2012-Q3 12; 2012-Q4 13.0 1.55 2012 - 2012-Q1 - 2012-Q2 - 2012-Q3"},
		{"January and February together are not split", reported(t, liangjiang, months...), query.Range{Frequency: "M"},
			"2013-01 combined_jan_feb missing 2013-01; 2013-02 combined_jan_feb missing 2013-01; 2013-03 12; 2013-04 11; 2013-05 13; 2013-06 14.5"},
		{"months from January", reported(t, liangjiang, months...), toDate("M"),
			"2013-01 combined_jan_feb missing 2013-01; 2013-01-01/P2M 20; 2013-Q1 32 1.0 2013-01-01/P2M + 2013-03; 2013-01-01/P4M 43 1.5 2013-01-01/P2M + 2013-03 + 2013-04; " +
				"2013-01-01/P5M 56 2.0 2013-01-01/P2M + 2013-03 + 2013-04 + 2013-05; 2013-H1 70.5 2.05 2013-01-01/P2M + 2013-03 + 2013-04 + 2013-05 + 2013-06"},
		{"the first ten months together", reported(t, liangjiang, "2012-01-01/P10M", "50", "2012-01-01/P11M", "56"), query.Range{Frequency: "M", Start: day("2012-08-01")},
			"2012-08 missing_neighbour missing 2012-01-01/P8M and 2012-01-01/P7M; 2012-09 missing_neighbour missing 2012-01-01/P9M and 2012-01-01/P8M; " +
				"2012-10 missing_neighbour missing 2012-01-01/P9M; 2012-11 6 1.0 2012-01-01/P11M - 2012-01-01/P10M"},
		{"nothing before a first quarter that is the last", reported(t, liangjiang, "2012-Q4", "5", "2013-Q1", "4"), quarters(), "2012-Q4 5; 2013-Q1 4"},
		{"nor from January to its end", reported(t, liangjiang, "2012-Q4", "5", "2013-Q1", "4"), toDate("Q"), "2013-Q1 4"},
		{"quarters of months", reported(t, liangjiang, months...), quarters(),
			"2013-Q1 32 1.0 2013-01-01/P2M + 2013-03; 2013-Q2 38.5 1.05 2013-04 + 2013-05 + 2013-06"},
		{"a year with a gap", reported(t, liangjiang, "2012-Q1", "1", "2012-Q2", "2", "2012-Q4", "4", "2013-Q4", "1"), query.Range{Frequency: "A"},
			"2012 missing_neighbour missing 2012-Q3; 2013 missing_neighbour missing 2013-01-01/P9M"},
		{"what is reported is not derived", reported(t, liangjiang, "2013-Q1", "10", "2013-H1", "25", "2013-Q2", "16"), quarters(), "2013-Q1 10; 2013-Q2 16"},
		{"nothing of a frequency", reported(t, liangjiang, "2011", "1", "2012", "2", "2013", "3"), quarters(), ""},
		{"annual figures before quarterly ones", reported(t, liangjiang, "2009", "1", "2010", "2", "2011-Q4", "3", "2011", "9"), quarters(),
			"2011-Q1 missing_neighbour missing 2011-Q1; 2011-Q2 missing_neighbour missing 2011-H1 and 2011-Q1; " +
				"2011-Q3 missing_neighbour missing 2011-01-01/P9M and 2011-H1; 2011-Q4 3"},
		{"single figures without a frequency", reported(t, liangjiang, "2013-H1", "20", "2013-01-01/P9M", "33", "2013-01-01/P10M", "37.5"), query.Range{Accumulation: query.Single},
			"2013-H1 20; 2013-Q3 13 1.0 2013-01-01/P9M - 2013-H1; 2013-10 4.5 0.55 2013-01-01/P10M - 2013-01-01/P9M"},
		{"figures from January without a frequency", reported(t, liangjiang, "2013-Q1", "20", "2013-Q2", "33", "2013-09", "7"), query.Range{Accumulation: query.YTD},
			"2013-Q1 20; 2013-H1 53 1.0 2013-Q1 + 2013-Q2; 2013-01-01/P9M missing_neighbour missing 2013-07-01/P2M"},
		{"days follow from nothing", reported(t, liangjiang, "2013-01-01", "2", "2013-01", "33"), query.Range{Frequency: "D"}, "2013-01-01 2"},
		{"periods of no frequency", reported(t, liangjiang, "2013-01-01/P10D", "2"), quarters(), ""},
		{"to the first day of 1970", reported(t, liangjiang, "1969-H1", "20", "1969", "33"), query.Range{Frequency: "S"}, "1969-H1 20; 1969-H2 13 1.0 1969 - 1969-H1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, c.shelf)
			if got := derivations(a.series(a.now(), liangjiang, query.Question{Range: c.r})); got != c.want {
				t.Errorf("%+v gives\n%s, want\n%s", c.r, got, c.want)
			}
		})
	}
}

func TestWhatDerivedRowsSayOfTheirFigures(t *testing.T) {
	s := newShelf(t)
	early, late := beijing("2013-08-01"), beijing("2013-11-01")
	source := obs.Source{Name: "Bulletin"}
	s.put(liangjiang, obs.Observation{Period: period.MustParse("2013-H1"), Value: figure.MustParse("70.0", 9), Status: "P", Published: late, Source: source, Note: "revised"})
	s.put(liangjiang, obs.Observation{Period: period.MustParse("2013-01-01/P9M"), Value: figure.MustParse("69.5", 9), Status: "A", Published: early, Source: source})
	s.put(liangjiang, obs.Observation{Period: period.MustParse("2013"), Value: figure.New(0, 0, 9), State: obs.Nil, Published: late})
	a := ask(t, s)
	p := a.series(a.now(), liangjiang, query.Question{Range: quarters()})
	want(t, p.Observations[2], map[string]string{"period": "2013-Q3", "value": "-0.5", "half_width": "0.10", "status": "P", "flags": "derived;negative_flow",
		"published": "2013-10-31", "source": "Bulletin", "note": "", "revision": ""})
	want(t, p.Observations[3], map[string]string{"period": "2013-Q4", "value": "-69.5", "half_width": "0.05", "status": "A", "source": ""})
}

// A year that was revised after its nine months were published, and they were
// not, leaves the revision in its last quarter; a release that states them again
// takes the flag away.
func TestFiguresRevisedApart(t *testing.T) {
	s := newShelf(t)
	put := func(p, value, published string) {
		s.put(liangjiang, obs.Observation{Period: period.MustParse(p), Value: figure.MustParse(value, 9), Published: beijing(published)})
	}
	flags := func() string {
		a := ask(t, s)
		x, err := a.Explain(t.Context(), a.now(), liangjiang, period.MustParse("2013-Q4"), query.View{})
		if err != nil {
			t.Fatal(err)
		}
		q := query.Question{Range: query.Range{Frequency: "Q", Latest: 1}}
		alone, across := only(t, a.series(a.now(), liangjiang, q)).text("flags"), only(t, a.observations(a.now(), q)).text("flags")
		if own := string(x.Observation.Flags); own != alone || across != alone {
			t.Errorf("flags %q alone, %q across, %q explained", alone, across, own)
		}
		return alone
	}
	put("2013-01-01/P9M", "118.7", "2013-11-01")
	put("2013", "160.0", "2014-02-01")
	for _, step := range []struct{ period, value, published, want string }{
		{"2013", "160.00", "2014-03-01", "derived"}, // the same number, said again
		{"2013", "170.0", "2014-04-01", "derived;revised_apart"},
		{"2013", "170.0", "2014-05-01", "derived;revised_apart"},
		{"2013-01-01/P9M", "118.7", "2014-04-15", "derived"}, // stated again, imported late
	} {
		put(step.period, step.value, step.published)
		slices.SortStableFunc(s.versions, func(a, b obs.Version) int { return a.Published.Compare(b.Published) })
		if got := flags(); got != step.want {
			t.Errorf("after %s of %s on %s: flags %q, want %q", step.value, step.period, step.published, got, step.want)
		}
	}
}

func TestBlankAndWithdrawnFigures(t *testing.T) {
	s := reported(t, liangjiang, "2013-Q1", "10", "2013-H1", "25", "2013-01-01/P9M", "36")
	for text, o := range map[string]obs.Observation{
		"2013-Q2": {State: obs.Missing, Status: "O", Reason: "not_available"},
		"2013-Q3": {State: obs.Missing, Withdrawn: true},
	} {
		o.Period, o.Published = period.MustParse(text), time.Date(2014, 3, 1, 0, 0, 0, 0, time.UTC)
		s.put(liangjiang, o)
	}
	a := ask(t, s)
	if got := derivations(a.series(a.now(), liangjiang, query.Question{Range: quarters()})); got != "2013-Q1 10; 2013-Q2 15 1.0 2013-H1 - 2013-Q1; 2013-Q3 withdrawn" {
		t.Errorf("quarters are %s", got)
	}
}

func TestWhatDoesNotAddUpStaysAsReported(t *testing.T) {
	s := reported(t, "population.cn.persons", "2013-Q1", "1", "2013-Q4", "2")
	s.state("gdp.cn.cny.yoy", "2013-Q1", "7.7", "2013-H1", "7.6")
	s.state("gdp.cn.percent", "2013-Q1", "7.7", "2013-H1", "7.6")
	a := ask(t, s)
	for code, warning := range map[string]string{"population.cn.persons": "stock_not_cumulative", "gdp.cn.cny.yoy": "rate_not_additive", "gdp.cn.percent": "rate_not_additive"} {
		p := a.series(a.now(), code, query.Question{Range: quarters()})
		if len(p.Warnings) != 1 || p.Warnings[0].Code != warning || strings.Contains(derivations(p), "missing") {
			t.Errorf("%s gives %s, warnings %v, want %s", code, derivations(p), p.Warnings, warning)
		}
	}
	p := a.observations(a.now(), query.Question{Filter: everything(), Range: quarters()})
	if len(p.Warnings) != 2 {
		t.Errorf("across series: warnings %v, want each once", p.Warnings)
	}
	q := quarters()
	q.Derive = query.DeriveNever
	if p := a.observations(a.now(), query.Question{Filter: everything(), Range: q}); len(p.Warnings) != 0 {
		t.Errorf("derive=never: warnings %v", p.Warnings)
	}
}

// The growth that is claimed for a single quarter is tested against the derived
// levels with their own half-widths: 48.7 give or take 0.10 is 20.0 % above
// 40.6 give or take 0.10, and as a printed number it would not be.
func TestAClaimForADerivedFigure(t *testing.T) {
	s := reported(t, liangjiang, "2012-H1", "73.5", "2012-01-01/P9M", "114.1", "2013-H1", "70.0", "2013-01-01/P9M", "118.7")
	s.put(liangjiang+".yoy", obs.Observation{Period: period.MustParse("2013-Q3"), Value: figure.MustParse("19.50", 0), Published: beijing("2014-02-01")})
	a := ask(t, s)
	q := quarters()
	q.Periods = []period.Period{period.MustParse("2013-Q3")}
	want(t, only(t, a.series(a.now(), liangjiang, query.Question{Range: q})), map[string]string{
		"value": "48.7", "growth_reported": "19.50", "growth_computed": "19.95", "growth_check": "consistent", "flags": "derived"})
	s.put(liangjiang+".yoy", obs.Observation{Period: period.MustParse("2013-Q3"), Value: figure.MustParse("16.2", 0), Published: beijing("2014-03-01")})
	b := ask(t, s)
	want(t, only(t, b.series(b.now(), liangjiang, query.Question{Range: q})), map[string]string{"growth_check": "scope_or_revision", "flags": "derived;contradicted;guess"})
}

func TestDerivedFiguresAreConvertedAtTheirOwnPeriod(t *testing.T) {
	a := ask(t, sampleShelf(t))
	q := query.Question{Range: query.Range{Frequency: "Q", Periods: []period.Period{period.MustParse("2012-Q4")}}, View: query.View{Currencies: []string{"USD"}}}
	p := a.series(a.now(), liangjiang, q)
	// The mean of 6.2627, 6.2338 and 6.2328 is 6.2431.
	want(t, only(t, p), map[string]string{"value": "5.3685", "half_width": "0.00016", "unit": "USD", "original_value": "33.516", "fx_rate": "6.24310000", "flags": "derived"})
	if len(p.Conversion.Rows) != 1 || p.Conversion.Rows[0]["period"] != "2012-Q4" {
		t.Errorf("disclosed %v", p.Conversion.Rows)
	}
	q.Scale = query.Scale{Power: 6, Set: true}
	want(t, only(t, a.series(a.now(), liangjiang, q)), map[string]string{"value": "5368.5", "half_width": "0.16", "multiplier": "6"})
}

func TestTransformsSeeDerivedFigures(t *testing.T) {
	a := ask(t, sampleShelf(t))
	q := query.Question{Range: query.Range{Frequency: "Q", Periods: []period.Period{period.MustParse("2013-Q3")}}, Transform: "yoy"}
	want(t, only(t, a.series(a.now(), "gdp.cn.cny", q)), map[string]string{"value": "9.79", "base": "2012-Q3", "half_width": "", "flags": "derived"})
	q.Transform = "share:gdp.cn.cny"
	want(t, only(t, a.series(a.now(), "gdp.cn.cny", q)), map[string]string{"value": "100.00"})
}

func TestDeriveIsRefusedAlone(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		r    query.Range
		code fault.Code
	}{
		{query.Range{Derive: "auto"}, fault.ParameterConflict},
		{query.Range{Derive: "never"}, fault.ParameterConflict},
		{query.Range{Derive: "always", Frequency: "Q"}, fault.InvalidParameter},
	} {
		if err := a.Series(t.Context(), a.now(), liangjiang, query.Question{Range: c.r}, nil); fault.CodeOf(err) != c.code {
			t.Errorf("%+v: %v, want %s", c.r, err, c.code)
		}
	}
}

// TestPartsOfDerivedAnswers asks for parts of derived lines in every way: range,
// newest ends and pages say of each row what the whole says.
func TestPartsOfDerivedAnswers(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, r := range []query.Range{quarters(), toDate("Q"), toDate("M"), {Frequency: "A"}, {Frequency: "S"}, {Accumulation: query.Single}, {Accumulation: query.YTD}} {
		rows := map[string]string{}
		whole := a.observations(a.now(), query.Question{Range: r})
		for _, row := range whole.Observations {
			rows[row.text("series")+row.text("period")] = line(row)
		}
		narrow, newest := r, r
		narrow.Start, newest.Latest = day("2013-01-01"), 1
		exact := r
		exact.Periods = []period.Period{period.MustParse("2013-Q3"), period.MustParse("2013-H1"), period.MustParse("2013")}
		for _, part := range []query.Range{narrow, newest, exact} {
			p := a.observations(a.now(), query.Question{Range: part})
			if len(p.Observations) == 0 || len(p.Observations) > len(whole.Observations) {
				t.Errorf("%+v gives %d rows of %d", part, len(p.Observations), len(whole.Observations))
			}
			for _, row := range p.Observations {
				if got := line(row); got != rows[row.text("series")+row.text("period")] {
					t.Errorf("%+v: %s, want %s", part, got, rows[row.text("series")+row.text("period")])
				}
			}
		}
		var joined []string
		q := query.Question{Range: r, Limit: 3}
		for m := a.now(); ; m = a.at(query.When{Cursor: q.Cursor}) {
			p := a.observations(m, q)
			for _, row := range p.Observations {
				joined = append(joined, row.text("series")+row.text("period"))
			}
			if q.Cursor = p.Next; q.Cursor == "" {
				break
			}
		}
		slices.Sort(joined)
		if len(joined) != len(rows) || len(slices.Compact(joined)) != len(rows) {
			t.Errorf("%+v: %d rows in pages of 3, want %d", r, len(joined), len(rows))
		}
	}
}
