package fx

import (
	"math/big"
	"slices"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// widestHole is the most days that may lie between two fixings of a window,
// and between its edges and the fixings next to them. China had none from
// 2020-01-24 to 2020-02-02.
const widestHole = 14

// table holds what one feed publishes of one pair, in its quotation.
type table struct {
	base, quote string
	scale       int           // fixings are coefficients × 10^-scale
	days        []period.Date // of the fixings, ascending
	sums        sums          // of the fixings' coefficients
	holes       []int         // i where more than widestHole days lie between fixings i-1 and i
	means       map[period.Period]figure.Value
	ends        map[period.Period]figure.Value
}

// newTable builds the table of rates of one feed and pair, ordered by kind and
// then time, the fixings without a day that comes twice.
func newTable(rates []Rate) *table {
	t := &table{
		base:  rates[0].Base,
		quote: rates[0].Quote,
		means: map[period.Period]figure.Value{},
		ends:  map[period.Period]figure.Value{},
	}
	var fixings []Rate
	for i, r := range rates {
		switch r.Kind {
		case Fixing:
			if fixings == nil {
				fixings = rates[i:]
			}
			t.days = append(t.days, r.Period.Start())
			t.scale = max(t.scale, r.Value.Decimals())
		case Mean:
			t.means[r.Period] = r.Value
		case EndOfPeriod:
			t.ends[r.Period] = r.Value
		case Irrevocable:
		}
	}
	t.sums = newSums(fixings[:len(t.days)], t.scale)
	for i := 1; i < len(t.days); i++ {
		if t.days[i]-t.days[i-1] > widestHole {
			t.holes = append(t.holes, i)
		}
	}
	return t
}

// window returns the fixings i with lo <= i < hi of the days of p.
func (t *table) window(p period.Period) (lo, hi int) {
	lo, _ = slices.BinarySearch(t.days, p.Start())
	n, _ := slices.BinarySearch(t.days[lo:], p.End())
	return lo, lo + n
}

// holed says whether a hole lies between the fixings lo and hi-1.
func (t *table) holed(lo, hi int) (from, to period.Date, holed bool) {
	i, _ := slices.BinarySearch(t.holes, lo+1)
	if i < len(t.holes) && t.holes[i] < hi {
		return t.days[t.holes[i]-1], t.days[t.holes[i]], true
	}
	return 0, 0, false
}

// mean returns the plain mean of the fixings lo <= i < hi.
func (t *table) mean(lo, hi int) ratio {
	if sum, ok := t.sums.between(lo, hi); ok {
		if den, ok := timesTen(uint64(hi-lo), t.scale); ok {
			return newRatio(sum, den)
		}
	}
	mean := new(big.Rat).SetFrac(t.sums.wideBetween(lo, hi), big.NewInt(int64(hi-lo)))
	return ratioOf(mean.Mul(mean, tenTo(-t.scale)))
}

// fixing returns the rate of the i-th day.
func (t *table) fixing(i int) ratio { return t.mean(i, i+1) }

// sums are prefix sums: the sum of the first i coefficients stands at i. They
// are kept in 64 bits where the last one fits, else in wide.
type sums struct {
	small []uint64
	wide  []*big.Int
}

// newSums adds up the values, each counted in units of 10^-scale.
func newSums(rates []Rate, scale int) sums {
	small := make([]uint64, 1, len(rates)+1)
	for _, r := range rates {
		coefficient, exponent, ok := r.Value.Scaled()
		unit, fits := timesTen(uint64(coefficient), scale+exponent)
		last := small[len(small)-1]
		if !ok || !fits || last+unit < last {
			return wideSums(rates, scale)
		}
		small = append(small, last+unit)
	}
	return sums{small: small}
}

func wideSums(rates []Rate, scale int) sums {
	wide := make([]*big.Int, 1, len(rates)+1)
	wide[0] = new(big.Int)
	for _, r := range rates {
		unit := r.Value.Rat()
		unit.Mul(unit, tenTo(scale))
		wide = append(wide, new(big.Int).Add(wide[len(wide)-1], unit.Num()))
	}
	return sums{wide: wide}
}

// between returns the sum of the coefficients lo <= i < hi where it is kept in
// 64 bits.
func (s sums) between(lo, hi int) (uint64, bool) {
	if s.wide != nil {
		return 0, false
	}
	return s.small[hi] - s.small[lo], true
}

// wideBetween returns the same sum whatever its size.
func (s sums) wideBetween(lo, hi int) *big.Int {
	if s.wide != nil {
		return new(big.Int).Sub(s.wide[hi], s.wide[lo])
	}
	return new(big.Int).SetUint64(s.small[hi] - s.small[lo])
}

// monthly returns the plain mean of the published averages of the months of p,
// how many months it has, and how many of them are missing. Without whole
// months it is 0 of 0.
func (t *table) monthly(p period.Period) (mean ratio, months, missing int) {
	months, whole := p.Months()
	if !whole {
		return ratio{}, 0, 0
	}
	sum := new(big.Rat)
	for i := range months {
		value, ok := t.means[month(p, i)]
		if !ok {
			missing++
			continue
		}
		sum.Add(sum, value.Rat())
	}
	if missing > 0 {
		return ratio{}, months, missing
	}
	return ratioOf(sum.Mul(sum, big.NewRat(1, int64(months)))), months, 0
}

// month returns the i-th calendar month from the start of p.
func month(p period.Period, i int) period.Period {
	m, _ := period.Between(p.Start().AddMonths(i), p.Start().AddMonths(i+1))
	return m
}

// until returns the position of the last fixing up to and with day, -1 where
// there is none.
func (t *table) until(day period.Date) int {
	n, _ := slices.BinarySearch(t.days, day+1)
	return n - 1
}
