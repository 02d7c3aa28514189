package figure

import (
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
)

func TestParseKeepsWhatIsPrinted(t *testing.T) {
	cases := []struct {
		text       string
		multiplier int
		want       string
		decimals   int
		ones       string
		half       string
	}{
		{"118.7", 9, "118.7", 1, "118700000000", "50000000"},
		{"118.70", 9, "118.70", 2, "118700000000", "5000000"},
		{"1187", 8, "1187", 0, "118700000000", "50000000"},
		{"0", 0, "0", 0, "0", "0.5"},
		{"0.00", 0, "0.00", 2, "0", "0.005"},
		{"-4.2", 0, "-4.2", 1, "-4.2", "0.05"},
		{"-0.0", 0, "0.0", 1, "0", "0.05"},
		{"0.05", -2, "0.05", 2, "0.0005", "0.00005"},
		{"9223372036854775807", 0, "9223372036854775807", 0, "9223372036854775807", "0.5"},
		{"-9223372036854775808", 0, "-9223372036854775808", 0, "-9223372036854775808", "0.5"},
		{"9223372036854775808", 0, "9223372036854775808", 0, "9223372036854775808", "0.5"},
		{strings.Repeat("9", 38), 0, strings.Repeat("9", 38), 0, strings.Repeat("9", 38), "0.5"},
		{"12345678901234567890.123456789012345678", 0, "12345678901234567890.123456789012345678", 18,
			"12345678901234567890.123456789012345678", "0.0000000000000000005"},
	}
	for _, c := range cases {
		v, err := Parse(c.text, c.multiplier)
		if err != nil {
			t.Errorf("Parse(%q, %d) = %v, want no error", c.text, c.multiplier, err)
			continue
		}
		if v.Text() != c.want || v.Decimals() != c.decimals || v.Multiplier() != c.multiplier {
			t.Errorf("Parse(%q) = %q with %d decimals at %d, want %q, %d, %d",
				c.text, v.Text(), v.Decimals(), v.Multiplier(), c.want, c.decimals, c.multiplier)
		}
		if got := ExactText(v.Rat()); got != c.ones {
			t.Errorf("Parse(%q).Rat() = %s, want %s", c.text, got, c.ones)
		}
		if got := ExactText(v.HalfRat()); got != c.half {
			t.Errorf("Parse(%q).HalfRat() = %s, want %s", c.text, got, c.half)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	cases := []struct {
		text       string
		multiplier int
		want       fault.Code
	}{
		{"", 0, fault.NumberMalformed},
		{"-", 0, fault.NumberMalformed},
		{".5", 0, fault.NumberMalformed},
		{"5.", 0, fault.NumberMalformed},
		{"+5", 0, fault.NumberMalformed},
		{" 5", 0, fault.NumberMalformed},
		{"1e5", 0, fault.NumberMalformed},
		{"1_000", 0, fault.NumberMalformed},
		{"0x1F", 0, fault.NumberMalformed},
		{"1/3", 0, fault.NumberMalformed},
		{"NaN", 0, fault.NumberMalformed},
		{"１", 0, fault.NumberMalformed},
		{"1.2.3", 0, fault.NumberMalformed},
		{"--1", 0, fault.NumberMalformed},
		{"01", 0, fault.NumberLeadingZero},
		{"-00.1", 0, fault.NumberLeadingZero},
		{strings.Repeat("1", 39), 0, fault.NumberTooLong},
		{"0." + strings.Repeat("1", 19), 0, fault.NumberTooLong},
		{strings.Repeat("1", 129), 0, fault.NumberTooLong},
		{"1", 61, fault.NumberTooLong},
		{"1", -61, fault.NumberTooLong},
	}
	for _, c := range cases {
		if _, err := Parse(c.text, c.multiplier); fault.CodeOf(err) != c.want {
			t.Errorf("Parse(%q, %d) = %v, want the code %s", c.text, c.multiplier, err, c.want)
		}
	}
}

func TestAtMovesTheDecimalsAndNothingElse(t *testing.T) {
	cases := []struct {
		text     string
		from, to int
		want     string
		decimals int
	}{
		{"118.7", 9, 6, "118700", -2},
		{"118.7", 9, 8, "1187", 0},
		{"118.7", 9, 12, "0.1187", 4},
		{"-118.7", 9, 6, "-118700", -2},
		{"0.0", 9, 6, "0", -2},
		{"12345678901234567890123456789.5", 0, -2, "1234567890123456789012345678950", -1},
	}
	for _, c := range cases {
		v := MustParse(c.text, c.from)
		moved := v.At(c.to)
		if moved.Text() != c.want || moved.Decimals() != c.decimals {
			t.Errorf("%s at %d = %q with %d decimals, want %q, %d", v, c.to, moved.Text(), moved.Decimals(), c.want, c.decimals)
		}
		if !moved.SameAs(v) {
			t.Errorf("%s at %d is not the same number as before", v, c.to)
		}
	}
}

func TestWithDecimals(t *testing.T) {
	cases := []struct {
		text     string
		decimals int
		want     string
		code     fault.Code
	}{
		{"118", 1, "118.0", ""},
		{"118.7", 1, "118.7", ""},
		{"-118.7", 3, "-118.700", ""},
		{"118700", -2, "118700", ""},
		{"-118700", -2, "-118700", ""},
		{"0", -2, "0", ""},
		{"0", 2, "0.00", ""},
		{"9223372036854775807", 2, "9223372036854775807.00", ""},
		{"12345678901234567890123400", -2, "12345678901234567890123400", ""},
		{"118.75", 1, "", fault.NumberDecimalsExceed},
		{"118.70", 1, "", fault.NumberDecimalsExceed},
		{"118750", -2, "", fault.NumberDecimalsExceed},
		{"118.0", -1, "", fault.NumberDecimalsExceed},
		{"118", 19, "", fault.NumberTooLong},
		{"118", -61, "", fault.NumberTooLong},
		{strings.Repeat("1", 38), 1, "", fault.NumberTooLong},
	}
	for _, c := range cases {
		v, err := MustParse(c.text, 0).WithDecimals(c.decimals)
		if fault.CodeOf(err) != c.code {
			t.Errorf("%s with %d decimals = %v, want the code %q", c.text, c.decimals, err, c.code)
			continue
		}
		if err == nil && (v.Text() != c.want || v.Decimals() != c.decimals) {
			t.Errorf("%s with %d decimals = %q with %d, want %q", c.text, c.decimals, v.Text(), v.Decimals(), c.want)
		}
	}
}

func TestExactValuesHaveNoHalfWidth(t *testing.T) {
	v := New(0, 0, 9).Exact()
	if v.HalfRat().Sign() != 0 || !v.Half().IsZero() || !v.IsExact() {
		t.Errorf("the half-width of an exact zero is %s, want 0", v.Half())
	}
	if v.SameAs(New(0, 0, 9)) {
		t.Error("an exact zero is the same as a printed one, want not: the printed one is rounded")
	}
	if !v.SameAs(New(0, 3, 6).Exact()) {
		t.Error("two exact zeros differ, want the same: neither has a half-width")
	}
	if !v.Equal(New(0, 2, 0)) {
		t.Error("an exact zero does not equal a printed one, want equal in value")
	}
}

func TestCmp(t *testing.T) {
	cases := []struct {
		a, b Value
		want int
	}{
		{New(1187, 1, 9), New(1187, 0, 8), 0},
		{New(1187, 1, 9), New(118700, 3, 9), 0},
		{New(1, 0, 0), New(1, 0, 40), -1},
		{New(-1, 0, 0), New(-1, 0, 40), 1},
		{New(1, 0, 40), New(1, 0, 0), 1},
		{New(0, 0, 40), New(0, 5, 0), 0},
		{New(-1, 0, 0), New(0, 0, 0), -1},
		{New(1, 0, 19), New(9223372036854775807, 0, 0), 1},
		{New(-9223372036854775808, 0, 0), New(-922337203685477581, 0, 1), 1},
		{MustParse("9223372036854775808", 0), New(9223372036854775807, 0, 0), 1},
	}
	for _, c := range cases {
		if got := c.a.Cmp(c.b); got != c.want {
			t.Errorf("%s.Cmp(%s) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := c.b.Cmp(c.a); got != -c.want {
			t.Errorf("%s.Cmp(%s) = %d, want %d", c.b, c.a, got, -c.want)
		}
	}
}

// values draws printed numbers, many of them beyond the fast path.
func values(t *rapid.T, label string) Value {
	text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,19})(\.[0-9]{1,18})?`).Draw(t, label)
	return MustParse(text, rapid.IntRange(-30, 30).Draw(t, label+" multiplier"))
}

func TestTextRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(t, "value")
		back, err := Parse(v.Text(), v.Multiplier())
		if err != nil || !back.SameAs(v) || back.Text() != v.Text() {
			t.Fatalf("Parse(%q) = %v, %v, want the same number", v.Text(), back, err)
		}
	})
}

func TestAtKeepsValueAndHalfWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(t, "value")
		moved := v.At(rapid.IntRange(-30, 30).Draw(t, "to"))
		if moved.Rat().Cmp(v.Rat()) != 0 || moved.HalfRat().Cmp(v.HalfRat()) != 0 {
			t.Fatalf("%s moved to %s, want the same value and half-width", v, moved)
		}
		ones, ok := new(big.Rat).SetString(moved.Text())
		if !ok {
			t.Fatalf("%s at %d prints %q", v, moved.Multiplier(), moved.Text())
		}
		ones.Mul(ones, ratOf(big.NewInt(1), moved.Multiplier()))
		if ones.Cmp(v.Rat()) != 0 {
			t.Fatalf("%s at %d prints %q, which is %s", v, moved.Multiplier(), moved.Text(), ones)
		}
		if back := moved.At(v.Multiplier()); back.Text() != v.Text() {
			t.Fatalf("%s there and back is %s", v, back)
		}
	})
}

func TestFastPathEqualsDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, w := values(t, "v"), values(t, "w")
		oracle, err := decimal.NewFromString(v.Text())
		if err != nil {
			t.Fatal(err)
		}
		oracle = oracle.Shift(int32(v.Multiplier()))
		if !v.Decimal().Equal(oracle) || v.Rat().Cmp(oracle.Rat()) != 0 {
			t.Fatalf("%s is %s, want %s", v, v.Decimal(), oracle)
		}
		if got, want := v.Cmp(w), v.Rat().Cmp(w.Rat()); got != want {
			t.Fatalf("%s.Cmp(%s) = %d, want %d", v, w, got, want)
		}
		if got := v.Neg(); got.Rat().Cmp(new(big.Rat).Neg(v.Rat())) != 0 {
			t.Fatalf("%s.Neg() = %s", v, got)
		}
		c, exponent, ok := v.Scaled()
		if ok && ratOf(big.NewInt(c), exponent).Cmp(v.Rat()) != 0 {
			t.Fatalf("%s.Scaled() = %d, %d", v, c, exponent)
		}
		if fits := v.digits() <= fastDigits; fits && !ok {
			t.Fatalf("%s.Scaled() does not fit", v)
		}
	})
}

func TestFastPathDoesNotAllocate(t *testing.T) {
	var buffer [64]byte
	v, w := MustParse("118.70", 9), MustParse("114", 9)
	sum := 0
	allocations := testing.AllocsPerRun(100, func() {
		p, err := Parse("-118.70", 9)
		if err != nil {
			t.Fatal(err)
		}
		c, exponent, _ := p.Half().Scaled()
		sum += int(c) + exponent + v.Cmp(w) + len(p.At(6).AppendText(buffer[:0]))
	})
	if allocations != 0 {
		t.Errorf("parsing, comparing and printing allocate %v times, want 0", allocations)
	}
}

func TestRoundHalfAway(t *testing.T) {
	cases := []struct {
		ratio    string
		decimals int
		want     string
	}{
		{"0.125", 2, "0.13"},
		{"-0.125", 2, "-0.13"},
		{"0.1249999", 2, "0.12"},
		{"-0.004", 2, "0.00"},
		{"-0.005", 2, "-0.01"},
		{"0.5", 0, "1"},
		{"-0.5", 0, "-1"},
		{"1/3", 4, "0.3333"},
		{"2/3", 4, "0.6667"},
		{"999.995", 2, "1000.00"},
		{"0", 2, "0.00"},
		{"123456789012345678901234567890.5", 0, "123456789012345678901234567891"},
	}
	for _, c := range cases {
		r, ok := new(big.Rat).SetString(c.ratio)
		if !ok {
			t.Fatal(c.ratio)
		}
		if got := RoundHalfAway(r, c.decimals); got != c.want {
			t.Errorf("RoundHalfAway(%s, %d) = %s, want %s", c.ratio, c.decimals, got, c.want)
		}
	}
}

func TestRoundedIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64().Draw(t, "numerator"), rapid.Int64Range(1, 1<<40).Draw(t, "denominator"))
		v := Rounded(r, rapid.IntRange(0, 8).Draw(t, "decimals"), rapid.IntRange(-3, 12).Draw(t, "multiplier"))
		distance := new(big.Rat).Sub(v.Rat(), r)
		if distance.Abs(distance).Cmp(v.HalfRat()) > 0 {
			t.Fatalf("%s is rounded to %s, further than %s away", r, v, v.Half())
		}
		towards := new(big.Rat).Abs(v.Rat()).Cmp(new(big.Rat).Abs(r)) < 0
		if distance.Cmp(v.HalfRat()) == 0 && towards {
			t.Fatalf("%s is half way and rounded to %s, towards zero", r, v)
		}
	})
}

func TestExactText(t *testing.T) {
	for ratio, want := range map[string]string{
		"1/3": "1/3", "2/6": "1/3", "-10/4": "-2.5", "118700000000": "118700000000", "1/8": "0.125", "0": "0",
	} {
		r, _ := new(big.Rat).SetString(ratio)
		if got := ExactText(r); got != want {
			t.Errorf("ExactText(%s) = %s, want %s", ratio, got, want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("118.70", 9); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendText(b *testing.B) {
	b.ReportAllocs()
	v := MustParse("118.70", 9)
	var buffer [64]byte
	for b.Loop() {
		v.AppendText(buffer[:0])
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Notation{}).Read("118.70", Level); err != nil {
			b.Fatal(err)
		}
	}
}
