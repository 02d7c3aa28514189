package figure

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
)

func decimals(n int) *int { return &n }

var footnotes = Notation{Marks: map[string]string{
	"p": "provisional", "r": "revised", "*": "footnote", "**": "other_footnote", "①": "note_1", "(e)": "estimate",
}}

func TestReadNumbers(t *testing.T) {
	european := Notation{Decimal: ",", Thousands: "."}
	comma := Notation{Thousands: ","}
	negatives := Notation{Negatives: Negatives{Parentheses: true, TrailingMinus: true}}
	cases := []struct {
		name     string
		notation Notation
		text     string
		kind     Kind
		want     string
		flags    []string
	}{
		{"plain", Notation{}, "118.7", Level, "118.7", nil},
		{"trailing zeros count", Notation{}, "118.70", Level, "118.70", nil},
		{"outer spaces", Notation{}, "\u3000 118.7\t\u00a0", Level, "118.7", nil},
		{"plus", Notation{}, "+4.2", Level, "4.2", nil},
		{"minus", Notation{}, "-4.2", Level, "-4.2", nil},
		{"typographic minus", Notation{}, "−4.2", Level, "-4.2", nil},
		{"negative zero", Notation{}, "-0.0", Level, "0.0", []string{FlagNegativeZero}},
		{"zero is a number", Notation{}, "0", Level, "0", nil},
		{"multiplier", Notation{Multiplier: 9}, "118.7", Level, "118.7e9", nil},
		{"thousands", comma, "1,234,567.5", Level, "1234567.5", nil},
		{"thousands declared and not used", comma, "1234567", Level, "1234567", nil},
		{"spaces as thousands", Notation{Decimal: ",", Thousands: "\u00a0"}, "1\u00a0234,5", Level, "1234.5", nil},
		{"decimal comma", european, "1.234,56", Level, "1234.56", nil},
		{"a point that is declared for thousands", european, "1.234", Level, "1234", nil},
		{"groups of two", Notation{Thousands: ",", Grouping: ByTwosAtThree}, "12,34,567", Level, "1234567", nil},
		{"groups of two, short", Notation{Thousands: ",", Grouping: ByTwosAtThree}, "4,567", Level, "4567", nil},
		{"parentheses", negatives, "(4.2)", Level, "-4.2", nil},
		{"parentheses around zero", negatives, "(0.0)", Level, "0.0", []string{FlagNegativeZero}},
		{"trailing minus", negatives, "4.2-", Level, "-4.2", nil},
		{"trailing typographic minus", negatives, "4.2−", Level, "-4.2", nil},
		{"percent", Notation{}, "16.2%", Percent, "16.2", nil},
		{"percent behind a space", Notation{}, "16.2 %", Percent, "16.2", nil},
		{"full-width percent", Notation{}, "16.2％", Percent, "16.2", nil},
		{"percent without its sign", Notation{}, "-16.2", Percent, "-16.2", nil},
		{"percent in parentheses", negatives, "(4.2%)", Percent, "-4.2", nil},
		{"percent behind parentheses", negatives, "(4.2)%", Percent, "-4.2", nil},
		{"mark", footnotes, "118.7p", Level, "118.7", []string{"provisional"}},
		{"marks in order", footnotes, "118.7 r*", Level, "118.7", []string{"revised", "footnote"}},
		{"the longest mark", footnotes, "118.7**", Level, "118.7", []string{"other_footnote"}},
		{"mark in front", footnotes, "* 118.7 p", Level, "118.7", []string{"footnote", "provisional"}},
		{"circled digit as a mark", footnotes, "118.7①", Level, "118.7", []string{"note_1"}},
		{"mark in brackets", footnotes, "118.7 (e)", Level, "118.7", []string{"estimate"}},
		{"mark twice", footnotes, "118.7 pp", Level, "118.7", []string{"provisional"}},
		{"mark behind a percent sign", footnotes, "16.2%p", Percent, "16.2", []string{"provisional"}},
		{"mark on a negative zero", footnotes, "-0.0p", Level, "0.0", []string{"provisional", FlagNegativeZero}},
		{"declared decimals pad", Notation{Decimals: decimals(1)}, "118", Level, "118.0", nil},
		{"negative decimals", Notation{Decimals: decimals(-2), Multiplier: 6}, "118700", Level, "118700e6", nil},
		{"exponent", Notation{Exponent: true}, "1.187E+11", Level, "1.187e11", nil},
		{"small exponent", Notation{Exponent: true, Multiplier: 3}, "-1.187e-05", Level, "-1.187e-2", nil},
		{"exponent with declared decimals", Notation{Exponent: true, Decimals: decimals(4)}, "1.187E11", Level, "1.1870e11", nil},
		{"38 digits", Notation{}, strings.Repeat("9", 38), Level, strings.Repeat("9", 38), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.notation.Read(c.text, c.kind)
			if err != nil {
				t.Fatalf("Read(%q) = %v, want %s", c.text, err, c.want)
			}
			if got.State != Present || got.Value.String() != c.want || !slices.Equal(got.Flags, c.flags) {
				t.Errorf("Read(%q) = %s %v, want %s %v", c.text, got.Value, got.Flags, c.want, c.flags)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	comma := Notation{Thousands: ","}
	cases := []struct {
		notation Notation
		text     string
		kind     Kind
		want     fault.Code
	}{
		{Notation{}, "1,234.5", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "1.234,56", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "1.234.567", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "1 234", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "1'234", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "1\u202f234", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "1，234", Level, fault.NumberSeparatorUndeclared},
		{Notation{}, "118．7", Level, fault.NumberSeparatorUndeclared},
		{comma, "1，234", Level, fault.NumberSeparatorUndeclared},
		{Notation{Decimal: ","}, "118.7", Level, fault.NumberSeparatorUndeclared},
		{Notation{Thousands: " "}, "1\u00a0234", Level, fault.NumberSeparatorUndeclared},
		{comma, "12,34.5", Level, fault.NumberGrouping},
		{comma, "1234,567", Level, fault.NumberGrouping},
		{comma, "1,,234", Level, fault.NumberGrouping},
		{comma, ",234", Level, fault.NumberGrouping},
		{comma, "1,234,", Level, fault.NumberGrouping},
		{comma, "1.234,567", Level, fault.NumberGrouping},
		{comma, "12,34,567", Level, fault.NumberGrouping},
		{Notation{Thousands: ",", Grouping: ByTwosAtThree}, "1,234,567", Level, fault.NumberGrouping},
		{Notation{Thousands: ",", Grouping: ByTwosAtThree}, "123,456", Level, fault.NumberGrouping},
		{Notation{Thousands: ",", Grouping: ByTwosAtThree}, "12,34", Level, fault.NumberGrouping},
		{comma, "0,234", Level, fault.NumberLeadingZero},
		{Notation{}, "(4.2)", Level, fault.NumberParenthesesUndeclared},
		{Notation{}, "4.2-", Level, fault.NumberTrailingMinusUndeclared},
		{Notation{}, "4.2−", Level, fault.NumberTrailingMinusUndeclared},
		{Notation{}, "16.2%", Level, fault.NumberPercentInLevel},
		{Notation{}, "16.2 ％", Level, fault.NumberPercentInLevel},
		{Notation{}, "118.7p", Level, fault.NumberUndeclaredMark},
		{Notation{}, "118.7 r*", Level, fault.NumberUndeclaredMark},
		{Notation{}, "118.7①", Level, fault.NumberUndeclaredMark},
		{Notation{}, "118.7¹", Level, fault.NumberUndeclaredMark},
		{Notation{}, "118.7 (p)", Level, fault.NumberUndeclaredMark},
		{Notation{}, "[118.7]", Level, fault.NumberUndeclaredMark},
		{Notation{}, "118.7 bn", Level, fault.NumberUndeclaredMark},
		{Notation{}, "$118.7", Level, fault.NumberUndeclaredMark},
		{footnotes, "118.7x", Level, fault.NumberUndeclaredMark},
		{Notation{}, "16.2%p", Level, fault.NumberUndeclaredMark},
		{Notation{}, "１１８.7", Level, fault.NumberNonASCIIDigit},
		{Notation{}, "١٢", Level, fault.NumberNonASCIIDigit},
		{Notation{}, "１１８.7x", Level, fault.NumberNonASCIIDigit},
		{Notation{}, "1.187E+11", Level, fault.NumberExponentUndeclared},
		{Notation{}, "1e5", Level, fault.NumberExponentUndeclared},
		{Notation{Exponent: true}, "1E31", Level, fault.NumberTooLong},
		{Notation{Exponent: true}, "1E-31", Level, fault.NumberTooLong},
		{Notation{Exponent: true}, "1E10000000000000000000000", Level, fault.NumberTooLong},
		{Notation{Exponent: true, Multiplier: 31}, "1E30", Level, fault.NumberTooLong},
		{Notation{Exponent: true}, "1E1.5", Level, fault.NumberMalformed},
		{Notation{}, "0118.7", Level, fault.NumberLeadingZero},
		{Notation{}, "-00", Level, fault.NumberLeadingZero},
		{Notation{}, strings.Repeat("1", 39), Level, fault.NumberTooLong},
		{Notation{}, "0." + strings.Repeat("1", 19), Level, fault.NumberTooLong},
		{Notation{}, strings.Repeat("x", 129), Level, fault.NumberTooLong},
		{Notation{Decimals: decimals(1)}, "118.75", Level, fault.NumberDecimalsExceed},
		{Notation{Decimals: decimals(1)}, "118.70", Level, fault.NumberDecimalsExceed},
		{Notation{Decimals: decimals(-2)}, "118750", Level, fault.NumberDecimalsExceed},
		{Notation{}, "1/3", Level, fault.NumberMalformed},
		{Notation{}, "1_000", Level, fault.NumberMalformed},
		{Notation{}, "0x1F", Level, fault.NumberMalformed},
		{Notation{Exponent: true}, "0x1p-2", Level, fault.NumberMalformed},
		{Notation{}, "NaN", Level, fault.NumberMalformed},
		{Notation{}, "Inf", Level, fault.NumberMalformed},
		{Notation{}, "+Inf", Level, fault.NumberMalformed},
		{Notation{}, ".5", Level, fault.NumberMalformed},
		{Notation{}, "5.", Level, fault.NumberMalformed},
		{Notation{}, "--5", Level, fault.NumberMalformed},
		{Notation{}, "+-5", Level, fault.NumberMalformed},
		{Notation{}, "- 5", Level, fault.NumberMalformed},
		{Notation{}, "1-2", Level, fault.NumberMalformed},
		{Notation{}, "1.2.3", Level, fault.NumberMalformed},
		{Notation{Negatives: Negatives{Parentheses: true}}, "(-4.2)", Level, fault.NumberMalformed},
		{Notation{Negatives: Negatives{Parentheses: true}}, "-(4.2)", Level, fault.NumberMalformed},
		{Notation{Negatives: Negatives{TrailingMinus: true}}, "-4.2-", Level, fault.NumberMalformed},
		{Notation{}, "16.2%%", Percent, fault.NumberMalformed},
		{Notation{}, ",", Level, fault.NumberMalformed},
		{footnotes, "p", Level, fault.NumberMalformed},
		{Notation{}, "na", Level, fault.NumberMalformed},
		{Notation{}, "118\x007", Level, fault.NumberMalformed},
		{Notation{}, "118.\xff7", Level, fault.NumberMalformed},
		{Notation{}, "\x00", Level, fault.NumberMalformed},
		{Notation{}, "118.7\xff", Level, fault.NumberUndeclaredMark},
		{Notation{}, strings.Repeat("\xff", 1<<20), Level, fault.NumberTooLong},
	}
	for _, c := range cases {
		if got, err := c.notation.Read(c.text, c.kind); fault.CodeOf(err) != c.want {
			t.Errorf("Read(%q) = %s, %v, want the code %s", c.text, got.Value, err, c.want)
		}
	}
}

func TestReadWords(t *testing.T) {
	declared := Notation{
		Multiplier: 8,
		Decimals:   decimals(0),
		Missing:    map[string]Meaning{"…": MeansBelowUnit, "-": MeansZero, "x": NotAvailable, "NA": NilOrMissing, "0": NotAvailable},
	}
	cases := []struct {
		notation Notation
		text     string
		state    State
		reason   Meaning
		flags    []string
	}{
		{Notation{}, "", Missing, Blank, nil},
		{Notation{}, " \u3000", Missing, Blank, nil},
		{Notation{}, strings.Repeat(" ", 1<<20), Missing, Blank, nil},
		{Notation{}, "…", Missing, NotAvailable, nil},
		{Notation{}, "...", Missing, NotAvailable, nil},
		{Notation{}, "..", Missing, NotAvailable, nil},
		{Notation{}, "n/a", Missing, NotAvailable, nil},
		{Notation{}, "N/A", Missing, NotAvailable, nil},
		{Notation{}, "NA", Missing, NotAvailable, nil},
		{Notation{}, " n.a. ", Missing, NotAvailable, nil},
		{Notation{}, "-", Missing, NilOrMissing, nil},
		{Notation{}, "–", Missing, NilOrMissing, nil},
		{Notation{}, "—", Missing, NilOrMissing, nil},
		{declared, "…", BelowUnit, "", nil},
		{declared, "-", Nil, "", []string{FlagNil}},
		{declared, "x", Missing, NotAvailable, nil},
		{declared, "NA", Missing, NilOrMissing, nil},
		{declared, "0", Missing, NotAvailable, nil},
		{declared, "—", Missing, NilOrMissing, nil},
		{declared, "", Missing, Blank, nil},
	}
	for _, c := range cases {
		got, err := c.notation.Read(c.text, Level)
		if err != nil || got.State != c.state || got.Reason != c.reason || !slices.Equal(got.Flags, c.flags) {
			t.Errorf("Read(%q) = %+v, %v, want state %d, reason %q, flags %v", c.text, got, err, c.state, c.reason, c.flags)
		}
		if !got.Value.IsZero() || got.Value.Multiplier() != c.notation.Multiplier {
			t.Errorf("Read(%q) has the value %s, want 0 at the multiplier %d", c.text, got.Value, c.notation.Multiplier)
		}
	}
}

func TestBounds(t *testing.T) {
	words := Notation{Missing: map[string]Meaning{"…": MeansBelowUnit, "-": MeansZero}, Multiplier: 8}
	for text, want := range map[string][2]string{
		"118.7": {"11865000000", "11875000000"},
		"…":     {"0", "50000000"},
		"-":     {"0", "0"},
		"n/a":   {"", ""},
	} {
		reading, err := words.Read(text, Level)
		if err != nil {
			t.Fatal(err)
		}
		low, high, ok := reading.Bounds()
		if !ok {
			if want[0] != "" {
				t.Errorf("Read(%q) has no bounds, want %s to %s", text, want[0], want[1])
			}
			continue
		}
		if ExactText(low) != want[0] || ExactText(high) != want[1] {
			t.Errorf("Read(%q) lies between %s and %s, want %s and %s", text, ExactText(low), ExactText(high), want[0], want[1])
		}
	}
}

func TestReadEqualsParseOnPlainText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(t, "value")
		got, err := Notation{Multiplier: v.Multiplier()}.Read(v.Text(), Level)
		if err != nil || !got.Value.SameAs(v) {
			t.Fatalf("Read(%q) = %v, %v, want %s", v.Text(), got.Value, err, v)
		}
	})
}

// FuzzRead reads any bytes under strict and under lenient rules: whatever is
// read prints as strict text and reads back to the same number, and whatever
// the strict rules read as a number the lenient ones read the same way.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"118.7", "1,234.5", "(4.2)", "4.2-", "1.187E+11", "16.2%", "118.7 r*", "…", "-", "１１８", "118.7①", "1/3", "0x1F", "NaN", "-0.0", "0118",
	} {
		f.Add(seed)
	}
	lenient := Notation{
		Thousands: ",",
		Negatives: Negatives{Parentheses: true, TrailingMinus: true},
		Marks:     footnotes.Marks,
		Exponent:  true,
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, notation := range []Notation{{}, lenient} {
			got, err := notation.Read(text, Percent)
			if err != nil {
				if fault.KindOf(err) != fault.Invalid {
					t.Fatalf("Read(%q) = %v, want a fault of the input", text, err)
				}
				continue
			}
			back, err := Parse(got.Value.Text(), got.Value.Multiplier())
			if err != nil || !back.Equal(got.Value) {
				t.Fatalf("Read(%q) = %s, which reads back as %s, %v", text, got.Value, back, err)
			}
		}
		strict, err := Notation{}.Read(text, Level)
		if err != nil || strict.State != Present {
			return
		}
		if loose, err := lenient.Read(text, Level); err != nil || !loose.Value.SameAs(strict.Value) {
			t.Fatalf("Read(%q) = %s by strict rules and %s, %v by lenient ones", text, strict.Value, loose.Value, err)
		}
	})
}
