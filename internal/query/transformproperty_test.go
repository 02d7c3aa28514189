package query_test

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// known is a figure of an answer without a transform, exactly.
type known struct{ number, half *big.Rat }

// anyEconomy is any shelf in which the series that transforms look at are there.
func anyEconomy(t *rapid.T, outer testing.TB) *shelf {
	s := anyShelf(t, outer)
	for _, code := range []string{"gdp.cn.cny", "gdp.cn-cq.cny"} {
		s.put(code, obs.Observation{Period: period.MustParse("2009"), Value: figure.New(1, 0, 9), Published: time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	s.rates = sampleShelf(outer).rates
	return s
}

// exactFigures reads the stored figures, and with a currency each times the
// exact rate that the answer discloses.
func exactFigures(a asker, currencies []string) map[string]known {
	figures := map[string]known{}
	plain := a.observations(a.now(), query.Question{})
	for _, r := range plain.Observations {
		if r.text("value") == "" {
			continue
		}
		half := new(big.Rat)
		if !strings.Contains(r.text("flags"), "nil") {
			half, _ = new(big.Rat).SetString("0.5e" + r.text("multiplier"))
			half.Mul(half, unitOfLast(r))
		}
		figures[r.text("series")+" "+r.text("period")] = known{inOnes(r, "value"), half}
	}
	if currencies == nil {
		return figures
	}
	p := a.observations(a.now(), query.Question{View: query.View{Currencies: currencies}})
	rates := factors(p.Conversion)
	for _, r := range p.Observations {
		name := r.text("series") + " " + r.text("period")
		f, there := figures[name]
		if !there || r.text("original_unit") == "" {
			continue
		}
		if r.text("value") == "" {
			delete(figures, name)
			continue
		}
		rate := rates[r.text("period")+r.text("original_unit")+r.text("unit")+r.text("fx_method")]
		figures[name] = known{new(big.Rat).Mul(f.number, rate), new(big.Rat).Mul(f.half, rate)}
	}
	return figures
}

// unitOfLast is one unit of the last decimal of a row's value, before its
// multiplier.
func unitOfLast(r row) *big.Rat {
	unit, _ := new(big.Rat).SetString("1e" + strings.TrimPrefix("-"+r.text("decimals"), "--"))
	return unit
}

// TestTransformsAgreeWithFractions computes every transform of random figures
// from the figures of the plain answer, in fractions, and compares.
func TestTransformsAgreeWithFractions(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyEconomy(rt, t))
		currencies := rapid.SampledFrom([][]string{nil, {"USD"}}).Draw(rt, "currencies")
		figures := exactFigures(a, currencies)
		for _, text := range []string{"yoy", "pop", "cagr:2011", "index:2012", "share:gdp.cn.cny", "contribution:gdp.cn.cny", "per:gdp.cn-cq.cny"} {
			q := query.Question{Transform: text, View: query.View{Currencies: currencies}}
			for _, r := range a.observations(a.now(), q).Observations {
				got, want := r.text("value"), expected(figures, text, r, currencies != nil)
				if got != want || (got == "") == (r.text("reason") == "") || (got == "") != (r.text("status") == "O") {
					rt.Errorf("%s of %s %s in %v: %q with %q and %q, want %q", text, r.text("series"), r.text("period"), currencies,
						got, r.text("reason"), r.text("status"), want)
				}
			}
		}
	})
}

// expected computes one transform; empty where there is none.
func expected(figures map[string]known, text string, r row, converted bool) string {
	word, argument, _ := strings.Cut(text, ":")
	series, p := r.text("series"), period.MustParse(r.text("period"))
	current, there := figures[series+" "+p.String()]
	if !there || !converted && strings.Contains(argument, ".") && r.text("series")[len(series)-3:] != "cny" && word != "per" {
		return ""
	}
	switch word {
	case "yoy", "pop":
		earlier, ok := p.YearEarlier()
		if word == "pop" {
			earlier, ok = p.Previous()
		}
		base, stands := figures[series+" "+earlier.String()]
		if !ok || !stands || base.number.Sign() <= 0 {
			return ""
		}
		return percentText(minusOne(new(big.Rat).Quo(current.number, base.number)))
	case "cagr":
		return yearly(figures[series+" 2011"].number, current.number, p)
	case "index":
		return onMean(figures, series, current.number, p)
	case "share":
		whole, stands := figures[argument+" "+p.String()]
		if !stands || whole.number.Sign() <= 0 {
			return ""
		}
		return percentText(new(big.Rat).Quo(current.number, whole.number))
	case "contribution":
		earlier, _ := p.YearEarlier()
		own, ownStands := figures[series+" "+earlier.String()]
		whole, wholeStands := figures[argument+" "+earlier.String()]
		if !ownStands || !wholeStands || whole.number.Sign() <= 0 {
			return ""
		}
		change := new(big.Rat).Sub(current.number, own.number)
		return percentText(change.Quo(change, whole.number))
	}
	return quotientText(current, figures[argument+" "+p.String()])
}

func minusOne(r *big.Rat) *big.Rat { return r.Sub(r, big.NewRat(1, 1)) }

func percentText(ratio *big.Rat) string {
	return figure.RoundHalfAway(ratio.Mul(ratio, big.NewRat(100, 1)), 2)
}

// yearly goes through printed rates to the one whose power is nearest.
func yearly(base, current *big.Rat, p period.Period) string {
	years := 0
	for start := period.MustParse("2011"); p != start && years < 5; years++ {
		start, _ = start.Next()
	}
	if base == nil || base.Sign() <= 0 || current.Sign() <= 0 || years == 0 || years == 5 {
		return ""
	}
	ratio := new(big.Rat).Quo(current, base)
	low, high := int64(-10_000), int64(1_000_000_000_000)
	for low < high { // the first rate k with (1+k+half)^years > ratio
		middle := (low + high) / 2
		if low+high < 0 && (low+high)%2 != 0 {
			middle--
		}
		factor := big.NewRat(2*(10_000+middle)+1, 20_000)
		power := big.NewRat(1, 1)
		for range years {
			power.Mul(power, factor)
		}
		if c := power.Cmp(ratio); c > 0 || c == 0 && middle < 0 {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return figure.New(low, 2, 0).Text()
}

// onMean divides by the mean of the parts of 2012.
func onMean(figures map[string]known, series string, current *big.Rat, p period.Period) string {
	sum, parts := new(big.Rat), 0
	part, _ := period.Between(period.MustParse("2012").Start(), period.MustParse("2012").Start().AddMonths(p.Length().Months))
	for ; period.MustParse("2012").Contains(part); parts++ {
		f, stands := figures[series+" "+part.String()]
		if !stands {
			return ""
		}
		sum.Add(sum, f.number)
		part, _ = part.Next()
	}
	if part.Start() != period.MustParse("2013").Start() || sum.Sign() <= 0 {
		return ""
	}
	sum.Quo(sum, big.NewRat(int64(parts), 1))
	return percentText(sum.Quo(current, sum))
}

// quotientText tries decimals until the interval of the quotient carries no
// more.
func quotientText(current, by known) string {
	if by.number == nil || by.number.Sign() <= 0 || by.number.Cmp(by.half) <= 0 {
		return ""
	}
	least, most := (*big.Rat)(nil), (*big.Rat)(nil)
	for _, over := range []int64{-1, 1} {
		for _, under := range []int64{-1, 1} {
			a := new(big.Rat).Mul(current.half, big.NewRat(over, 1))
			b := new(big.Rat).Mul(by.half, big.NewRat(under, 1))
			q := a.Quo(a.Add(a, current.number), b.Add(b, by.number))
			if least == nil || q.Cmp(least) < 0 {
				least = q
			}
			if most == nil || q.Cmp(most) > 0 {
				most = q
			}
		}
	}
	width := new(big.Rat).Sub(most, least)
	decimals := -60
	for width.Sign() > 0 && decimals < figure.MaxDecimals && width.Cmp(figure.New(1, decimals, 0).Rat()) < 0 {
		decimals++
	}
	if width.Sign() == 0 {
		decimals = 2
	}
	return figure.Rounded(new(big.Rat).Quo(current.number, by.number), decimals, 0).Text()
}

// TestATransformDoesNotDependOnWhatIsShown asks for parts of the answer, for
// pages of it, and for each series by itself.
func TestATransformDoesNotDependOnWhatIsShown(t *testing.T) {
	texts := []string{"yoy", "pop", "cagr:2011", "index:2012", "share:gdp.cn.cny", "contribution:gdp.cn.cny", "per:gdp.cn-cq.cny"}
	rapid.Check(t, func(rt *rapid.T) {
		s := anyEconomy(rt, t)
		a := ask(t, s)
		q := transform(rapid.SampledFrom(texts).Draw(rt, "transform"))
		q.Currencies = rapid.SampledFrom([][]string{nil, {"USD"}, {"EUR", "USD"}}).Draw(rt, "currencies")
		whole := map[string]string{}
		alone := map[string]string{}
		for _, r := range a.observations(a.now(), q).Observations {
			whole[r.text("series")+" "+r.text("period")] += line(r)
			alone[r.text("series")] += line(r)
		}
		for code, lines := range alone {
			got := ""
			for _, r := range a.series(a.now(), code, q).Observations {
				got += line(r)
			}
			if got != lines {
				rt.Errorf("%s of %s alone:\n%s\nacross:\n%s", q.Transform, code, got, lines)
			}
		}
		p := period.MustParse(rapid.SampledFrom([]string{"2013", "2013-Q1", "2013-01-01/P9M"}).Draw(rt, "period"))
		for _, r := range []query.Range{
			{Periods: []period.Period{p}},
			{Start: query.Day{Date: p.Last(), Set: true}},
			{Latest: 1},
		} {
			part := q
			part.Range = r
			got := map[string]string{}
			for _, r := range a.observations(a.now(), part).Observations {
				got[r.text("series")+" "+r.text("period")] += line(r)
			}
			for name, lines := range got {
				if lines != whole[name] {
					rt.Errorf("%s in %+v: %s, want %s", q.Transform, r, lines, whole[name])
				}
			}
		}
	})
}

// FuzzParseTransform reads any text as a transform: it is refused, or its
// canonical text reads back as itself.
func FuzzParseTransform(f *testing.F) {
	for _, seed := range []string{"yoy", " YoY ", "index:2012年前三季度", "cagr:2013-01-01--P9M", "share:GDP.cn_cq.CNY", "per:", "real", "pop:1", ":", "yoi", "index:2013.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := query.ParseTransform(text)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || fault.From(err).Items[0].Parameter != "transform" {
				t.Errorf("ParseTransform(%q) = %v, want a refusal of the parameter", text, err)
			}
			return
		}
		if again, err := query.ParseTransform(parsed.String()); err != nil || again != parsed {
			t.Errorf("ParseTransform(%q) is %v, which reads back as %v, %v", text, parsed, again, err)
		}
	})
}
