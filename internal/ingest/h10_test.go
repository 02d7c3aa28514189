package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/vintage"
)

// frb and areasFeed are feeds with the tables that their files need.
var (
	frb = fx.Feed{Code: "frb-h10", Series: []fx.SeriesQuote{{Name: "CHUS", Base: "USD", Quote: "CNY"}, {Name: "USUK", Base: "GBP", Quote: "USD"}, {Name: "USEU", Base: "EUR", Quote: "USD"}}}
	g5  = fx.Feed{Code: "frb-g5", Areas: []fx.AreaMoney{{Area: "China", Currency: "CNY", Taken: true}, {Area: "Euro", Currency: "EUR", From: 1999, Taken: true}}}
	wb  = fx.Feed{Code: "worldbank", Areas: []fx.AreaMoney{
		{Area: "CHN", Currency: "CNY", Taken: true}, {Area: "EMU", Currency: "EUR", Taken: true}, {Area: "USA", Currency: "USD", Taken: true},
		{Area: "AUT", Currency: "ATS", To: 1998, Taken: true}, {Area: "AUT", Currency: "EUR", From: 1999}, {Area: "MNE", Currency: "EUR"},
		{Area: "AGO", Currency: "AOA", Taken: true}, {Area: "AFG", Currency: "AFN", From: 2003, Taken: true}}}
)

// ratesOf reads a text and, where it is accepted, publishes it and tells what
// rates stand then, one a line.
func ratesOf(t *testing.T, text string, s ingest.Settings, feeds ...fx.Feed) (report *ingest.Report, told []string) {
	t.Helper()
	report, _ = readAt(t, text, s, ingest.Moment{Now: now, Zone: shanghai(t), Feeds: feeds})
	if report.Verdict != ingest.Accept {
		return report, nil
	}
	each(t, func(t *testing.T, d *desk) {
		service := ingest.New(d.store, d.clock, ingest.Limits{}, feeds...)
		request := ingest.Request{File: fileOf("rates.csv", text), By: "clerk", Settings: s, Publish: ingest.Publish{Now: true}}
		if _, err := service.Import(t.Context(), request); err != nil {
			t.Fatalf("Import: %v", err)
		}
		rates, err := d.store.Rates(t.Context(), vintage.Now(now.AddDate(1, 0, 0)))
		if err != nil {
			t.Fatal(err)
		}
		told = told[:0]
		for _, r := range rates {
			told = append(told, strings.Join([]string{r.Feed, r.Base, r.Quote, string(r.Kind), r.Period.String(), r.Value.Text()}, " "))
		}
		slices.Sort(told)
	})
	return report, told
}

const boardFile = `"Series Description","CHINA -- SPOT EXCHANGE RATE","UNITED KINGDOM -- SPOT EXCHANGE RATE","NOMINAL BROAD DOLLAR INDEX"
"Unit:","Currency:_Per_USD","USD:_Per_Currency","Index:_2006_Jan_100"
"Multiplier:","1","1","1"
"Currency:","CNY","GBP","NA"
"Unique Identifier: ","H10/H10/RXI_N.B.CH","H10/H10/RXI$US_N.B.UK","H10/H10/JRXWTFB_N.B"
"Time Period","RXI_N.B.CH","RXI$US_N.B.UK","JRXWTFB_N.B"
2013-01-01,ND,ND,ND
2013-01-02,6.2301,1.6262,92.1
`

func TestSeriesOfTheFederalReserve(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"days", "DATE,DEXCHUS,DEXUSUK\n2013-01-01,.,ND\n2013-01-02,6.2301,1.6262\n2013-01-03,6.2346,\n",
			[]string{"frb-h10 GBP USD fixing 2013-01-02 1.6262", "frb-h10 USD CNY fixing 2013-01-02 6.2301", "frb-h10 USD CNY fixing 2013-01-03 6.2346"}},
		{"a date that stands for its month", "observation_date,EXCHUS\n2013-01-01,6.2215\n2013-02-01,6.2323\n",
			[]string{"frb-h10 USD CNY average 2013-01 6.2215", "frb-h10 USD CNY average 2013-02 6.2323"}},
		{"a date that stands for its year", "DATE,AEXUSEU\n2012-01-01,1.2859\n2013-01-01,1.3281\n",
			[]string{"frb-h10 EUR USD average 2012 1.2859", "frb-h10 EUR USD average 2013 1.3281"}},
		{"the Board's file", boardFile, []string{"frb-h10 GBP USD fixing 2013-01-02 1.6262", "frb-h10 USD CNY fixing 2013-01-02 6.2301"}},
		{"the Board's file of months", strings.NewReplacer(".B.", ".M.", "2013-01-01", "2012-12", "2013-01-02", "2013-01").Replace(boardFile),
			[]string{"frb-h10 GBP USD average 2013-01 1.6262", "frb-h10 USD CNY average 2013-01 6.2301"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, got := ratesOf(t, test.text, ingest.Settings{}, frb)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rates (-want +got):\n%s%v %+v", diff, errorsOf(report), report.Questions)
			}
		})
	}
}

func TestWhatTheFederalReserveDoesNotSayIsNotGuessed(t *testing.T) {
	settings := ingest.Settings{Constants: map[string]string{"feed": "frb-h10"}}
	read := func(text string) *ingest.Report {
		report, _ := readAt(t, text, settings, ingest.Moment{Now: now, Zone: shanghai(t), Feeds: []fx.Feed{frb}})
		return report
	}
	report := read("DATE,DEXCHUS,DEXVZUS\n2013-01-02,6.2301,4.3\n")
	want := []ingest.Ignored{{Column: "C", Header: "DEXVZUS", Reason: "it is not known which currencies this series is of"}}
	if diff := cmp.Diff(want, report.Understood.Ignored); diff != "" || report.Verdict != ingest.Accept {
		t.Errorf("verdict %s, ignored (-want +got):\n%s", report.Verdict, diff)
	}
	report = read("DATE,EXCHUS\n2013-01-15,6.2301\n")
	if diff := cmp.Diff([]string{"2 A2 DATE rate_invalid"}, errorsOf(report)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	report = read(strings.Replace(boardFile, `"1","1","1"`, `"1000","1","1"`, 1))
	if len(report.Errors) != 1 || report.Errors[0].Value != "1000" {
		t.Errorf("a multiplier of 1000: %v, want one error that names it", errorsOf(report))
	}
}

// official writes the World Bank's file.
func official(rows ...string) string {
	return "\uFEFF\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2020-02-01\",\n\n" +
		"\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1998\",\"1999\",\n" + strings.Join(rows, "\n") + "\n"
}

func officialRow(area, first, second string) string {
	return `"Land","` + area + `","Official exchange rate (LCU per US$, period average)","PA.NUS.FCRF","` + first + `","` + second + `",`
}

func TestOfficialRatesOfAreas(t *testing.T) {
	report, got := ratesOf(t, official(
		officialRow("CHN", "8.27895750", "8.27825000"), officialRow("AUT", "12.379065", "0.938283072395283"),
		officialRow("EMU", "", "0.938283072395283"), officialRow("MNE", "", "0.95"), officialRow("USA", "1", "1"),
		officialRow("AGO", "2.86684433333333E-08", ""), officialRow("AFG", "47.5", ""), officialRow("ARB", "", "")), ingest.Settings{}, wb)
	want := []string{
		"worldbank USD AOA average 1998 0.0000000286684433333333", "worldbank USD ATS average 1998 12.379065",
		"worldbank USD CNY average 1998 8.27895750", "worldbank USD CNY average 1999 8.27825000", "worldbank USD EUR average 1999 0.938283072395283",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rates (-want +got):\n%s%v %+v", diff, errorsOf(report), report.Questions)
	}
	var differ []string
	for _, w := range report.Warnings {
		if w.Code == "area_rate_differs" {
			differ = append(differ, w.Cell+" "+w.Value)
		}
	}
	if diff := cmp.Diff([]string{"F9 MNE 1999: 0.95"}, differ); diff != "" {
		t.Errorf("areas that differ (-want +got):\n%s", diff)
	}
	notes := strings.Join(report.Notes, "\n")
	for _, part := range []string{"taken once: 1", "AFG 1", "without any rate, ignored: ARB"} {
		if !strings.Contains(notes, part) {
			t.Errorf("notes = %q, want %q in them", notes, part)
		}
	}
}

func TestAnAreaThatNobodyKnowsIsRefusedUntilItIsNamed(t *testing.T) {
	const table = "Date,Country,Exchange rate\n2012-01-01,China,6.3093\n2012-01-01,Venezuela,4.2893\n2013-01-01,Venezuela,6.0697\n2013-01-01,Euro,0.7529\n"
	settings := ingest.Settings{Constants: map[string]string{"feed": "frb-g5"}}
	report, _ := ratesOf(t, table, settings, g5)
	if diff := cmp.Diff([]string{"3 B3 Country area_currency_unknown"}, errorsOf(report)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	for name, test := range map[string]struct {
		areas map[string]string
		want  []string
	}{
		"left out": {map[string]string{"Venezuela": "ignore"}, []string{"frb-g5 USD CNY average 2012 6.3093", "frb-g5 USD EUR average 2013 0.7529"}},
		"named": {map[string]string{"venezuela": "VEF"}, []string{"frb-g5 USD CNY average 2012 6.3093", "frb-g5 USD EUR average 2013 0.7529",
			"frb-g5 USD VEF average 2012 4.2893", "frb-g5 USD VEF average 2013 6.0697"}},
	} {
		t.Run(name, func(t *testing.T) {
			settings.Areas = test.areas
			report, got := ratesOf(t, table, settings, g5)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rates (-want +got):\n%s%v", diff, errorsOf(report))
			}
		})
	}
}
