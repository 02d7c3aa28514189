package fx_test

import (
	"fmt"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// The GDP of Liangjiang New Area from January to September 2013 in dollars, by
// the monthly averages of the Federal Reserve.
func Example() {
	var rates []fx.Rate
	for i, text := range []string{"6.2215", "6.2323", "6.2154", "6.1861", "6.1416", "6.1342", "6.1343", "6.1213", "6.1198"} {
		rates = append(rates, fx.Rate{
			Feed: "frb-h10", Base: "USD", Quote: "CNY", Kind: fx.Mean,
			Period: period.MustParse(fmt.Sprintf("2013-%02d", i+1)), Value: figure.MustParse(text, 0),
		})
	}
	currencies, err := fx.NewCurrencies([]fx.Currency{{Code: "CNY"}, {Code: "USD"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	book, err := fx.NewBook(rates, currencies)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := book.Convert(fx.Ask{
		Amount: figure.MustParse("118.7", 9), From: "CNY", To: "USD",
		Period: period.MustParse("2013-01-01/P9M"), Method: fx.ByAverage,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := c.Disclosure
	fmt.Println(c.Amount.Text(), "billion", d.To)
	fmt.Println(d.Rate, d.Quotation, "inverted:", d.Inverted)
	fmt.Println(d.Source, d.Method, d.Averaging, d.Observations, d.First, d.Last)
	// Output:
	// 19.25 billion USD
	// 6.16738889 CNY per USD inverted: true
	// frb-h10 period_average monthly_averages 9 2013-01 2013-09
}
