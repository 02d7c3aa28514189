package figure

import (
	"strings"
	"testing"

	"bellwether/internal/fault"
)

// catalogued stands for an office's catalogue.
func catalogued(folded string) (code, kind string, ok bool) {
	switch folded {
	case "index-2010":
		return "index-2010", "index", true
	case "percent", "%":
		return "percent", "percent", true
	case "twd":
		return "TWD", Money, true
	case "households", "户":
		return "households", Count, true
	case "standard coal, tonnes":
		return "tce", "quantity", true
	case "mop":
		return "MOP", Money, true
	}
	return "", "", false
}

func TestUnitRulesParse(t *testing.T) {
	cases := []struct {
		text, currency string
		want           Unit
	}{
		{"亿元", "CNY", Unit{Money, "CNY", 8, true}},
		{"亿元", "twd", Unit{Money, "TWD", 8, true}},
		{"元", "CNY", Unit{Money, "CNY", 0, false}},
		{"百元", "CNY", Unit{Money, "CNY", 2, true}},
		{"千元", "CNY", Unit{Money, "CNY", 3, true}},
		{"万元", "CNY", Unit{Money, "CNY", 4, true}},
		{"百万元", "CNY", Unit{Money, "CNY", 6, true}},
		{"千万元", "CNY", Unit{Money, "CNY", 7, true}},
		{"十亿元", "CNY", Unit{Money, "CNY", 9, true}},
		{"万亿元", "CNY", Unit{Money, "CNY", 12, true}},
		{"亿 元", "CNY", Unit{Money, "CNY", 8, true}},
		{"亿美元", "CNY", Unit{Money, "USD", 8, true}},
		{"万欧元", "", Unit{Money, "EUR", 4, true}},
		{"十亿日元", "", Unit{Money, "JPY", 9, true}},
		{"亿港元", "", Unit{Money, "HKD", 8, true}},
		{"百万英镑", "", Unit{Money, "GBP", 6, true}},
		{"亿元人民币", "", Unit{Money, "CNY", 8, true}},
		{"亿元 人民币", "", Unit{Money, "CNY", 8, true}},
		{"亿元人民币", "TWD", Unit{Money, "CNY", 8, true}},
		{"人民币亿元", "", Unit{Money, "CNY", 8, true}},
		{"人民币万亿元", "", Unit{Money, "CNY", 12, true}},
		{"人民币", "", Unit{Money, "CNY", 0, false}},
		{"人民币元", "", Unit{Money, "CNY", 0, false}},
		{"bn yuan", "", Unit{Money, "CNY", 9, true}},
		{"BN Yuan", "", Unit{Money, "CNY", 9, true}},
		{"yuan bn", "", Unit{Money, "CNY", 9, true}},
		{"bnyuan", "", Unit{Money, "CNY", 9, true}},
		{"CNY bn", "", Unit{Money, "CNY", 9, true}},
		{"CNYbn", "", Unit{Money, "CNY", 9, true}},
		{"RMB mn", "", Unit{Money, "CNY", 6, true}},
		{"mln USD", "", Unit{Money, "USD", 6, true}},
		{"million USD", "", Unit{Money, "USD", 6, true}},
		{"thousand  persons", "", Unit{Count, "persons", 3, true}},
		{"trillion yuan", "", Unit{Money, "CNY", 12, true}},
		{"tn yuan", "", Unit{Money, "CNY", 12, true}},
		{"trn yuan", "", Unit{Money, "CNY", 12, true}},
		{"billion $", "USD", Unit{Money, "USD", 9, true}},
		{"$bn", "HKD", Unit{Money, "HKD", 9, true}},
		{"US$ bn", "CNY", Unit{Money, "USD", 9, true}},
		{"HK$mn", "", Unit{Money, "HKD", 6, true}},
		{"€ million", "", Unit{Money, "EUR", 6, true}},
		{"cny", "", Unit{Money, "CNY", 0, false}},
		{"万人", "", Unit{Count, "persons", 4, true}},
		{"persons", "", Unit{Count, "persons", 0, false}},
		{"TWD bn", "", Unit{Money, "TWD", 9, true}},
		{"MOP", "", Unit{Money, "MOP", 0, false}},
		{"MOP mn", "", Unit{Money, "MOP", 6, true}},
		{"万户", "", Unit{Count, "households", 4, true}},
		{"index-2010", "", Unit{"index", "index-2010", 0, false}},
		{" % ", "", Unit{"percent", "percent", 0, false}},
		{"mn Standard  coal, tonnes", "", Unit{"quantity", "tce", 6, true}},
	}
	for _, c := range cases {
		rules := UnitRules{Currency: c.currency, Lookup: catalogued}
		if got, err := rules.Parse(c.text); err != nil || got != c.want {
			t.Errorf("Parse(%q) with %q = %+v, %v, want %+v", c.text, c.currency, got, err, c.want)
		}
	}
}

func TestUnitRulesParseRefuses(t *testing.T) {
	cases := []struct {
		text, currency string
		want           fault.Code
	}{
		{"", "", fault.UnitEmpty},
		{" \u3000", "", fault.UnitEmpty},
		{strings.Repeat(" ", 1<<20), "", fault.UnitEmpty},
		{strings.Repeat("亿", 1<<18), "CNY", fault.UnitUnrecognised},
		{"元\x00", "CNY", fault.UnitUnrecognised},
		{"元\xff", "CNY", fault.UnitUnrecognised},
		{"亿元", "", fault.UnitCurrencyUndeclared},
		{"元", "", fault.UnitCurrencyUndeclared},
		{"$", "", fault.UnitCurrencyUndeclared},
		{"bn $", "", fault.UnitCurrencyUndeclared},
		{"bn $", "CNY", fault.UnitCurrencyUndeclared},
		{"m", "CNY", fault.UnitAmbiguous},
		{"B", "CNY", fault.UnitAmbiguous},
		{"k", "", fault.UnitAmbiguous},
		{"m yuan", "", fault.UnitAmbiguous},
		{"USD m", "", fault.UnitAmbiguous},
		{"USDm", "", fault.UnitAmbiguous},
		{"$b", "", fault.UnitAmbiguous},
		{"k persons", "", fault.UnitAmbiguous},
		{"US$ m", "", fault.UnitAmbiguous},
		{"¥", "CNY", fault.UnitUnrecognised},
		{"亿", "CNY", fault.UnitUnrecognised},
		{"bn", "CNY", fault.UnitUnrecognised},
		{"bn bn yuan", "", fault.UnitUnrecognised},
		{"bn yuan mn", "", fault.UnitUnrecognised},
		{"bn USD yuan", "", fault.UnitUnrecognised},
		{"百亿元", "CNY", fault.UnitUnrecognised},
		{"bn percent", "", fault.UnitUnrecognised},
		{"bn index-2010", "", fault.UnitUnrecognised},
		{"furlongs", "", fault.UnitUnrecognised},
		{"人民币亿美元", "", fault.UnitUnrecognised},
	}
	for _, c := range cases {
		rules := UnitRules{Currency: c.currency, Lookup: catalogued}
		if got, err := rules.Parse(c.text); fault.CodeOf(err) != c.want {
			t.Errorf("Parse(%q) with %q = %+v, %v, want the code %s", c.text, c.currency, got, err, c.want)
		}
	}
}

func TestUnitAt(t *testing.T) {
	plain := Unit{Kind: Money, Code: "CNY"}
	if got, err := plain.At(8); err != nil || got != (Unit{Money, "CNY", 8, false}) {
		t.Errorf("CNY at 8 = %+v, %v, want multiplier 8", got, err)
	}
	scaled := Unit{Kind: Money, Code: "CNY", Multiplier: 8, Scaled: true}
	if got, err := scaled.At(8); fault.CodeOf(err) != fault.UnitMultiplierTwice {
		t.Errorf("亿元 at 8 = %+v, %v, want the code %s", got, err, fault.UnitMultiplierTwice)
	}
}

// FuzzUnit reads any bytes: the answer is a unit with a code and a multiplier
// that some scale word has, or a fault of the input.
func FuzzUnit(f *testing.F) {
	for _, seed := range []string{"亿元", "bn yuan", "CNY bn", "人民币亿元", "m", "$", "万人", "index-2010", "bnbn"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := UnitRules{Currency: "CNY", Lookup: catalogued}.Parse(text)
		switch {
		case err != nil && fault.KindOf(err) != fault.Invalid:
			t.Fatalf("Parse(%q) = %v, want a fault of the input", text, err)
		case err == nil && (got.Code == "" || got.Multiplier > 12 || got.Scaled != (got.Multiplier > 0)):
			t.Fatalf("Parse(%q) = %+v", text, got)
		}
	})
}
