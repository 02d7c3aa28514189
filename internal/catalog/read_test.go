package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
)

func ExampleCatalog_Merge() {
	c, err := catalog.Read(data.Catalog())
	if err != nil {
		panic(err)
	}
	own := catalog.File{Name: "own.yaml", Body: []byte(`
indicators:
  - code: retail-sales
    name: {en: Retail sales, zh: 社会消费品零售总额}
    kind: flow
`)}
	c, changes, err := c.Merge(own)
	if err != nil {
		panic(err)
	}
	fmt.Println(changes[0].Kind, changes[0].Code, "in line", changes[0].Line)
	fmt.Println(c.Match(catalog.Indicators, "社会消费品零售总额"))
	// Output:
	// added retail-sales in line 3
	// retail-sales <nil>
}

func embedded(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Read(data.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func yaml(body string) catalog.File { return catalog.File{Name: "own.yaml", Body: []byte(body)} }

func read(t testing.TB, body string) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Read([]catalog.File{yaml(body)})
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return c
}

const small = `
dimensions:
  - {code: partner, name: {en: Partner, zh: 贸易伙伴}}
items:
  - {dimension: partner, code: us, name: {en: United States, zh: 美国}}
  - {dimension: partner, code: de, name: {en: Germany}}
areas:
  - code: no
    name: {en: Norway, zh: 挪威}
    kind: country
    codes: {iso3166-1-alpha3: NOR, iso3166-1-numeric: 578}
    valid_from: 1905-06-07
indicators:
  - {code: a, name: {en: Part a}, kind: flow}
  - {code: b, name: {zh: 部分}, kind: flow}
  - {code: t, name: {en: Total}, kind: flow, parts: [a, b], growth_only: true, former: [whole]}
`

func TestReadYAML(t *testing.T) {
	c := read(t, small)
	norway, ok := c.Area("NO")
	if !ok || norway.Name.In("zh") != "挪威" || norway.Codes["iso3166-1-numeric"] != "578" || !norway.On("1990-01-01") || norway.On("1900-01-01") {
		t.Errorf("Area(NO) = %+v, %v", norway, ok)
	}
	total, ok := c.Indicator("t")
	if !ok || !slices.Equal(total.Parts, []string{"a", "b"}) || !total.GrowthOnly {
		t.Errorf("Indicator(t) = %+v, %v", total, ok)
	}
	if b, _ := c.Indicator("b"); b.Name.In("en") != "部分" {
		t.Errorf("Name.In(en) = %q, want the Chinese one where there is no English", b.Name.In("en"))
	}
	if item, ok := c.Item("partner", "US"); !ok || item.Name.En != "United States" {
		t.Errorf("Item(partner, US) = %+v, %v", item, ok)
	}
	if items := c.ItemsOf("partner"); len(items) != 2 || items[0].Code != "de" {
		t.Errorf("ItemsOf(partner) = %+v, want de and us", items)
	}
	if _, ok := c.Indicator("whole"); ok {
		t.Error("Indicator(whole) answers a former code, want only Current to")
	}
	if got, ok := c.Current(catalog.Indicators, "Whole"); !ok || got != "t" {
		t.Errorf("Current(Whole) = %q, %v, want t", got, ok)
	}
}

func TestReadCSVIsTheSameAsYAML(t *testing.T) {
	table := catalog.File{Name: "units-mine.csv", Body: []byte("code,name.en,kind,digits,valid_to,successor.unit,successor.rate,successor.from,successor.source,aliases\n" +
		"NEW,New,currency,2,,,,,,\nOLD,Old,currency,,2000-12-31,NEW,2.50,2001-01-01,an act,Oldie|Ancient\n")}
	fromTable, err := catalog.Read([]catalog.File{table})
	if err != nil {
		t.Fatal(err)
	}
	fromYAML := read(t, `
units:
  - {code: OLD, name: {en: Old}, kind: currency, valid_to: 2000-12-31, aliases: [Oldie, Ancient],
     successor: {unit: NEW, rate: 2.50, from: 2001-01-01, source: an act}}
  - {code: NEW, name: {en: New}, kind: currency, digits: 2}
`)
	if changed := catalog.Diff(fromTable, fromYAML); len(changed) != 0 {
		t.Errorf("Diff = %s, want none", changed[0].Body)
	}
	if old, _ := fromYAML.Unit("old"); old.Successor.Rate != "2.50" {
		t.Errorf("Rate = %q, want the text of the file", old.Successor.Rate)
	}
}

func TestReadRefusesWithPlaceAndExpectation(t *testing.T) {
	for _, test := range []struct {
		name, body string
		code       fault.Code
		line       int
		expected   string
	}{
		{"unknown section", "areas: []\nregions: []\n", fault.CatalogSectionUnknown, 2, "areas"},
		{"unknown key", "areas:\n  - code: x\n    name: {en: X}\n    kind: other\n    alias: [Y]\n", fault.CatalogKeyUnknown, 5, "aliases"},
		{"unknown key inside", "areas:\n  - {code: x, name: {en: X, de: X}, kind: other}\n", fault.CatalogKeyUnknown, 2, "en"},
		{"repeated key", "areas:\n  - code: x\n    code: y\n    name: {en: X}\n    kind: other\n", fault.CatalogKeyRepeated, 3, "once"},
		{"no code", "areas:\n  - {name: {en: X}, kind: other}\n", fault.CatalogFieldMissing, 2, "a code"},
		{"no name", "areas:\n  - {code: x, kind: other}\n", fault.CatalogFieldMissing, 2, "a name"},
		{"no kind", "indicators:\n  - {code: x, name: {en: X}}\n", fault.CatalogFieldMissing, 2, "stock, flow, rate, index"},
		{"unknown kind", "indicators:\n  - {code: x, name: {en: X}, kind: flux}\n", fault.CatalogValueInvalid, 2, "stock, flow, rate, index"},
		{"bad token", "indicators:\n  - {code: X y, name: {en: X}, kind: flow}\n", fault.CatalogCodeInvalid, 2, "lower-case letters"},
		{"format name", "indicators:\n  - {code: csv, name: {en: X}, kind: flow}\n", fault.CatalogCodeInvalid, 2, "another word"},
		{"reserved dimension", "dimensions:\n  - {code: real, name: {en: X}}\n", fault.CatalogCodeInvalid, 2, "another word"},
		{"currency in lower case", "units:\n  - {code: abc, name: {en: X}, kind: currency}\n", fault.CatalogCodeInvalid, 2, "ABC"},
		{"three letters that are no currency", "units:\n  - {code: TON, name: {en: Tonne}, kind: quantity}\n", fault.CatalogValueInvalid, 2, "currency"},
		{"list for a text", "areas:\n  - {code: [x], name: {en: X}, kind: other}\n", fault.CatalogValueInvalid, 2, "one text"},
		{"text for a list", "areas:\n  - {code: x, name: {en: X}, kind: other, aliases: Y}\n", fault.CatalogValueInvalid, 2, "a list"},
		{"text for a name", "areas:\n  - {code: x, name: X, kind: other}\n", fault.CatalogValueInvalid, 2, "en: …"},
		{"bad flag", "indicators:\n  - {code: x, name: {en: X}, kind: flow, growth_only: yes}\n", fault.CatalogValueInvalid, 2, "true or false"},
		{"bad number", "datasets:\n  - {code: x, name: {en: X}, rank: -1}\n", fault.CatalogValueInvalid, 2, "whole number"},
		{"bad date", "areas:\n  - {code: x, name: {en: X}, kind: other, valid_from: 2001-02-29}\n", fault.CatalogValueInvalid, 2, "YYYY-MM-DD"},
		{"dates reversed", "areas:\n  - {code: x, name: {en: X}, kind: other, valid_from: 2001-02-02, valid_to: 2001-02-01}\n", fault.CatalogValueInvalid, 2, "on or after"},
		{"bad address", "indicators:\n  - {code: x, name: {en: X}, kind: flow, source_url: example.org}\n", fault.CatalogValueInvalid, 2, "https://"},
		{"unknown part", "indicators:\n  - {code: x, name: {en: X}, kind: flow, parts: [y]}\n", fault.CatalogReferenceUnknown, 2, "a catalogued indicator"},
		{"unknown dimension", "items:\n  - {dimension: d, code: x, name: {en: X}}\n", fault.CatalogReferenceUnknown, 2, "a catalogued dimension"},
		{"parts in a circle", "indicators:\n  - {code: x, name: {en: X}, kind: flow, parts: [y]}\n  - {code: y, name: {en: Y}, kind: flow, parts: [x]}\n", fault.CatalogReferenceCircle, 3, "lead back"},
		{"part of itself", "indicators:\n  - {code: x, name: {en: X}, kind: flow, parts: [x]}\n", fault.CatalogReferenceCircle, 2, "lead back"},
		{"code twice", "areas:\n  - {code: x, name: {en: X}, kind: other}\n  - {code: x, name: {en: Z}, kind: other}\n", fault.CatalogCodeDuplicate, 3, "area x (own.yaml)"},
		{"former code in use", "areas:\n  - {code: x, name: {en: X}, kind: other}\n  - {code: y, name: {en: Y}, kind: other, former: [x]}\n", fault.CatalogCodeDuplicate, 3, "area x"},
		{"label twice", "areas:\n  - {code: x, name: {en: Same  Name}, kind: other}\n  - {code: y, name: {en: Y}, kind: other, aliases: [same name]}\n", fault.CatalogLabelDuplicate, 3, "shared"},
		{"label that is a code", "areas:\n  - {code: x, name: {en: X}, kind: other}\n  - {code: y, name: {en: X}, kind: other}\n", fault.CatalogLabelDuplicate, 3, "area x"},
		{"alias twice", "areas:\n  - {code: x, name: {en: X}, kind: other, aliases: [Y, y]}\n", fault.CatalogLabelDuplicate, 2, "each once"},
		{"shared and owned", "areas:\n  - {code: x, name: {en: X}, kind: other, aliases: [K]}\n  - {code: y, name: {en: Y}, kind: other, shared: [k]}\n", fault.CatalogLabelDuplicate, 3, "area x"},
		{"successor without a last day", "units:\n  - {code: OLD, name: {en: X}, kind: currency, successor: {unit: NEW}}\n  - {code: NEW, name: {en: Y}, kind: currency}\n", fault.CatalogFieldMissing, 2, "the last day"},
		{"rate of zero", "units:\n  - {code: OLD, name: {en: X}, kind: currency, valid_to: 2000-01-01, successor: {unit: NEW, rate: 0.00, from: 2000-01-01, source: s}}\n  - {code: NEW, name: {en: Y}, kind: currency}\n", fault.CatalogValueInvalid, 2, "positive"},
		{"rate without a source", "units:\n  - {code: OLD, name: {en: X}, kind: currency, valid_to: 2000-01-01, successor: {unit: NEW, rate: 2, from: 2000-01-01}}\n  - {code: NEW, name: {en: Y}, kind: currency}\n", fault.CatalogFieldMissing, 2, "the act"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := catalog.Read([]catalog.File{yaml(test.body)})
			if fault.CodeOf(err) != fault.CatalogInvalid || fault.KindOf(err) != fault.Refused {
				t.Fatalf("Read = %v, want catalog_invalid", err)
			}
			found := slices.ContainsFunc(fault.From(err).Items, func(item fault.Item) bool {
				return item.Code == test.code && item.Line == test.line && strings.Contains(item.Expected, test.expected)
			})
			if !found {
				t.Errorf("Read reports %+v, want %s in line %d expecting %q", fault.From(err).Items, test.code, test.line, test.expected)
			}
		})
	}
}

func TestReadRefusesWhatCannotBeTakenApart(t *testing.T) {
	for _, test := range []struct {
		name string
		file catalog.File
		want fault.Code
	}{
		{"not YAML", yaml("areas: [\n"), fault.CatalogSyntax},
		{"two documents", yaml("areas: []\n---\nareas: []\n"), fault.CatalogSyntax},
		{"anchor", yaml("areas: &a []\n"), fault.CatalogSyntax},
		{"alias", yaml("areas: &a []\nunits: *a\n"), fault.CatalogSyntax},
		{"tag", yaml("areas: !mine []\n"), fault.CatalogSyntax},
		{"too large", catalog.File{Name: "a.yaml", Body: make([]byte, catalog.MaxFile+1)}, fault.CatalogTooLarge},
		{"other ending", catalog.File{Name: "a.toml"}, fault.CatalogSyntax},
		{"table of no section", catalog.File{Name: "words.csv", Body: []byte("code\nx\n")}, fault.CatalogSectionUnknown},
		{"ragged table", catalog.File{Name: "areas.csv", Body: []byte("code,name.en\nx\n")}, fault.CatalogSyntax},
		{"table in another encoding", catalog.File{Name: "areas.csv", Body: []byte("code,name.zh\nx,\xd6\xd0\n")}, fault.CatalogSyntax},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := catalog.Read([]catalog.File{test.file}); fault.CodeOf(err) != test.want {
				t.Errorf("Read = %v, want %s", err, test.want)
			}
		})
	}
}

func TestReadTellsEverythingThatIsWrong(t *testing.T) {
	_, err := catalog.Read([]catalog.File{yaml("areas:\n  - {code: A, name: {en: X}, kind: other}\n  - {code: b, name: {en: B}, kind: place}\n  - {code: c, kind: other}\n")})
	var lines []int
	for _, item := range fault.From(err).Items {
		lines = append(lines, item.Line)
	}
	if want := []int{2, 3, 4}; !slices.Equal(lines, want) {
		t.Errorf("Read reports lines %v, want %v", lines, want)
	}
}

func TestEmptyFilesAreAnEmptyCatalogue(t *testing.T) {
	for _, body := range []string{"", "\n", "# nothing\n", "areas:\n", "areas: []\n"} {
		if got := read(t, body).Entries(); len(got) != 0 {
			t.Errorf("Read(%q) has %d entries, want none", body, len(got))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("own.yaml", []byte(small))
	f.Add("own.yaml", []byte("a: &a [*a]\n"))
	f.Add("own.yaml", []byte("? [x]\n: y\n"))
	f.Add("areas.csv", []byte("code,name.en,name,kind,aliases\nx,X,,other,a|b\n"))
	f.Add("units.csv", []byte("code,successor,successor.unit\nx,y,z\n"))
	for _, file := range data.Catalog() {
		if len(file.Body) < 4096 {
			f.Add(file.Name, file.Body)
		}
	}
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		c, err := catalog.Read([]catalog.File{{Name: name, Body: body}})
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatalf("Read(%q, %q) = %v, want a fault of the file", name, body, err)
			}
			return
		}
		again, err := catalog.FromEntries(c.Entries())
		if err != nil || len(catalog.Diff(c, again)) != 0 {
			t.Fatalf("Read(%q, %q) does not come back from its entries: %v", name, body, err)
		}
	})
}
