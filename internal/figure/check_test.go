package figure

import (
	"testing"

	"bellwether/internal/fault"
)

func TestCheck(t *testing.T) {
	marks := func(mark string) Notation { return Notation{Marks: map[string]string{mark: "footnote"}} }
	cases := []struct {
		name     string
		notation Notation
		want     fault.Code
	}{
		{"nothing declared", Notation{}, ""},
		{"everything declared", Notation{
			Decimal: ",", Thousands: "\u00a0", Grouping: ByTwosAtThree, Marks: footnotes.Marks, Exponent: true,
			Missing: map[string]Meaning{"x": NotAvailable, "…": MeansBelowUnit, "-": MeansZero},
		}, ""},
		{"full-width separators", Notation{Decimal: "．", Thousands: "，"}, ""},
		{"an underscore for thousands", Notation{Thousands: "_"}, ""},
		{"a point for both, one by default", Notation{Thousands: "."}, fault.SettingInvalid},
		{"a comma for both", Notation{Decimal: ",", Thousands: ","}, fault.SettingInvalid},
		{"a minus for thousands", Notation{Thousands: "-"}, fault.SettingInvalid},
		{"a digit for thousands", Notation{Thousands: "0"}, fault.SettingInvalid},
		{"a letter for the decimals", Notation{Decimal: "e"}, fault.SettingInvalid},
		{"a percent sign for the decimals", Notation{Decimal: "%"}, fault.SettingInvalid},
		{"two characters", Notation{Thousands: ", "}, fault.SettingInvalid},
		{"no character", Notation{Thousands: "\xff"}, fault.SettingInvalid},
		{"another grouping", Notation{Thousands: ",", Grouping: "4"}, fault.SettingInvalid},
		{"another meaning", Notation{Missing: map[string]Meaning{"x": "secret"}}, fault.SettingInvalid},
		{"a note with digits in brackets", marks("(1)"), ""},
		{"a note with a digit and a bracket", marks("1)"), ""},
		{"an exponent's letter", marks("e"), ""},
		{"a minus", marks("-"), fault.SettingInvalid},
		{"a typographic minus", marks("−"), fault.SettingInvalid},
		{"a plus", marks("+"), fault.SettingInvalid},
		{"a percent sign", marks("%"), fault.SettingInvalid},
		{"a digit", marks("1"), fault.SettingInvalid},
		{"digits behind a point", marks(".0"), fault.SettingInvalid},
		{"a group of thousands", Notation{Thousands: ",", Marks: map[string]string{"1,": "footnote"}}, fault.SettingInvalid},
		{"an exponent", marks("e5"), fault.SettingInvalid},
		{"nothing", marks(""), fault.SettingInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := c.notation.Check(); fault.CodeOf(err) != c.want {
				t.Errorf("Check of %+v = %v, want the code %q", c.notation, err, c.want)
			}
		})
	}
}
