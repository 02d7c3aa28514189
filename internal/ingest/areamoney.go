package ingest

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// areaBook says which currency the areas of a file are quoted in. Of several
// areas with one currency one is taken; the others are held against it. It
// keeps one rate of a currency and year, and one of each other area and year,
// as many as there are currencies, areas and years.
type areaBook struct {
	money  map[string][]fx.AreaMoney
	named  map[string]string // by a person: a currency, or ignore
	taken  map[moneyYear]areaRate
	others []areaRate
	left   map[string]int // years of areas that no table tells
	empty  []string       // areas without a rate
}

type moneyYear struct {
	currency string
	period   period.Period
}

// areaRate is what an area states of a currency in a year.
type areaRate struct {
	moneyYear
	area  string
	value figure.Value
	place Finding
}

func newAreaBook(list []fx.AreaMoney, named map[string]string) *areaBook {
	b := &areaBook{money: map[string][]fx.AreaMoney{}, named: map[string]string{}, taken: map[moneyYear]areaRate{}, left: map[string]int{}}
	for _, m := range list {
		b.money[foldHeader(m.Area)] = append(b.money[foldHeader(m.Area)], m)
	}
	for area, currency := range named {
		b.named[foldHeader(area)] = currency
	}
	return b
}

// of returns what an area is quoted in, in the year of a period. known is
// false where nobody ever said what the area's money is.
func (b *areaBook) of(area string, p period.Period) (m fx.AreaMoney, told, known bool) {
	if currency, ok := b.named[foldHeader(area)]; ok {
		return fx.AreaMoney{Area: area, Currency: currency, Taken: true}, currency != ignore, true
	}
	list, known := b.money[foldHeader(area)]
	year, _, _ := p.Start().YMD()
	for _, m := range list {
		if (m.From == 0 || year >= m.From) && (m.To == 0 || year <= m.To) {
			return m, true, true
		}
	}
	return fx.AreaMoney{}, false, known
}

// areaQuote fills in the currency that a row quotes, and says whether the row
// states a rate of its own: not where the area is left out, has the dollar, or
// shares its currency with the area that is taken.
func (r *reader) areaQuote(row *sheet.Row, p *plan, rate *fx.Rate) (states bool) {
	area := r.text(p.cell(row, areaColumn))
	m, told, known := r.areas.of(area, rate.Period)
	switch {
	case !known:
		if key := "area " + area; !r.blamed[key] {
			r.blamed[key] = true
			r.blame(row, p, problem{meaning: areaColumn, code: fault.AreaCurrencyUnknown, value: fault.Clip(area),
				expected: "areas." + area + "=<the ISO 4217 code of what it is quoted in>, or areas." + area + "=" + ignore})
		}
		r.bad = true
		return false
	case !told:
		if _, named := r.areas.named[foldHeader(area)]; !named && r.warnings != nil {
			r.areas.left[area]++
		}
		return false
	case m.Currency == rate.Base:
		return false
	}
	if !isMoney(r.labels, m.Currency) {
		r.blame(row, p, problem{meaning: areaColumn, code: fault.CurrencyUnknown, value: fault.Clip(m.Currency), expected: "the ISO 4217 code of a currency, such as USD"})
		return false
	}
	if r.warnings != nil && !r.bad {
		r.holdArea(row, p, m, rate)
	}
	rate.Quote = m.Currency
	return m.Taken
}

// holdArea keeps what the area states, to be held against the others.
func (r *reader) holdArea(row *sheet.Row, p *plan, m fx.AreaMoney, rate *fx.Rate) {
	held := areaRate{moneyYear: moneyYear{m.Currency, rate.Period}, area: m.Area, value: rate.Value}
	if m.Taken {
		r.areas.taken[held.moneyYear] = held
		return
	}
	held.place = r.place(row, &p.slots[rateColumn], rateColumn)
	r.areas.others = append(r.areas.others, held)
}

// silentArea notes an area whose row states no rate at all.
func (r *reader) silentArea(row *sheet.Row, p *plan) {
	if r.warnings != nil && len(r.areas.empty) < maxTexts {
		r.areas.empty = append(r.areas.empty, r.text(p.cell(row, areaColumn)))
	}
}

// compareAreas warns of every area that states another rate than the one that
// is taken, and says in notes what was left out.
func (r *reader) compareAreas(report *Report) {
	if r.areas == nil {
		return
	}
	agree := 0
	for _, other := range r.areas.others {
		f := other.place
		f.Code, f.Value = fault.AreaRateDiffers, other.area+" "+other.period.String()+": "+other.value.Text()
		switch first, ok := r.areas.taken[other.moneyYear]; {
		case !ok:
			f.Expected = "a rate of " + other.currency + " from the area that is taken for it; areas." + other.area + "=" + other.currency + " takes this one"
		case alike(first.value, other.value):
			agree++
			continue
		default:
			f.Expected = first.value.Text() + ", which " + first.area + " states and which is taken for " + other.currency
		}
		r.warnings.add(f)
	}
	if agree > 0 {
		report.Notes = append(report.Notes, "rates that areas with one currency state alike, taken once: "+strconv.Itoa(agree))
	}
	if len(r.areas.left) > 0 {
		report.Notes = append(report.Notes, "years left out because it cannot be told which currency they are in, areas.<area>=<code> takes them: "+leftOut(r.areas.left))
	}
	if len(r.areas.empty) > 0 {
		report.Notes = append(report.Notes, "areas without any rate, ignored: "+strings.Join(r.areas.empty, ", "))
	}
}

// areaBand is how far apart two rates may lie, of the greater, and still be one:
// the last digits of such tables come from sums in binary.
var areaBand = big.NewRat(1, 1_000_000_000)

// alike says whether two areas state one rate: they differ by no more than half
// a unit of the last digit of the one that is printed coarser, or by no more
// than the band.
func alike(a, b figure.Value) bool {
	x, y := a.Rat(), b.Rat()
	apart := new(big.Rat).Sub(x, y)
	apart.Abs(apart)
	half := a.HalfRat()
	if other := b.HalfRat(); other.Cmp(half) > 0 {
		half = other
	}
	if x.Cmp(y) < 0 {
		x = y
	}
	return apart.Cmp(half) <= 0 || apart.Cmp(x.Mul(x, areaBand)) <= 0
}

func leftOut(years map[string]int) string {
	var list []string
	for area, n := range years {
		list = append(list, area+" "+strconv.Itoa(n))
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(a, b) })
	return strings.Join(list, ", ")
}
