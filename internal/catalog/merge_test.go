package catalog_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/series"
)

func TestMergeAddsChangesAndLeavesTheRest(t *testing.T) {
	before := read(t, small)
	after, changes, err := before.Merge(yaml(`
areas:
  - {code: se, name: {en: Sweden}, kind: country}
  - {code: no, name: {en: Kingdom of Norway}, kind: country}
indicators:
  - {code: a, name: {en: Part a}, kind: flow}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []catalog.Change{
		{Kind: catalog.Added, Section: catalog.Areas, Code: "se", File: "own.yaml", Line: 3},
		{Kind: catalog.Changed, Section: catalog.Areas, Code: "no", File: "own.yaml", Line: 4},
		{Kind: catalog.Unchanged, Section: catalog.Indicators, Code: "a", File: "own.yaml", Line: 6},
	}
	if !slices.Equal(changes, want) {
		t.Errorf("Merge changes %+v, want %+v", changes, want)
	}
	var codes []string
	for _, e := range catalog.Diff(before, after) {
		codes = append(codes, e.Code)
	}
	if !slices.Equal(codes, []string{"no", "se"}) {
		t.Errorf("Diff = %v, want no and se", codes)
	}
	if _, ok := before.Area("se"); ok {
		t.Error("Merge changed the catalogue it was asked of")
	}
	if norway, _ := after.Area("no"); norway.Name.Zh != "" {
		t.Errorf("Area(no) = %+v, want the whole entry replaced", norway)
	}
}

func TestMergeRenames(t *testing.T) {
	before := read(t, small)
	after, changes, err := before.Merge(yaml(`
indicators:
  - {code: first-part, name: {en: First part}, kind: flow, former: [a]}
  - {code: sum, name: {en: Total}, kind: flow, parts: [first-part, b], former: [t]}
dimensions:
  - {code: counterpart, name: {en: Counterpart}, former: [partner]}
`))
	if err != nil {
		t.Fatal(err)
	}
	if changes[0].Kind != catalog.Renamed || changes[0].Was != "a" {
		t.Errorf("Merge changes %+v, want a renamed", changes[0])
	}
	for old, want := range map[string]string{"a": "first-part", "t": "sum", "whole": "sum", "sum": "sum"} {
		if got, ok := after.Current(catalog.Indicators, old); !ok || got != want {
			t.Errorf("Current(%q) = %q, %v, want %q", old, got, ok, want)
		}
		if got, err := after.Match(catalog.Indicators, strings.ToUpper(old)); err != nil || got != want {
			t.Errorf("Match(%q) = %q, %v, want %q", old, got, err, want)
		}
	}
	gone := slices.ContainsFunc(catalog.Diff(before, after), func(e catalog.Entry) bool {
		return e.Section == catalog.Indicators && e.Code == "a" && len(e.Body) == 0
	})
	if !gone {
		t.Error("Diff does not say that a is no entry of its own any more")
	}
}

func TestMergeRedirectsReferencesOfOtherEntries(t *testing.T) {
	after, _, err := read(t, small).Merge(yaml("indicators:\n  - {code: first, name: {en: First part}, kind: flow, former: [a]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if total, _ := after.Indicator("t"); !slices.Equal(total.Parts, []string{"first", "b"}) {
		t.Errorf("Parts = %v, want first and b", total.Parts)
	}
}

func TestMergeRefusesConflicts(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct {
		name, body string
		want       fault.Code
	}{
		{"label of another entry", "areas:\n  - {code: xx, name: {en: China}, kind: other}\n", fault.CatalogLabelDuplicate},
		{"alias that is a code", "areas:\n  - {code: xx, name: {en: X land}, kind: other, aliases: [chn]}\n", fault.CatalogLabelDuplicate},
		{"reference to nothing", "areas:\n  - {code: xx, name: {en: X land}, kind: other, relations: [{kind: part_of, area: zz}]}\n", fault.CatalogReferenceUnknown},
		{"entry twice in the file", "areas:\n  - {code: xx, name: {en: X land}, kind: other}\n  - {code: xx, name: {en: X land}, kind: other}\n", fault.CatalogCodeDuplicate},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, changes, err := c.Merge(yaml(test.body))
			if merged != nil || changes != nil || fault.CodeOf(err) != fault.CatalogInvalid {
				t.Fatalf("Merge = %v, %v, %v, want nothing but catalog_invalid", merged, changes, err)
			}
			if item := fault.From(err).Items[0]; item.Code != test.want || item.Line == 0 || item.Sheet != "own.yaml" {
				t.Errorf("Merge reports %+v, want %s with its place in own.yaml", item, test.want)
			}
		})
	}
}

func TestACodeIsNeverReused(t *testing.T) {
	renamed, _, err := read(t, small).Merge(yaml("indicators:\n  - {code: first, name: {en: First part}, kind: flow, former: [a]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = renamed.Merge(yaml("indicators:\n  - {code: a, name: {en: Something new}, kind: flow}\n"))
	if fault.CodeOf(err) != fault.CatalogInvalid || fault.From(err).Items[0].Code != fault.CatalogCodeDuplicate {
		t.Errorf("Merge of a new entry with a former code = %v, want catalog_code_duplicate", err)
	}
}

func TestResolve(t *testing.T) {
	c, _, err := embedded(t).Merge(yaml(`
areas:
  - {code: cn-lj, name: {en: Liangjiang New Area, zh: 两江新区}, kind: new_area, former: [cn-cq-lj]}
dimensions:
  - {code: counterpart, name: {en: Counterpart}, former: [partner]}
items:
  - {dimension: counterpart, code: us, name: {en: United States, zh: 美国}, former: [usa]}
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		code, want string
		renamed    bool
	}{
		{"gdp.cn.cny", "gdp.cn.cny", false},
		{"gdp.cn-cq-lj.cny", "gdp.cn-lj.cny", true},
		{"exports.cn.usd.partner-usa.yoy", "exports.cn.usd.counterpart-us.yoy", true},
		{"gdp.cn.index-2005", "gdp.cn.index-2005", false},
	} {
		got, renamed, err := c.Resolve(series.MustParse(test.code))
		if err != nil || got.Code() != test.want || renamed != test.renamed {
			t.Errorf("Resolve(%q) = %q, %v, %v, want %q, %v", test.code, got.Code(), renamed, err, test.want, test.renamed)
		}
	}
	for code, parameter := range map[string]string{
		"gpd.cn.cny": "indicator", "gdp.liangjiang.cny": "area", "gdp.cn.cnx": "unit", "gdp.cn.cny@imf": "dataset",
		"gdp.cn.cny.sector-1": "dimension", "gdp.cn.cny.counterpart-zz": "item",
	} {
		_, _, err := c.Resolve(series.MustParse(code))
		e := fault.From(err)
		if err == nil || e.Kind != fault.NotFound || len(e.Items) != 1 || e.Items[0].Parameter != parameter || e.Items[0].Expected == "" {
			t.Errorf("Resolve(%q) = %+v, want unknown_code of the %s with the nearest", code, e, parameter)
		}
	}
}

func TestTitle(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct{ code, en, zh string }{
		{"gdp.cn-cq-lj.cny", "GDP, Liangjiang New Area", "两江新区生产总值"},
		{"gdp.cn.cny.yoy.real", "GDP, China, reported growth on a year earlier, real", "中国生产总值，公布的同比增长，实际"},
		{"gdp.cn.cny.real-2010.sa.target", "GDP, China, at prices of 2010, seasonally adjusted, target", "中国生产总值，2010年不变价，季节调整，目标"},
		{"gdp.cn.cny.chained-2015@imf", "GDP, China, chained volumes of 2015 (imf)", "中国生产总值，2015年链式价格（imf）"},
	} {
		k := series.MustParse(test.code)
		if en, zh := c.Title(k, "en"), c.Title(k, "zh"); en != test.en || zh != test.zh {
			t.Errorf("Title(%q) = %q, %q, want %q, %q", test.code, en, zh, test.en, test.zh)
		}
	}
}

func TestEntriesComeBack(t *testing.T) {
	c := embedded(t)
	again, err := catalog.FromEntries(c.Entries())
	if err != nil {
		t.Fatal(err)
	}
	if changed := catalog.Diff(c, again); len(changed) != 0 {
		t.Errorf("Diff = %+v, want none", changed)
	}
	if got, err := again.Match(catalog.Areas, "两江新区"); err != nil || got != "cn-cq-lj" {
		t.Errorf("Match = %q, %v, want cn-cq-lj", got, err)
	}
}

func TestFromEntriesRefuses(t *testing.T) {
	for _, test := range []struct {
		name  string
		entry catalog.Entry
		want  fault.Code
	}{
		{"unknown section", catalog.Entry{Section: "region", Code: "x", Body: []byte("{}")}, fault.CatalogSectionUnknown},
		{"not JSON", catalog.Entry{Section: catalog.Areas, Code: "x", Body: []byte("{")}, fault.CatalogSyntax},
		{"unknown key", catalog.Entry{Section: catalog.Areas, Code: "x", Body: []byte(`{"code":"x","colour":1}`)}, fault.CatalogSyntax},
		{"other code", catalog.Entry{Section: catalog.Areas, Code: "x", Body: []byte(`{"code":"y"}`)}, fault.CatalogCodeInvalid},
		{"invalid entry", catalog.Entry{Section: catalog.Areas, Code: "x", Body: []byte(`{"code":"x"}`)}, fault.CatalogInvalid},
	} {
		if _, err := catalog.FromEntries([]catalog.Entry{test.entry}); fault.CodeOf(err) != test.want {
			t.Errorf("%s: FromEntries = %v, want %s", test.name, err, test.want)
		}
	}
	if c, err := catalog.FromEntries([]catalog.Entry{{Section: catalog.Areas, Code: "x"}}); err != nil || len(c.Areas()) != 0 {
		t.Errorf("FromEntries of an empty body = %v, %v, want none", c, err)
	}
}

// anyCatalog draws catalogues of areas and units that do not contradict
// themselves.
func anyCatalog() *rapid.Generator[*catalog.Catalog] {
	text := rapid.StringMatching(`[a-zé<&"\\中文 ]{0,8}`)
	return rapid.Custom(func(t *rapid.T) *catalog.Catalog {
		var b bytes.Buffer
		b.WriteString("code,name.en,name.zh,kind,aliases,codes.other,valid_from,note.en\n")
		for _, code := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z0-9-]{0,6}`), 0, 8, rapid.ID[string]).Draw(t, "codes") {
			if series.IsFormat(code) {
				continue
			}
			own := func(name string) string { return code + " " + strings.ReplaceAll(text.Draw(t, name), `"`, `""`) + "!" }
			b.WriteString(strings.Join([]string{code, `"` + own("en") + `"`, `"` + own("zh") + `!"`, "other", `"` + own("alias") + `!!"`,
				code + "/9", rapid.SampledFrom([]string{"", "1999-12-31"}).Draw(t, "from"), `"` + own("note") + `"`}, ",") + "\n")
		}
		c, err := catalog.Read([]catalog.File{{Name: "areas.csv", Body: b.Bytes()}})
		if err != nil {
			t.Fatalf("Read(%s): %v", b.String(), err)
		}
		return c
	})
}

func TestEveryCatalogueComesBackFromItsEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCatalog().Draw(t, "catalogue")
		again, err := catalog.FromEntries(c.Entries())
		if err != nil {
			t.Fatalf("FromEntries: %v", err)
		}
		for i, e := range again.Entries() {
			if want := c.Entries()[i]; !bytes.Equal(e.Body, want.Body) || e.Code != want.Code || e.Section != want.Section {
				t.Fatalf("entry %d = %s, want %s", i, e.Body, want.Body)
			}
		}
	})
}

func TestDiffLeadsFromOneCatalogueToTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next := anyCatalog().Draw(t, "old"), anyCatalog().Draw(t, "next")
		kept := map[string]catalog.Entry{}
		for _, e := range append(old.Entries(), catalog.Diff(old, next)...) {
			kept[string(e.Section)+" "+e.Code] = e
		}
		var entries []catalog.Entry
		for _, e := range kept {
			entries = append(entries, e)
		}
		reached, err := catalog.FromEntries(entries)
		if err != nil || len(catalog.Diff(reached, next)) != 0 {
			t.Fatalf("old and the difference make %v, %v, want next", reached, err)
		}
	})
}
