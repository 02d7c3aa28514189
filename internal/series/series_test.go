package series_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/series"
)

func ExampleParse() {
	k, err := series.Parse("GDP.cn_cq_lj.CNY.yoy.real")
	if err != nil {
		panic(err)
	}
	fmt.Println(k.Code())
	fmt.Println(k.Measure, k.Basis, k.UnitCode(), k.Dataset, k.Scenario)
	fmt.Println(k.Level().Code())
	// Output:
	// gdp.cn-cq-lj.cny.yoy.real
	// yoy real CNY main actual
	// gdp.cn-cq-lj.cny
}

func TestParse(t *testing.T) {
	base := series.Key{
		Dataset: "main", Indicator: "gdp", Area: "cn", Unit: "cny", Measure: "level",
		Basis: "current", Adjustment: "none", Scenario: "actual",
	}
	with := func(change func(*series.Key)) series.Key {
		k := base
		change(&k)
		return k
	}
	for _, test := range []struct {
		code string
		want series.Key
	}{
		{"gdp.cn.cny", base},
		{"GDP.CN.CNY", base},
		{"gdp.cn.cny.target", with(func(k *series.Key) { k.Scenario = "target" })},
		{"gdp.cn.cny.real-2010.sa", with(func(k *series.Key) { k.Basis, k.Adjustment = "real-2010", "sa" })},
		{"gdp.cn.cny.chained_2015", with(func(k *series.Key) { k.Basis = "chained-2015" })},
		{"gdp.cn.cny.yoy", with(func(k *series.Key) { k.Measure, k.Basis = "yoy", "unstated" })},
		{"gdp.cn.cny.yoy.nominal", with(func(k *series.Key) { k.Measure, k.Basis = "yoy", "nominal" })},
		{"gdp.cn.cny.saar.real.sa.forecast@imf", with(func(k *series.Key) {
			k.Measure, k.Basis, k.Adjustment, k.Scenario, k.Dataset = "saar", "real", "sa", "forecast", "imf"
		})},
		{"gdp.cn.index-2010", with(func(k *series.Key) { k.Unit = "index-2010" })},
		{"gdp.cn.cny.age-0-14.partner-us", with(func(k *series.Key) {
			k.Breakdowns = []series.Breakdown{{Dimension: "age", Item: "0-14"}, {Dimension: "partner", Item: "us"}}
		})},
	} {
		t.Run(test.code, func(t *testing.T) {
			got, err := series.Parse(test.code)
			if err != nil {
				t.Fatalf("Parse(%q): %v", test.code, err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", test.code, diff)
			}
			if want := series.Fold(test.code); got.Code() != want {
				t.Errorf("Parse(%q).Code() = %q, want %q", test.code, got.Code(), want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		code     string
		want     fault.Code
		expected string
	}{
		{"", fault.SeriesCodeInvalid, "indicator.area.unit"},
		{"gdp", fault.SeriesCodeInvalid, "indicator.area.unit"},
		{"gdp.cn", fault.SeriesCodeInvalid, "indicator.area.unit"},
		{"gdp..cny", fault.SeriesCodeInvalid, "letters, digits"},
		{"gdp.-cn.cny", fault.SeriesCodeInvalid, "letters, digits"},
		{"gdp.cn.cny ", fault.SeriesCodeInvalid, "letters, digits"},
		{"gdp.\u212an.cny", fault.SeriesCodeInvalid, "letters, digits"},
		{"gdp.cn.cny@", fault.SeriesCodeInvalid, "@dataset"},
		{"gdp.cn.cny@a@b", fault.SeriesCodeInvalid, "letters, digits"},
		{"gdp.cn.csv", fault.SeriesTokenReserved, "another word"},
		{"gdp.cn.cny.json", fault.SeriesTokenReserved, "another word"},
		{"gdp.cn.cny@xlsx", fault.SeriesTokenReserved, "another word"},
		{"gdp.cn.cny.growth", fault.SeriesTokenUnknown, "yoy, pop, saar"},
		{"gdp.cn.cny.real-10", fault.SeriesTokenUnknown, "real-<year>"},
		{"gdp.cn.cny.yoy-x", fault.SeriesTokenUnknown, "dimension-item"},
		{"gdp.cn.cny.partner-", fault.SeriesTokenUnknown, "dimension-item"},
		{"gdp.cn.cny.partner--us", fault.SeriesCodeInvalid, "letters, digits"},
		{"gdp.cn.cny.yoy.pop", fault.SeriesTokenRepeated, "one measure"},
		{"gdp.cn.cny.partner-us.partner-de", fault.SeriesTokenRepeated, "one item of partner"},
		{"gdp.cn.cny.real", fault.SeriesBasisMismatch, "real-<year>"},
		{"gdp.cn.cny.yoy.real-2010", fault.SeriesBasisMismatch, "nominal or real"},
		{"gdp.cn.cny.level", fault.SeriesCodeNotCanonical, "gdp.cn.cny"},
		{"gdp.cn.cny.nominal", fault.SeriesCodeNotCanonical, "gdp.cn.cny"},
		{"gdp.cn.cny@main", fault.SeriesCodeNotCanonical, "gdp.cn.cny"},
		{"gdp.cn.cny.sa.real-2010", fault.SeriesCodeNotCanonical, "gdp.cn.cny.real-2010.sa"},
		{"gdp.cn.cny.yoy.partner-us", fault.SeriesCodeNotCanonical, "gdp.cn.cny.partner-us.yoy"},
		{"gdp.cn." + strings.Repeat("a", series.MaxToken+1), fault.SeriesCodeTooLong, "at most 64"},
		{strings.Repeat("a", series.MaxCode+1), fault.SeriesCodeTooLong, "at most 512"},
	} {
		t.Run(test.code, func(t *testing.T) {
			k, err := series.Parse(test.code)
			if fault.CodeOf(err) != test.want {
				t.Fatalf("Parse(%q) = %+v, %v, want code %s", test.code, k, err, test.want)
			}
			if e := fault.From(err); !strings.Contains(e.Expected, test.expected) || e.Kind != fault.Invalid {
				t.Errorf("Parse(%q) expects %q of kind %d, want %q in it", test.code, e.Expected, e.Kind, test.expected)
			}
		})
	}
}

func TestNormalReadsOtherWordsForDefaults(t *testing.T) {
	level := series.Key{Indicator: "gdp", Area: "CN", Unit: "CNY"}
	for _, test := range []struct {
		name string
		key  series.Key
		want string
	}{
		{"defaults", level, "gdp.cn.cny"},
		{"nominal level", level.Claim(series.Level, "nominal"), "gdp.cn.cny"},
		{"unspecified claim", level.Claim(series.YoY, "unspecified"), "gdp.cn.cny.yoy"},
		{"claim without basis", level.Claim(series.YoY, ""), "gdp.cn.cny.yoy"},
		{"real claim", level.Claim(series.YoY, "Real"), "gdp.cn.cny.yoy.real"},
		{"not adjusted", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Adjustment: "NSA"}, "gdp.cn.cny"},
		{"breakdowns sorted", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Breakdowns: []series.Breakdown{{"Partner", "US"}, {"age", "0_14"}}}, "gdp.cn.cny.age-0-14.partner-us"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.key.Normal()
			if err != nil || got.Code() != test.want {
				t.Errorf("Normal() = %q, %v, want %q", got.Code(), err, test.want)
			}
		})
	}
}

func TestNormalRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		key  series.Key
		want fault.Code
	}{
		{"no indicator", series.Key{Area: "cn", Unit: "cny"}, fault.SeriesCodeInvalid},
		{"unknown measure", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Measure: "qoq"}, fault.SeriesTokenUnknown},
		{"unknown basis", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Basis: "constant"}, fault.SeriesTokenUnknown},
		{"unknown adjustment", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Adjustment: "wda"}, fault.SeriesTokenUnknown},
		{"unknown scenario", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Scenario: "hope"}, fault.SeriesTokenUnknown},
		{"dimension with a hyphen", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Breakdowns: []series.Breakdown{{"age-group", "0"}}}, fault.SeriesCodeInvalid},
		{"reserved dimension", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Breakdowns: []series.Breakdown{{"real", "2010"}}}, fault.SeriesTokenReserved},
		{"long breakdown", series.Key{Indicator: "gdp", Area: "cn", Unit: "cny", Breakdowns: []series.Breakdown{{"partner", strings.Repeat("x", 60)}}}, fault.SeriesCodeTooLong},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, err := test.key.Normal(); fault.CodeOf(err) != test.want {
				t.Errorf("Normal() = %+v, %v, want code %s", got, err, test.want)
			}
		})
	}
}

func TestFamilyHoldsWhatVariesOnlyInUnitMeasureAndBasis(t *testing.T) {
	for _, code := range []string{
		"trade.cn-cq-lj.cny", "trade.cn-cq-lj.usd", "trade.cn-cq-lj.usd.yoy.real", "trade.cn-cq-lj.cny.real-2010",
	} {
		if got := series.MustParse(code).Family(); got != "trade.cn-cq-lj" {
			t.Errorf("Family(%q) = %q, want %q", code, got, "trade.cn-cq-lj")
		}
	}
	const code = "gdp.cn.cny.partner-us.yoy.sa.target@imf"
	if got, want := series.MustParse(code).Family(), "gdp.cn.partner-us.sa.target@imf"; got != want {
		t.Errorf("Family(%q) = %q, want %q", code, got, want)
	}
}

func token() *rapid.Generator[string] {
	return rapid.StringMatching(`[a-z0-9][a-z0-9-]{0,12}`).Filter(func(s string) bool { return !series.IsFormat(s) })
}

// anyKey draws valid keys of every kind.
func anyKey() *rapid.Generator[series.Key] {
	dimension := rapid.StringMatching(`[a-z0-9]{1,8}`).Filter(func(s string) bool {
		return series.CheckDimension(s) == nil
	})
	year := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"real-", "chained-"}).Draw(t, "kind") +
			fmt.Sprint(rapid.IntRange(1800, 2199).Draw(t, "year"))
	})
	return rapid.Custom(func(t *rapid.T) series.Key {
		k := series.Key{
			Dataset:    token().Draw(t, "dataset"),
			Indicator:  token().Draw(t, "indicator"),
			Area:       token().Draw(t, "area"),
			Unit:       token().Draw(t, "unit"),
			Measure:    rapid.SampledFrom([]series.Measure{series.Level, series.YoY, series.PoP, series.SAAR}).Draw(t, "measure"),
			Adjustment: rapid.SampledFrom([]string{"none", "sa", "ca", "sca", "tc"}).Draw(t, "adjustment"),
			Scenario:   rapid.SampledFrom([]string{"actual", "target", "forecast"}).Draw(t, "scenario"),
		}
		k.Basis = rapid.SampledFrom([]string{series.Unstated, series.Nominal, series.Real}).Draw(t, "claim basis")
		if !k.IsClaim() {
			k.Basis = rapid.OneOf(rapid.Just(series.Current), year).Draw(t, "level basis")
		}
		for _, d := range rapid.SliceOfNDistinct(dimension, 0, 4, rapid.ID[string]).Draw(t, "dimensions") {
			k.Breakdowns = append(k.Breakdowns, series.Breakdown{Dimension: d, Item: token().Draw(t, "item")})
		}
		return k
	})
}

func TestParseReadsEveryCodeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, err := anyKey().Draw(t, "key").Normal()
		if err != nil {
			t.Fatalf("Normal(): %v", err)
		}
		for _, code := range []string{k.Code(), strings.ToUpper(k.Code()), strings.ReplaceAll(k.Code(), "-", "_")} {
			got, err := series.Parse(code)
			if err != nil || !got.Equal(k) {
				t.Fatalf("Parse(%q) = %+v, %v, want %+v", code, got, err, k)
			}
		}
	})
}

func TestTwoKeysWithOneCodeAreOneSeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, errA := anyKey().Draw(t, "a").Normal()
		b, errB := anyKey().Draw(t, "b").Normal()
		if errA != nil || errB != nil {
			t.Fatalf("Normal(): %v, %v", errA, errB)
		}
		if (a.Code() == b.Code()) != a.Equal(b) {
			t.Fatalf("codes %q and %q, equal keys: %v", a.Code(), b.Code(), a.Equal(b))
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"gdp.cn-cq-lj.cny", "gdp.cn.cny.real-2010.sa", "exports.cn.usd.partner-us.yoy.real@imf", "a.b.c@", "....", "GDP_1.CN.x-",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		k, err := series.Parse(code)
		if err != nil {
			if e := fault.From(err); e.Kind != fault.Invalid || e.Expected == "" {
				t.Fatalf("Parse(%q) fails with %v of kind %d, expecting %q", code, err, e.Kind, e.Expected)
			}
			return
		}
		if k.Code() != series.Fold(code) {
			t.Fatalf("Parse(%q).Code() = %q", code, k.Code())
		}
		if again, err := series.Parse(k.Code()); err != nil || !again.Equal(k) {
			t.Fatalf("Parse(%q) = %+v, %v, want %+v", k.Code(), again, err, k)
		}
	})
}
