package fx

import (
	"strings"
	"sync"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// rates reads lines of feed, base, quote, kind, period and value.
func rates(tb testing.TB, lines string) []Rate {
	tb.Helper()
	var list []Rate
	for line := range strings.Lines(lines) {
		cells := strings.Fields(line)
		if len(cells) == 0 {
			continue
		}
		if len(cells) != 6 {
			tb.Fatalf("rate %q has %d cells, want 6", line, len(cells))
		}
		list = append(list, Rate{
			Feed: cells[0], Base: cells[1], Quote: cells[2], Kind: Kind(cells[3]),
			Period: period.MustParse(cells[4]), Value: figure.MustParse(cells[5], 0),
		})
	}
	return list
}

// currencies are a few of each sort.
func currencies(tb testing.TB) Currencies {
	tb.Helper()
	list := []Currency{
		retired("DEM", "2001-12-31", "EUR", "1.95583", "1999-01-01"),
		retired("FRF", "2001-12-31", "EUR", "6.55957", "1999-01-01"),
		retired("GRD", "2001-12-31", "EUR", "340.750", "2001-01-01"),
		retired("SKK", "2008-12-31", "EUR", "30.1260", "2009-01-01"),
		retired("TRL", "2004-12-31", "TRY", "1000000", "2005-01-01"),
		retired("VEB", "2007-12-31", "VEF", "1000", "2008-01-01"),
		retired("VEF", "2018-08-19", "VES", "100000", "2018-08-20"),
		{Code: "SUR", Retired: true, LastDay: period.MustParseDate("1991-12-25"), Successor: "RUB"},
	}
	for _, code := range strings.Fields("AUD CHF CNY EUR GBP HKD IDR JPY KRW RUB TRY USD VES") {
		list = append(list, Currency{Code: code})
	}
	known, err := NewCurrencies(list)
	if err != nil {
		tb.Fatal(err)
	}
	return known
}

func retired(code, last, successor, rate, from string) Currency {
	return Currency{
		Code: code, Retired: true, LastDay: period.MustParseDate(last), Successor: successor,
		Irrevocable: figure.MustParse(rate, 0), FixedFrom: period.MustParseDate(from),
	}
}

func bookOf(tb testing.TB, lines string, feeds ...Feed) *Book {
	tb.Helper()
	b, err := NewBook(rates(tb, lines), currencies(tb), feeds...)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestNewBookRefuses(t *testing.T) {
	good := Rate{Feed: "ecb", Base: "EUR", Quote: "USD", Kind: Fixing, Period: period.MustParse("2013-09-02"), Value: figure.MustParse("1.32", 0)}
	change := func(f func(*Rate)) []Rate {
		r := good
		f(&r)
		return []Rate{r}
	}
	for _, c := range []struct {
		name  string
		rates []Rate
		want  fault.Code
	}{
		{"zero", change(func(r *Rate) { r.Value = figure.MustParse("0.00", 0) }), fault.RateInvalid},
		{"negative", change(func(r *Rate) { r.Value = figure.MustParse("-1.3", 0) }), fault.RateInvalid},
		{"scaled", change(func(r *Rate) { r.Value = figure.MustParse("1.3", 3) }), fault.RateInvalid},
		{"of itself", change(func(r *Rate) { r.Quote = "EUR" }), fault.RateInvalid},
		{"of nothing", change(func(r *Rate) { r.Base = "" }), fault.RateInvalid},
		{"no period", change(func(r *Rate) { r.Period = period.Period{} }), fault.RateInvalid},
		{"a fixing of a month", change(func(r *Rate) { r.Period = period.MustParse("2013-09") }), fault.RateInvalid},
		{"of no kind", change(func(r *Rate) { r.Kind = "mid" }), fault.RateInvalid},
		{"two for one day", rates(t, `
			ecb EUR USD fixing 2013-09-02 1.32
			ecb EUR CNY fixing 2013-09-02 8.10
			ecb EUR USD fixing 2013-09-02 1.33`), fault.RateConflict},
		{"two averages of one month", rates(t, `
			frb USD CNY average 2013-09 6.1198
			frb USD CNY average 2013-09 6.1199`), fault.RateConflict},
		{"another irrevocable rate", rates(t, `x EUR DEM irrevocable 1999-01-01/P36M 1.9558`), fault.RateConflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewBook(c.rates, currencies(t))
			if fault.CodeOf(err) != c.want || fault.KindOf(err) != fault.Refused {
				t.Errorf("NewBook(%v) = %v, want code %s", c.rates, err, c.want)
			}
		})
	}
}

func TestNewBookTakesRatesInAnyOrder(t *testing.T) {
	given := rates(t, `
		ecb EUR USD fixing 2013-09-30 1.35
		ecb EUR CNY fixing 2013-09-30 8.10
		ecb EUR USD average 2013-08 1.33
		ecb EUR USD fixing 2013-09-16 1.31
		ecb EUR USD fixing 2013-09-02 1.32`)
	b, err := NewBook(given, currencies(t))
	if err != nil {
		t.Fatal(err)
	}
	f, err := b.Factor(Ask{From: "EUR", To: "USD", Period: period.MustParse("2013-09"), Method: ByAverage})
	if err != nil {
		t.Fatal(err)
	}
	if d := f.Disclosure(); d.RateExact.RatString() != "199/150" || d.First != "2013-09-02" || d.Last != "2013-09-30" {
		t.Errorf("mean = %s of %s to %s, want 199/150 of 2013-09-02 to 2013-09-30", d.RateExact.RatString(), d.First, d.Last)
	}
	if given[0].Period != period.MustParse("2013-09-30") {
		t.Error("NewBook changed the order of the rates that were given")
	}
}

func TestBookLearnsIrrevocableRates(t *testing.T) {
	known, err := NewCurrencies([]Currency{{Code: "EUR"}, {Code: "ATS"}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewBook(rates(t, "ecb EUR ATS irrevocable 1999-01-01/P36M 13.7603"), known)
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.Convert(Ask{Amount: figure.MustParse("13760.3", 6), From: "ATS", To: "EUR", Period: period.MustParse("2000"), Method: ByAverage})
	if err != nil || c.AmountExact.RatString() != "1000000000" {
		t.Errorf("Convert = %v, %v, want 1000000000", c.AmountExact, err)
	}
	if _, err := b.Factor(Ask{From: "ATS", To: "EUR", Period: period.MustParse("2002"), Method: ByAverage}); fault.CodeOf(err) != fault.CurrencyRetired {
		t.Errorf("Factor in 2002 = %v, want %s", err, fault.CurrencyRetired)
	}
	if _, ok := known.Lookup("ATS"); !ok || known.all["ATS"].Retired {
		t.Error("building a book changed the currencies that were given")
	}
}

func TestNewCurrenciesRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		list []Currency
		want fault.Code
	}{
		{"twice", []Currency{{Code: "EUR"}, {Code: "EUR"}}, fault.RateConflict},
		{"negative rate", []Currency{retired("DEM", "2001-12-31", "EUR", "-1.95583", "1999-01-01")}, fault.RateInvalid},
		{"circle", []Currency{
			retired("AAA", "2001-12-31", "BBB", "10", "1999-01-01"),
			retired("BBB", "2001-12-31", "AAA", "10", "1999-01-01"),
		}, fault.RateInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := NewCurrencies(c.list); fault.CodeOf(err) != c.want {
				t.Errorf("NewCurrencies = %v, want %s", err, c.want)
			}
		})
	}
}

func TestFeedsAreTriedByRankAndOwnQuotation(t *testing.T) {
	const lines = `
		ecb   EUR USD fixing  2013-09-15 1.30
		ecb   EUR CNY fixing  2013-09-15 8.06
		ecb   EUR USD fixing  2013-09-16 1.30
		ecb   EUR CNY fixing  2013-09-16 8.06
		frb   USD CNY average 2013-09    6.1198
		world USD CNY average 2013-09    6.1
		world USD CNY average 2013-08    6.2`
	feeds := []Feed{{Code: "world", Rank: 3}, {Code: "frb", Rank: 2}, {Code: "ecb", Rank: 1}}
	for _, c := range []struct {
		name, period, feed string
		method             Method
		want, via          string
		code               fault.Code
	}{
		{"quoted by the feed before a cross of a better rank", "2013-09", "", ByAverage, "frb", "", ""},
		{"the next feed where the first has none", "2013-08", "", ByAverage, "world", "", ""},
		{"a cross where no feed quotes the pair", "2013-09-16", "", BySpot, "ecb", "EUR", ""},
		{"the one that is asked for", "2013-09", "world", ByAverage, "world", "", ""},
		{"the one that is asked for, by a cross", "2013-09", "ecb", ByAverage, "ecb", "EUR", ""},
		{"no other than the one that is asked for", "2013-08", "frb", ByAverage, "", "", fault.RateMissing},
		{"one that is not there", "2013-09", "imf", ByAverage, "", "", fault.RateMissing},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bookOf(t, lines, feeds...)
			f, err := b.Factor(Ask{From: "CNY", To: "USD", Period: period.MustParse(c.period), Method: c.method, Feed: c.feed})
			if fault.CodeOf(err) != c.code {
				t.Fatalf("error %v, want code %q", err, c.code)
			}
			if err != nil {
				return
			}
			if d := f.Disclosure(); d.Source != c.want || d.Via != c.via {
				t.Errorf("source %q via %q, want %q via %q", d.Source, d.Via, c.want, c.via)
			}
		})
	}
	b := bookOf(t, lines, Feed{Code: "world", Rank: 1}, Feed{Code: "ecb", Rank: 1})
	if got := strings.Join(b.Feeds(), " "); got != "ecb world frb" {
		t.Errorf("Feeds() = %q, want %q", got, "ecb world frb")
	}
}

// A feed that has some of the rates is not the end of the search, but its
// refusal is the one that is told.
func TestFeedsGoOnAfterAnIncompleteOne(t *testing.T) {
	const lines = `
		a USD CNY fixing  2013-07-01 6.1
		b USD CNY average 2013-Q3    6.12`
	third := Ask{From: "USD", To: "CNY", Period: period.MustParse("2013-Q3"), Method: ByAverage}
	f, err := bookOf(t, lines).Factor(third)
	if err != nil || f.Disclosure().Source != "b" {
		t.Errorf("Factor = %v, %v, want feed b", f, err)
	}
	_, err = bookOf(t, strings.Split(strings.TrimSpace(lines), "\n")[0]).Factor(third)
	if fault.CodeOf(err) != fault.RateIncomplete {
		t.Errorf("Factor of one fixing = %v, want %s", err, fault.RateIncomplete)
	}
}

func TestBookIsAskedByManyAtOnce(t *testing.T) {
	book, err := NewBook(manyYears(2), currencies(t))
	if err != nil {
		t.Fatal(err)
	}
	ask := Ask{Amount: figure.MustParse("118.7", 9), From: "CNY", To: "USD", Period: period.MustParse("1999-Q3"), Method: ByAverage}
	want, err := book.Convert(ask)
	if err != nil {
		t.Fatal(err)
	}
	factor, err := book.Factor(ask)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			one, err := book.Convert(ask)
			if err != nil || !one.Amount.SameAs(want.Amount) || !factor.Convert(ask).Amount.SameAs(want.Amount) {
				t.Errorf("Convert = %s, %v, want %s", one.Amount, err, want.Amount)
			}
		})
	}
	all.Wait()
}
