package fx

import (
	"math/big"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

func level(value, currency string) Level {
	return Level{Value: figure.MustParse(value, 9), Currency: currency}
}

func TestImplied(t *testing.T) {
	want := Range{Base: "USD", Quote: "CNY", Low: big.NewRat(1199, 199), High: big.NewRat(1201, 197)}
	for _, c := range []struct {
		name       string
		one, other Level
	}{
		{"quote first", level("600", "CNY"), level("99", "USD")},
		{"base first", level("99", "USD"), level("600", "CNY")},
		{"at another multiplier", Level{Value: figure.MustParse("600", 9), Currency: "CNY"}, Level{Value: figure.MustParse("99000", 6).At(9), Currency: "USD"}},
	} {
		got, err := Implied(c.one, c.other)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if c.name == "at another multiplier" {
			if got.Low.Cmp(want.Low) <= 0 || got.High.Cmp(want.High) >= 0 {
				t.Errorf("%s: %s to %s, want inside %s to %s", c.name, got.Low, got.High, want.Low, want.High)
			}
			continue
		}
		if got.Quotation() != "CNY per USD" || got.Low.Cmp(want.Low) != 0 || got.High.Cmp(want.High) != 0 {
			t.Errorf("%s: %s %s to %s, want CNY per USD %s to %s", c.name, got.Quotation(), got.Low, got.High, want.Low, want.High)
		}
		if !got.Contains(want.Low) || !got.Contains(want.High) || got.Contains(big.NewRat(616738889, 100000000)) {
			t.Errorf("%s: the range must hold its ends and not 6.16738889", c.name)
		}
	}
	for _, c := range []struct{ one, other Level }{
		{level("600", "CNY"), level("0", "USD")},
		{level("0", "CNY"), level("99", "USD")},
		{level("600", "CNY"), level("-99", "USD")},
		{level("600", "CNY"), level("600", "CNY")},
	} {
		if _, err := Implied(c.one, c.other); fault.CodeOf(err) != fault.RateInvalid {
			t.Errorf("Implied(%v, %v) = %v, want %s", c.one, c.other, err, fault.RateInvalid)
		}
	}
}

func TestSuspect(t *testing.T) {
	early, late := time.Date(2013, 11, 4, 0, 0, 0, 0, time.UTC), time.Date(2014, 2, 22, 0, 0, 0, 0, time.UTC)
	average, err := bookOf(t, "x USD CNY average 2013 6.16738889").
		Factor(Ask{From: "CNY", To: "USD", Period: period.MustParse("2013"), Method: ByAverage})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		first, second string
		at, then      time.Time
		factor        *Factor
		want          Suspicion
	}{
		{"the one that came later", "20.2", "20.223", late, early, average, Suspicion{LabelSuspect, true, false}},
		{"the one that came later, second", "20.2", "20.223", early, late, average, Suspicion{LabelSuspect, false, true}},
		{"both together", "20.2", "20.223", late, late, average, Suspicion{LabelSuspect, true, true}},
		{"touching at the ends", "20.2", "20.3", late, late, average, Suspicion{LabelSuspect, true, true}},
		{"just apart", "20.2", "20.300", late, late, average, Suspicion{Verdict: LabelClear}},
		{"equal when converted", "124.7", "20.223", late, early, average, Suspicion{Verdict: LabelClear}},
		{"equal in neither way", "60", "20.223", late, early, average, Suspicion{Verdict: LabelClear}},
		{"so rough that both hold", "0", "0", late, early, average, Suspicion{Verdict: LabelClear}},
		{"no rate", "20.2", "20.223", late, early, nil, Suspicion{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, second := level(c.first, "CNY"), level(c.second, "USD")
			first.PublishedAt, second.PublishedAt = c.at, c.then
			if got := Suspect(first, second, c.factor); got != c.want {
				t.Errorf("Suspect(%s CNY, %s USD) = %+v, want %+v", c.first, c.second, got, c.want)
			}
		})
	}
}
