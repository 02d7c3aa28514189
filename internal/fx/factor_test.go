package fx

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// drawRate draws the text of a rate from 1e-8 to 1e8 with up to 8 decimals.
func drawRate(t *rapid.T, name string) figure.Value {
	return figure.New(rapid.Int64Range(1, 1_0000_0000).Draw(t, name), rapid.IntRange(0, 8).Draw(t, name+" decimals"), 0)
}

// drawAmount draws an amount of any size that a file can state, whole ones in
// thousands and wide ones among them.
func drawAmount(t *rapid.T) figure.Value {
	text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,19})(\.[0-9]{1,10})?`).Draw(t, "amount")
	return figure.MustParse(text, rapid.SampledFrom([]int{0, 3, 4, 6, 8, 9, 12}).Draw(t, "multiplier"))
}

// drawRatio draws ratios that fit 64 bits and ratios that do not.
func drawRatio(t *rapid.T) ratio {
	r := drawRate(t, "rate").Rat()
	for range rapid.IntRange(0, 12).Draw(t, "further factors") {
		r.Mul(r, big.NewRat(rapid.Int64Range(1, 1<<20).Draw(t, "num"), rapid.Int64Range(1, 1<<20).Draw(t, "den")))
	}
	return ratioOf(r)
}

func TestScaleIsExact(t *testing.T) {
	var fast, wide int
	rapid.Check(t, func(t *rapid.T) {
		r := drawRatio(t)
		coefficient := rapid.Int64().Draw(t, "coefficient")
		shift := rapid.IntRange(-20, 20).Draw(t, "shift")
		got, ok := r.scale(coefficient, shift)
		if !ok {
			return
		}
		fast++
		if r.wide != nil {
			wide++
		}
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(coefficient), r.rat())
		if want := figure.RoundHalfAway(exact.Mul(exact, tenTo(shift)), 0); big.NewInt(got).String() != want {
			t.Fatalf("%s scaled %d by 10^%d = %d, want %s", r.rat(), coefficient, shift, got, want)
		}
	})
	if fast == 0 || wide == 0 {
		t.Errorf("the fast path answered %d times, %d of them for wide ratios; want both above 0", fast, wide)
	}
}

// A wide ratio on the edge of a half is left to the exact path.
func TestScaleLeavesHalvesOfWideRatios(t *testing.T) {
	edge := new(big.Rat).Add(big.NewRat(1, 2), new(big.Rat).Inv(new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 200))))
	r := ratioOf(edge)
	if got, ok := r.scale(1, 0); ok {
		t.Errorf("scale(1) of just over a half = %d, want no answer", got)
	}
	f := &Factor{rate: r, magnitude: r.magnitude()}
	if got := f.Apply(figure.MustParse("1", 0), 0).Text(); got != "1" {
		t.Errorf("Apply(1) at just over a half = %s, want 1", got)
	}
}

func TestMagnitude(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRatio(t)
		k := r.magnitude()
		if r.rat().Cmp(tenTo(k)) < 0 || r.rat().Cmp(tenTo(k+1)) >= 0 {
			t.Fatalf("magnitude of %s = %d", r.rat(), k)
		}
	})
	if got := ratioOf(new(big.Rat).Mul(tenTo(-40), big.NewRat(1, 3))).magnitude(); got != -41 {
		t.Errorf("magnitude of a third of 10^-40 = %d, want -41", got)
	}
	for text, want := range map[string]int{"0.1": -1, "0.099": -2, "1": 0, "9.99": 0, "10": 1, "0.00000001": -8} {
		if got := ratioOf(figure.MustParse(text, 0).Rat()).magnitude(); got != want {
			t.Errorf("magnitude of %s = %d, want %d", text, got, want)
		}
	}
}

func TestConvertRoundsTheExactAmountByTheCap(t *testing.T) {
	b := bookOf(t, "")
	rapid.Check(t, func(t *rapid.T) {
		rate, amount := drawRate(t, "rate"), drawAmount(t)
		ask := Ask{
			Amount: amount, From: "CNY", To: "USD", Method: ByFixed, Fixed: &Fixed{Rate: rate, DeclaredBy: "test"},
			Period: period.MustParse("2013"),
		}
		if rapid.Bool().Draw(t, "asks for decimals") {
			n := rapid.IntRange(0, 9).Draw(t, "decimals")
			ask.Decimals = &n
		}
		c, err := b.Convert(ask)
		if err != nil {
			t.Fatal(err)
		}
		exact := new(big.Rat).Quo(amount.Rat(), rate.Rat())
		half := new(big.Rat).Quo(amount.HalfRat(), rate.Rat())
		if c.AmountExact.Cmp(exact) != 0 || c.HalfWidth.Cmp(half) != 0 {
			t.Fatalf("exact %s ± %s, want %s ± %s", c.AmountExact, c.HalfWidth, exact, half)
		}
		limit := 0
		for limit < 6 && new(big.Rat).Mul(big.NewRat(1, 2), tenTo(c.Multiplier-limit)).Cmp(half) > 0 {
			limit++
		}
		want := limit
		if ask.Decimals != nil {
			want = min(limit, *ask.Decimals)
		}
		if capped := ask.Decimals != nil && *ask.Decimals > limit; c.Disclosure.DecimalsCapped != capped {
			t.Fatalf("decimals capped %v, want %v", c.Disclosure.DecimalsCapped, capped)
		}
		if got := figure.Rounded(exact, want, amount.Multiplier()); !c.Amount.SameAs(got) || c.Amount.Text() != got.Text() {
			t.Fatalf("amount %s, want %s", c.Amount, got)
		}
		f, err := b.Factor(ask)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Decimals(amount); got != limit {
			t.Fatalf("Decimals(%s) at %s = %d, want %d", amount, rate.Text(), got, limit)
		}
		if got := f.DecimalsOf(amount.HalfRat(), amount.Multiplier()); got != limit {
			t.Fatalf("DecimalsOf(%s) at %s = %d, want %d", amount.HalfRat(), rate.Text(), got, limit)
		}
	})
}

func TestRoundTripIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Rate
		for _, day := range []string{"2013-09-02", "2013-09-11", "2013-09-20", "2013-09-30"} {
			list = append(list,
				Rate{Feed: "x", Base: "EUR", Quote: "USD", Kind: Fixing, Period: period.MustParse(day), Value: drawRate(t, "EUR/USD")},
				Rate{Feed: "x", Base: "EUR", Quote: "CNY", Kind: Fixing, Period: period.MustParse(day), Value: drawRate(t, "EUR/CNY")})
		}
		known, err := NewCurrencies([]Currency{{Code: "EUR"}, {Code: "USD"}, {Code: "CNY"}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := NewBook(list, known)
		if err != nil {
			t.Fatal(err)
		}
		ask := Ask{
			From:   rapid.SampledFrom([]string{"EUR", "CNY", "USD"}).Draw(t, "from"),
			To:     rapid.SampledFrom([]string{"EUR", "CNY", "USD"}).Draw(t, "to"),
			Method: rapid.SampledFrom([]Method{ByAverage, ByEnd, BySpot}).Draw(t, "method"),
			Period: period.MustParse("2013-09"),
		}
		there, err := b.Factor(ask)
		if err != nil {
			t.Fatal(err)
		}
		back, err := b.Factor(ask.between(ask.To, ask.From))
		if err != nil {
			t.Fatal(err)
		}
		if got := new(big.Rat).Mul(there.Exact(), back.Exact()); got.Cmp(big.NewRat(1, 1)) != 0 {
			t.Fatalf("%s to %s and back is times %s, want 1", ask.From, ask.To, got)
		}
	})
}

func TestCrossIsTheMeanOfItsLegs(t *testing.T) {
	legs := []struct{ base, quote string }{{"EUR", "USD"}, {"USD", "EUR"}, {"EUR", "CNY"}, {"CNY", "EUR"}}
	rapid.Check(t, func(t *rapid.T) {
		one, other := legs[rapid.IntRange(0, 1).Draw(t, "first leg")], legs[rapid.IntRange(2, 3).Draw(t, "second leg")]
		var list []Rate
		sum, n := new(big.Rat), int64(0)
		for day := period.MustParseDate("2013-09-01"); day <= period.MustParseDate("2013-09-30"); day = day.AddDays(rapid.IntRange(1, 7).Draw(t, "days on")) {
			p, err := period.Between(day, day+1)
			if err != nil {
				t.Fatal(err)
			}
			usd, cny := drawRate(t, "dollars"), drawRate(t, "yuan")
			list = append(list,
				Rate{Feed: "x", Base: one.base, Quote: one.quote, Kind: Fixing, Period: p, Value: usd},
				Rate{Feed: "x", Base: other.base, Quote: other.quote, Kind: Fixing, Period: p, Value: cny})
			perEuro := func(v figure.Value, base string) *big.Rat {
				if base == "EUR" {
					return v.Rat()
				}
				return new(big.Rat).Inv(v.Rat())
			}
			sum.Add(sum, new(big.Rat).Quo(perEuro(cny, other.base), perEuro(usd, one.base)))
			n++
		}
		known, err := NewCurrencies([]Currency{{Code: "EUR"}, {Code: "USD"}, {Code: "CNY"}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := NewBook(list, known)
		if err != nil {
			t.Fatal(err)
		}
		got, err := b.Average("USD", "CNY", "x", period.MustParse("2013-09"))
		if err != nil {
			t.Fatal(err)
		}
		if want := sum.Mul(sum, big.NewRat(1, n)); got.Rate.Cmp(want) != 0 {
			t.Fatalf("mean of %d crosses = %s, want %s", n, got.Rate, want)
		}
	})
}

// The mean of any window is that of its fixings, also where the sums do not
// fit 64 bits.
func TestMeansOfWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{`[1-9][0-9]{0,2}\.[0-9]{0,3}[1-9]`, `[1-9][0-9]{16,24}\.[0-9]{9}[1-9]`}).Draw(t, "shape")
		var list []Rate
		day := period.MustParseDate("2013-01-01")
		for range rapid.IntRange(1, 40).Draw(t, "days") {
			p, err := period.Between(day, day+1)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, Rate{
				Feed: "x", Base: "USD", Quote: "IDR", Kind: Fixing, Period: p,
				Value: figure.MustParse(rapid.StringMatching(text).Draw(t, "rate"), 0),
			})
			day = day.AddDays(rapid.IntRange(1, 3).Draw(t, "days on"))
		}
		table := newTable(list)
		lo := rapid.IntRange(0, len(list)-1).Draw(t, "lo")
		hi := rapid.IntRange(lo+1, len(list)).Draw(t, "hi")
		want := new(big.Rat)
		for _, r := range list[lo:hi] {
			want.Add(want, r.Value.Rat())
		}
		want.Mul(want, big.NewRat(1, int64(hi-lo)))
		if got := table.mean(lo, hi).rat(); got.Cmp(want) != 0 {
			t.Fatalf("mean of [%d, %d) = %s, want %s", lo, hi, got, want)
		}
	})
}

func TestExactAmounts(t *testing.T) {
	b := bookOf(t, "")
	for _, c := range []struct {
		amount   string
		decimals int // -1: not asked for
		want     string
		capped   bool
	}{
		{"100", -1, "16.21", false},
		{"100.0000", -1, "16.2149", false},
		{"100.00000000", -1, "16.214866", true},
		{"100", 0, "16", false},
		{"100", 6, "16.214866", false},
		{"100", 8, "16.214866", true},
	} {
		ask := Ask{
			Amount: figure.MustParse(c.amount, 0).Exact(), From: "CNY", To: "USD", Method: ByFixed, Period: period.MustParse("2013"),
			Fixed: &Fixed{Rate: figure.MustParse("6.16718", 0), DeclaredBy: "test"},
		}
		if c.decimals >= 0 {
			ask.Decimals = &c.decimals
		}
		got, err := b.Convert(ask)
		if err != nil {
			t.Fatal(err)
		}
		if got.Amount.Text() != c.want || got.Disclosure.DecimalsCapped != c.capped || got.HalfWidth.Sign() != 0 {
			t.Errorf("Convert(%s, %d) = %s capped %v, want %s capped %v", c.amount, c.decimals, got.Amount.Text(), got.Disclosure.DecimalsCapped, c.want, c.capped)
		}
	}
}

// The half-width of a derived amount is not what its decimals say.
func TestDerivedHalfWidth(t *testing.T) {
	ask := Ask{
		Amount: figure.MustParse("30.0", 9), HalfWidth: figure.MustParse("1.0", 9).Rat(), From: "CNY", To: "USD", Method: ByFixed,
		Period: period.MustParse("2013"), Fixed: &Fixed{Rate: figure.MustParse("6", 0), DeclaredBy: "test"},
	}
	c, err := bookOf(t, "").Convert(ask)
	if err != nil || c.Amount.Text() != "5.0" || c.HalfWidth.RatString() != "500000000/3" {
		t.Errorf("Convert = %s ± %s, %v, want 5.0 ± 500000000/3", c.Amount.Text(), c.HalfWidth.RatString(), err)
	}
}

func TestApplyDoesNotAllocate(t *testing.T) {
	f, err := bookOf(t, `x USD CNY average 2013-09 6.1198`).Factor(Ask{From: "CNY", To: "USD", Period: period.MustParse("2013-09"), Method: ByAverage})
	if err != nil {
		t.Fatal(err)
	}
	amount := figure.MustParse("118.7", 9)
	if n := testing.AllocsPerRun(100, func() { f.Apply(amount, f.Decimals(amount)) }); n != 0 {
		t.Errorf("Apply allocates %v times, want 0", n)
	}
}

// TestRoundTripThroughADeclaredRate goes there and back by one declared rate,
// which changes neither the amount nor its half-width.
func TestRoundTripThroughADeclaredRate(t *testing.T) {
	b := bookOf(t, "")
	rapid.Check(t, func(t *rapid.T) {
		amount := drawAmount(t)
		ask := Ask{Amount: amount, Period: period.MustParse("2013"), Method: ByFixed, Fixed: &Fixed{Rate: drawRate(t, "rate"), DeclaredBy: "test"}}
		there, err := b.Convert(ask.between("CNY", "USD"))
		if err != nil {
			t.Fatal(err)
		}
		back, err := b.Factor(ask.between("USD", "CNY"))
		if err != nil {
			t.Fatal(err)
		}
		if got := new(big.Rat).Mul(there.AmountExact, back.Exact()); got.Cmp(amount.Rat()) != 0 {
			t.Fatalf("%s came back as %s", amount, got)
		}
		if got := new(big.Rat).Mul(there.HalfWidth, back.Exact()); got.Cmp(amount.HalfRat()) != 0 {
			t.Fatalf("half-width %s came back as %s", amount.HalfRat(), got)
		}
		if there.Disclosure.Inverted == back.Disclosure().Inverted {
			t.Fatal("both directions say the same of the rate")
		}
	})
}
