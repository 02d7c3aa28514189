package term_test

import (
	"os"
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/term"
)

func ExampleTable() {
	term.Table(os.Stdout, []term.Align{term.Left, term.Right}, [][]string{
		{"period", "value"}, {"2013年1-9月", "118.7"}, {"2013", "9"},
	})
	// Output:
	// period       value
	// 2013年1-9月  118.7
	// 2013             9
}

func TestItemsNameThePlaceTheTextAndTheRemedy(t *testing.T) {
	var b strings.Builder
	term.Items(&b, []fault.Item{
		{Code: "period_decimal", Line: 3, Column: "period", Value: "2013.1", Expected: "write 2013-01 or 2013-10"},
		{Code: "unknown_parameter", Parameter: "perod", Expected: "period"},
	})
	want := "  line 3, column period: period_decimal \"2013.1\"; write 2013-01 or 2013-10\n" +
		"  perod: unknown_parameter; period\n"
	if b.String() != want {
		t.Errorf("Items wrote\n%s, want\n%s", b.String(), want)
	}
}
