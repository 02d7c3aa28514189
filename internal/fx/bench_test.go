package fx

import (
	"testing"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// manyYears is a fixing of two pairs for every working day of so many years.
func manyYears(years int) []Rate {
	var list []Rate
	first := period.MustParseDate("1999-01-04")
	for _, quote := range []string{"CNY", "USD"} {
		for week := range years * 52 {
			for day := range 5 {
				p, err := period.Between(first.AddDays(week*7+day), first.AddDays(week*7+day+1))
				if err != nil {
					panic(err)
				}
				list = append(list, Rate{
					Feed: "ecb", Base: "EUR", Quote: quote, Kind: Fixing, Period: p,
					Value: figure.New(int64(10000+week*13+day*7+len(quote)), 4, 0),
				})
			}
		}
	}
	return list
}

func BenchmarkNewBook(b *testing.B) {
	list, known := manyYears(27), currencies(b)
	for b.Loop() {
		if _, err := NewBook(list, known); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFactor(b *testing.B) {
	book, err := NewBook(manyYears(27), currencies(b))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, to string }{{"quoted", "EUR"}, {"cross", "USD"}} {
		b.Run(c.name, func(b *testing.B) {
			ask := Ask{From: "CNY", To: c.to, Period: period.MustParse("2013-Q3"), Method: ByAverage}
			for b.Loop() {
				if _, err := book.Factor(ask); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkApply(b *testing.B) {
	book, err := NewBook(manyYears(27), currencies(b))
	if err != nil {
		b.Fatal(err)
	}
	amount := figure.MustParse("118.7", 9)
	for _, c := range []struct{ name, to string }{{"quoted", "EUR"}, {"cross", "USD"}} {
		f, err := book.Factor(Ask{From: "CNY", To: c.to, Period: period.MustParse("2013-Q3"), Method: ByAverage})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				f.Apply(amount, f.Decimals(amount))
			}
		})
	}
}
