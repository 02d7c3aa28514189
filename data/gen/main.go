// Command gen writes the tables of countries and of current currencies that
// the service embeds: catalog/areas.csv and catalog/units.csv. README.md beside
// them says where its inputs come from and how it is run.
package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/biter777/countries"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

func main() {
	cldr := flag.String("cldr", "", "directory with the packages cldr-localenames-full and cldr-numbers-full")
	listOne := flag.String("list-one", "", "list one of ISO 4217 as XML")
	data := flag.String("data", ".", "directory of the data package")
	flag.Parse()
	if err := run(*cldr, *listOne, *data); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(cldr, listOne, data string) error {
	extra, err := readLabels(filepath.Join(data, "gen", "labels.csv"))
	if err != nil {
		return err
	}
	areas, err := areaRows(cldr, extra)
	if err != nil {
		return err
	}
	units, err := unitRows(cldr, listOne, filepath.Join(data, "catalog", "units-retired.csv"), extra)
	if err != nil {
		return err
	}
	return errors.Join(
		write(filepath.Join(data, "catalog", "areas.csv"), areas),
		write(filepath.Join(data, "catalog", "units.csv"), units),
	)
}

// labels are what was added by hand: aliases, shared labels, and the names
// where those of CLDR will not do.
type labels struct{ aliases, shared, en, zh string }

func readLabels(name string) (map[string]labels, error) {
	rows, err := readTable(name)
	if err != nil {
		return nil, err
	}
	found := map[string]labels{}
	for _, row := range rows[1:] {
		found[row[0]+" "+row[1]] = labels{row[2], row[3], row[4], row[5]}
	}
	return found, nil
}

// areaRows lists ISO 3166-1: the codes of the countries library, the names of
// CLDR.
func areaRows(cldr string, extra map[string]labels) ([][]string, error) {
	en, err := territories(cldr, "en")
	if err != nil {
		return nil, err
	}
	zh, err := territories(cldr, "zh")
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"code", "name.en", "name.zh", "kind", "codes.iso3166-1-alpha3", "codes.iso3166-1-numeric", "aliases", "shared"}}
	for _, country := range countries.All() {
		alpha2 := country.Alpha2()
		if country >= 900 || len(alpha2) != 2 || en[alpha2] == "" {
			continue // the library's own numbers, for what is no country of the standard
		}
		code := strings.ToLower(alpha2)
		hand := extra["areas "+code]
		rows = append(rows, []string{
			code, en[alpha2], zh[alpha2], "country", country.Alpha3(), fmt.Sprintf("%03d", int(country)),
			aliases(en[alpha2], hand.aliases), hand.shared,
		})
	}
	return sorted(rows), nil
}

func territories(cldr, lang string) (map[string]string, error) {
	var file struct {
		Main map[string]struct {
			Names struct {
				Territories map[string]string `json:"territories"`
			} `json:"localeDisplayNames"`
		} `json:"main"`
	}
	err := readJSON(filepath.Join(cldr, "cldr-localenames-full", "main", lang, "territories.json"), &file)
	return file.Main[lang].Names.Territories, err
}

// unitRows lists the currencies of ISO 4217 that are in use: the codes and
// digits of its list one and of the amendment since, the names of CLDR.
func unitRows(cldr, listOne, retired string, extra map[string]labels) ([][]string, error) {
	en, err := currencies(cldr, "en")
	if err != nil {
		return nil, err
	}
	zh, err := currencies(cldr, "zh")
	if err != nil {
		return nil, err
	}
	listed, err := readListOne(listOne)
	if err != nil {
		return nil, err
	}
	gone, err := readTable(retired)
	if err != nil {
		return nil, err
	}
	listed["XCG"] = isoCurrency{Code: "XCG", Number: "532", Digits: "2", Name: "Caribbean Guilder"}
	rows := [][]string{{"code", "name.en", "name.zh", "kind", "digits", "codes.iso4217-numeric", "aliases", "shared"}}
	for code, currency := range listed {
		isRetired := slices.ContainsFunc(gone, func(row []string) bool { return row[0] == code })
		if isRetired || code == "XTS" || code == "XXX" {
			continue
		}
		digits := currency.Digits
		if digits == "N.A." {
			digits = ""
		}
		hand := extra["units "+code]
		name := cmp.Or(hand.en, en[code].Name)
		rows = append(rows, []string{
			code, name, cmp.Or(hand.zh, zh[code].Name), "currency", digits, currency.Number,
			aliases(name, joined(hand.aliases, onlyName(listed, currency))), hand.shared,
		})
	}
	return sorted(rows), nil
}

// onlyName returns a currency's name in the standard, empty when it names
// another one too.
func onlyName(listed map[string]isoCurrency, currency isoCurrency) string {
	for code, other := range listed {
		if code != currency.Code && other.Name == currency.Name {
			return ""
		}
	}
	return currency.Name
}

type currencyName struct {
	Name string `json:"displayName"`
}

func currencies(cldr, lang string) (map[string]currencyName, error) {
	var file struct {
		Main map[string]struct {
			Numbers struct {
				Currencies map[string]currencyName `json:"currencies"`
			} `json:"numbers"`
		} `json:"main"`
	}
	err := readJSON(filepath.Join(cldr, "cldr-numbers-full", "main", lang, "currencies.json"), &file)
	return file.Main[lang].Numbers.Currencies, err
}

type isoCurrency struct {
	Code   string `xml:"Ccy"`
	Number string `xml:"CcyNbr"`
	Digits string `xml:"CcyMnrUnts"`
	Name   string `xml:"CcyNm"`
}

func readListOne(name string) (map[string]isoCurrency, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var list struct {
		Entries []isoCurrency `xml:"CcyTbl>CcyNtry"`
	}
	if err := xml.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	found := map[string]isoCurrency{}
	for _, currency := range list.Entries {
		if currency.Code != "" {
			found[currency.Code] = currency
		}
	}
	return found, nil
}

// aliases joins the labels added by hand with the spellings of a name that
// keyboards write: & as and, St. as Saint, plain apostrophes, no accents.
func aliases(name, hand string) string {
	spelled := strings.NewReplacer("&", "and", "St. ", "Saint ", "’", "'").Replace(name)
	plain := strings.ReplaceAll(name, "’", "'")
	return joined(hand, spelled, plain, unaccented(spelled), unaccented(plain), "-"+name)
}

// joined lists labels once each, leaving out those that equal but for case the
// label that a leading minus takes away.
func joined(list string, more ...string) string {
	var without string
	var all []string
	for _, label := range append(strings.Split(list, "|"), more...) {
		if name, minus := strings.CutPrefix(label, "-"); minus {
			without = name
			continue
		}
		repeated := slices.ContainsFunc(all, func(has string) bool { return strings.EqualFold(has, label) })
		if label != "" && !repeated {
			all = append(all, label)
		}
	}
	all = slices.DeleteFunc(all, func(label string) bool { return strings.EqualFold(label, without) })
	return strings.Join(all, "|")
}

func unaccented(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), text)
	if err != nil {
		return text
	}
	return plain
}

func sorted(rows [][]string) [][]string {
	slices.SortFunc(rows[1:], func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	return rows
}

func readJSON(name string, into any) error {
	body, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func readTable(name string) ([][]string, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return csv.NewReader(file).ReadAll()
}

func write(name string, rows [][]string) error {
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}
