package figure_test

import (
	"fmt"

	"bellwether/internal/figure"
)

// A bulletin prints 118.7 billion. In millions the same number has no
// significant digits in its last two places.
func Example() {
	v := figure.MustParse("118.7", 9)
	fmt.Println(v.Text(), v.Decimals(), figure.ExactText(v.Rat()), figure.ExactText(v.HalfRat()))
	millions := v.At(6)
	fmt.Println(millions.Text(), millions.Decimals(), millions.SameAs(v))
	// Output:
	// 118.7 1 118700000000 50000000
	// 118700 -2 true
}

func ExampleNotation_Read() {
	yearbook := figure.Notation{
		Thousands: ",",
		Marks:     map[string]string{"p": "provisional"},
		Missing:   map[string]figure.Meaning{"…": figure.MeansBelowUnit},
	}
	number, err := yearbook.Read("1,187.0p", figure.Level)
	fmt.Println(number.Value, number.Flags, err)
	_, err = figure.Notation{}.Read("1,187.0", figure.Level)
	fmt.Println(err)
	// Output:
	// 1187.0 [provisional] <nil>
	// number_separator_undeclared: "1,187.0" has the separator ","
}

func ExampleUnitRules_Parse() {
	office := figure.UnitRules{Currency: "CNY"}
	unit, err := office.Parse("亿元")
	fmt.Println(unit.Code, unit.Multiplier, err)
	_, err = figure.UnitRules{}.Parse("亿元")
	fmt.Println(err)
	// Output:
	// CNY 8 <nil>
	// unit_currency_undeclared: "亿元" is the sign of several currencies
}
