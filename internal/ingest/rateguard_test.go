package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

// daily writes a file of fixings, a line for each "date base quote rate".
func daily(lines ...string) string {
	var b strings.Builder
	b.WriteString("feed,date,base,quote,rate\n")
	for _, line := range lines {
		b.WriteString("ecb," + strings.ReplaceAll(line, " ", ",") + "\n")
	}
	return b.String()
}

func TestGuardOfRates(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"neighbours", []string{"2019-01-02 EUR USD 1.1397", "2019-01-03 EUR USD 1.1348"}, []string{}},
		{"a spike is found once", []string{"2019-01-02 EUR CNY 7.8", "2019-01-03 EUR CNY 9.9", "2019-01-04 EUR CNY 7.81"}, []string{"3 E3 rate rate_outlier"}},
		{"a step is found once", []string{"2001-02-21 EUR TRL 621000", "2001-02-22 EUR TRL 850000", "2001-02-23 EUR TRL 860000"}, []string{"3 E3 rate rate_outlier"}},
		{"newest first", []string{"2019-01-04 EUR CNY 7.81", "2019-01-03 EUR CNY 78.0", "2019-01-02 EUR CNY 7.8"}, []string{"3 E3 rate rate_power_of_ten"}},
		{"flipped", []string{"2019-01-02 EUR CNY 7.8", "2019-01-03 EUR CNY 0.128"}, []string{"3 E3 rate rate_flipped"}},
		{"flipped near parity", []string{"2019-01-02 EUR USD 1.1397", "2019-01-03 EUR USD 0.8774"}, []string{"3 E3 rate rate_flipped"}},
		{"a hundredth", []string{"2019-01-02 EUR JPY 122.2", "2019-01-03 EUR JPY 1.222"}, []string{"3 E3 rate rate_power_of_ten"}},
		{"other pairs between", []string{"2019-01-02 EUR USD 1.14", "2019-01-02 EUR JPY 122", "2019-01-03 EUR USD 1.13", "2019-01-03 EUR JPY 121"}, []string{}},
		{"too far apart in time", []string{"1999-01-04 EUR CNY 7.8", "2019-01-03 EUR CNY 11.8"}, []string{}},
		{"both directions", []string{"2026-10-02 EUR USD 1.1", "2026-10-05 USD EUR 0.8"}, []string{"3 E3 rate rate_conflict"}},
		{"after its end", []string{"2005-12-30 EUR TRL 1590000", "2006-01-02 EUR TRL 1590000"}, []string{"3 E3 rate rate_after_end"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, daily(test.lines...), ingest.Settings{})
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s\n%+v", diff, report.Errors)
			}
		})
	}
}

func TestGuardSaysWhatConfirms(t *testing.T) {
	text := daily("2001-02-21 EUR TRL 621000", "2001-02-22 EUR TRL 850000", "2019-01-02 EUR CNY 7.8", "2019-01-03 EUR CNY 78")
	report, _ := readText(t, text, ingest.Settings{})
	for i, want := range []string{
		"a rate near 621000 of 2001-02-21 on line 2; if it is right, --confirm rate_outlier:TRL/2001-02-22, or --confirm rate_outlier:TRL for all of them",
		"a rate near 7.8 of 2019-01-02 on line 4; if it is right, --confirm rate_power_of_ten:CNY/2019-01-03, or --confirm rate_power_of_ten:CNY for all of them",
	} {
		if report.Errors[i].Expected != want {
			t.Errorf("error %d expects %q, want %q", i, report.Errors[i].Expected, want)
		}
	}
	want := []string{"where every rate that was refused is right: --confirm rate_outlier:TRL --confirm rate_power_of_ten:CNY"}
	if diff := cmp.Diff(want, report.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	for _, test := range []struct {
		confirm []string
		want    string
	}{
		{[]string{"rate_outlier:TRL"}, ingest.Reject},
		{[]string{"rate_outlier:trl", "rate_power_of_ten:CNY/2019"}, ingest.Accept},
		{[]string{"rate_outlier:CNY,TRL", "rate_power_of_ten:CNY/2018"}, ingest.Reject},
		{[]string{"rate_outlier:TRL/2001-02-22,TRL", "rate_power_of_ten:CNY"}, ingest.Accept},
	} {
		if report, _ := readText(t, text, confirming(t, test.confirm...)); report.Verdict != test.want {
			t.Errorf("confirming %v: verdict %s, errors %v; want %s", test.confirm, report.Verdict, errorsOf(report), test.want)
		}
	}
}

func confirming(t *testing.T, names ...string) ingest.Settings {
	t.Helper()
	var s ingest.Settings
	for _, name := range names {
		var err error
		if s, err = s.With("confirm", name); err != nil {
			t.Fatalf("confirm=%s: %v", name, err)
		}
	}
	return s
}

func TestConfirmWhatIsNone(t *testing.T) {
	for _, name := range []string{"", "TRL", "rate_outlier", "rate_outlier:", "rate_missing:TRL", "rate_outlier:LIRA", "rate_outlier:TRL/", "rate_outlier:TRL/soon"} {
		if s, err := (ingest.Settings{}).With("confirm", name); err == nil {
			t.Errorf("confirm=%s = %v, want a refusal", name, s.Confirmed)
		}
	}
}

// TestWhatIsConfirmedIsToldAndMatchesSomething confirms rates that are open,
// one that nothing is the matter with, and a file of figures.
func TestWhatIsConfirmedIsToldAndMatchesSomething(t *testing.T) {
	text := daily("2001-02-21 EUR TRL 621000", "2001-02-22 EUR TRL 850000", "2019-01-02 EUR CNY 7.8", "2019-01-03 EUR CNY 7.81")
	refused := func(text string, names ...string) string {
		report, _ := readText(t, text, confirming(t, names...))
		for _, f := range report.Errors {
			if f.Code == fault.ConfirmUnmatched {
				return f.Value + ": " + f.Expected
			}
		}
		return strings.Join(report.Notes, "; ")
	}
	for _, test := range []struct {
		text  string
		names []string
		want  string
	}{
		{text, []string{"rate_outlier:TRL"}, "confirmed by name: rate_outlier:TRL, 1 rate"},
		{text, []string{"rate_outlier:TRY"}, "rate_outlier:TRY: one of what is open: --confirm rate_outlier:TRL"},
		{text, []string{"rate_outlier:TRL/2002"}, "rate_outlier:TRL/2002: one of what is open: --confirm rate_outlier:TRL"},
		{text, []string{"rate_outlier:TRL,CNY"}, "rate_outlier:CNY: nothing, since no rate of the file is to be confirmed"},
		{"indicator,area,period,value,unit\ngdp,cn,2013,56.9,trillion yuan\n", []string{"rate_outlier:TRL"},
			"rate_outlier:TRL: nothing, since no rate of the file is to be confirmed"},
	} {
		if got := refused(test.text, test.names...); got != test.want {
			t.Errorf("confirming %v: %q, want %q", test.names, got, test.want)
		}
	}
}

// TestTheSameConfirmationServesTheNextFile repeats a history with its
// confirmation and one more day.
func TestTheSameConfirmationServesTheNextFile(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		lines := []string{"2001-02-21 EUR TRL 621000", "2001-02-22 EUR TRL 850000"}
		for _, next := range []string{"2001-02-23 EUR TRL 860000", "2001-02-26 EUR TRL 861000"} {
			lines = append(lines, next)
			if _, err := d.Import(t.Context(), ingest.Request{File: fileOf("history.csv", daily(lines...)), By: "clerk",
				Settings: confirming(t, "rate_outlier:TRL/2001-02-22"), Publish: ingest.Publish{Now: true}}); err != nil {
				t.Fatalf("Import until %s: %v, want it taken", next, err)
			}
		}
	})
}

func TestGuardAgainstWhatStands(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.publish(daily("2019-01-02 EUR CNY 7.8", "2019-01-03 EUR CNY 7.81"))
		for line, want := range map[string]fault.Code{
			"2019-01-03 EUR CNY 11.81": fault.RateOutlier, "2019-01-04 EUR CNY 11.81": fault.RateOutlier, "2020-11-02 CNY EUR 0.128": fault.RateConflict,
		} {
			request := ingest.Request{File: fileOf("again.csv", daily(line)), By: "clerk", Publish: ingest.Publish{Now: true}}
			if _, err := d.Import(t.Context(), request); fault.CodeOf(err) != fault.ImportRefused || fault.From(err).Items[0].Code != want {
				t.Errorf("%s: Import = %v, want %s", line, err, want)
			}
		}
		request := ingest.Request{File: fileOf("again.csv", daily("2019-01-04 EUR CNY 11.81")), By: "clerk", Message: "as printed",
			Settings: confirming(t, "rate_outlier:CNY"), Publish: ingest.Publish{Now: true}}
		result, err := d.Import(t.Context(), request)
		if err != nil {
			t.Fatalf("Import, confirmed: %v", err)
		}
		if want := "as printed; confirmed rate_outlier:CNY"; result.Revision.Message != want {
			t.Errorf("message %q, want %q", result.Revision.Message, want)
		}
		if want := `"confirmed":["rate_outlier:CNY"]`; !strings.Contains(result.Import.Profile, want) {
			t.Errorf("profile %s, want %s in it", result.Import.Profile, want)
		}
	})
}
