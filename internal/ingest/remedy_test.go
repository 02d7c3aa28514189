package ingest_test

import (
	"regexp"
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

// typed finds what a person copies from a remedy: a key and its value.
var typed = regexp.MustCompile(`--set ["']?([a-z_.]+(?:\.MARK)?)=("?[^\s"']+|\s)`)

// TestARemedyCanBeTyped sets what the remedy of a refused cell says, and reads
// the cell again.
func TestARemedyCanBeTyped(t *testing.T) {
	for _, test := range []struct {
		name, period, value, unit string
		code                      fault.Code
		take                      []int // which of the remedy's settings are typed; nil for all
		word                      [2]string
	}{
		{"decimal comma", "2013", `"118,7"`, "bn yuan", fault.NumberSeparatorUndeclared, []int{0}, [2]string{}},
		{"thousands comma", "2013", `"1,187"`, "bn yuan", fault.NumberSeparatorUndeclared, []int{1}, [2]string{}},
		{"thousands point", "2013", "1.187.000", "bn yuan", fault.NumberSeparatorUndeclared, nil, [2]string{}},
		{"thousands space", "2013", "1 187 000", "bn yuan", fault.NumberSeparatorUndeclared, nil, [2]string{}},
		{"parentheses", "2013", "(5)", "bn yuan", fault.NumberParenthesesUndeclared, nil, [2]string{}},
		{"trailing minus", "2013", "5-", "bn yuan", fault.NumberTrailingMinusUndeclared, nil, [2]string{}},
		{"exponent", "2013", "1.2E+3", "bn yuan", fault.NumberExponentUndeclared, nil, [2]string{}},
		{"mark", "2013", "118.7*", "bn yuan", fault.NumberUndeclaredMark, nil, [2]string{"MARK", "*"}},
		{"dollar", "2013", "118.7", "bn $", fault.UnitCurrencyUndeclared, nil, [2]string{"CNY", "USD"}},
		{"fiscal year", "FY2013", "118.7", "bn yuan", fault.PeriodFiscalRuleMissing, nil, [2]string{"MM-DD", "10-01"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "indicator,area,period,value,unit\ngdp,cn," + test.period + "," + test.value + "," + test.unit + "\n"
			report, _ := readText(t, text, ingest.Settings{})
			if len(report.Errors) != 1 || report.Errors[0].Code != test.code {
				t.Fatalf("errors of %q = %+v, want one %s", text, report.Errors, test.code)
			}
			remedy := report.Errors[0].Expected
			settings := ingest.Settings{}
			found := typed.FindAllStringSubmatch(remedy, -1)
			for i, pair := range found {
				if test.take != nil && test.take[0] != i {
					continue
				}
				var err error
				key, value := strings.ReplaceAll(pair[1], "MARK", test.word[1]), pair[2]
				if test.word[0] != "" {
					value = strings.ReplaceAll(value, test.word[0], test.word[1])
				}
				if settings, err = settings.With(key, value); err != nil {
					t.Fatalf("With(%q, %q) of the remedy %q = %v", key, value, remedy, err)
				}
			}
			if report, _ = readText(t, text, settings); len(found) == 0 || report.Verdict != ingest.Accept {
				t.Errorf("with the remedy %q of %q: %s %+v, want %s", remedy, text, report.Verdict, report.Errors, ingest.Accept)
			}
		})
	}
}
