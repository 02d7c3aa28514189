package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bellwether/internal/testdb"
)

// TestTheWholeHistoryOfTheEuro loads the history that the European Central Bank
// publishes, as BELLWETHER_CORPUS has it, and asks for what is known of it.
// Without that folder there is nothing to load; the script ratesecb asks the
// same of a small file of the same shape.
func TestTheWholeHistoryOfTheEuro(t *testing.T) {
	folder := os.Getenv("BELLWETHER_CORPUS")
	if folder == "" {
		return
	}
	t.Setenv("BELLWETHER_CORPUS", "")
	if err := os.Unsetenv("BELLWETHER_CORPUS"); err != nil { // commands refuse variables that they do not know
		t.Fatal(err)
	}
	for _, engine := range testdb.Engines(t) {
		t.Run(string(engine), func(t *testing.T) {
			t.Setenv("BELLWETHER_DATABASE", testdb.Blank(t, engine).DSN)
			load := func(confirmed string) string {
				_, _, said := run("rates", "import", "--feed", "ecb", "--publish", "now", "--confirm", confirmed,
					filepath.Join(folder, "ecb_eurofxref-hist.csv.gz"))
				return said
			}
			if said := load("rate_outlier:ISK"); !strings.Contains(said, "rate_outlier:TRL,TRY") {
				t.Errorf("with one of three currencies confirmed: %s; want the other two named", said)
			}
			if said := load("rate_outlier:ISK,TRL,TRY"); !strings.Contains(said, "6983 rows, 217555 rates") || !strings.Contains(said, "published as revision") {
				t.Fatalf("import: %s", said)
			}
			if _, _, said := run("rates", "import", "--feed", "ecb", filepath.Join(folder, "ecb_eurofxref-hist.csv.gz")); !strings.Contains(said, "0 new, 0 revised, 217555 unchanged") {
				t.Errorf("the same again, with nothing confirmed: %s; want 217555 unchanged", said)
			}
			for _, test := range []struct {
				from, to, period, fx string
				want                 []string
			}{
				{"USD", "CNY", "2020-12-31", "spot", []string{"6.53777198"}},
				{"EUR", "CNY", "2020", "average", []string{"7.87469728", "257 daily fixings"}},
				{"USD", "CNY", "2020", "average", []string{"6.90032342", "257 daily fixings", "through EUR"}},
				{"EUR", "USD", "2000-04-22", "spot", []string{"0.93760000", "2000-04-20"}},
				{"EUR", "RUB", "2023", "average", []string{"rate_missing"}},
			} {
				_, out, said := run("convert", "1", test.from, test.to, "--period", test.period, "--fx", test.fx)
				for _, want := range test.want {
					if !strings.Contains(out+said, want) {
						t.Errorf("convert 1 %s %s of %s by %s: %s%s; want %s", test.from, test.to, test.period, test.fx, out, said, want)
					}
				}
			}
		})
	}
}

// TestYearlyRatesByDetection loads the yearly averages of the Federal Reserve
// and of the World Bank with what is found out about them and what only a
// person can say, and asks for rates that stand in those files.
func TestYearlyRatesByDetection(t *testing.T) {
	folder := os.Getenv("BELLWETHER_CORPUS")
	if folder == "" {
		return
	}
	t.Setenv("BELLWETHER_CORPUS", "")
	if err := os.Unsetenv("BELLWETHER_CORPUS"); err != nil { // commands refuse variables that they do not know
		t.Fatal(err)
	}
	for _, engine := range testdb.Engines(t) {
		t.Run(string(engine), func(t *testing.T) {
			t.Setenv("BELLWETHER_DATABASE", testdb.Blank(t, engine).DSN)
			load := func(file string, more ...string) string {
				_, _, said := run(append([]string{"import", filepath.Join(folder, file), "--accept", "--publish", "now"}, more...)...)
				return said
			}
			if said := load("fred_annual.csv", "--set", "constants.feed=frb-g5", "--set", "areas.Venezuela=ignore"); !strings.Contains(said, "993 rows, 962 rates") || !strings.Contains(said, "published as revision") {
				t.Fatalf("import: %s", said)
			}
			_, _, open := run("import", filepath.Join(folder, "API_PA.NUS.FCRF_DS2_en_csv_v2_22859.csv"), "--propose")
			var confirmed []string
			for _, line := range strings.Split(open, "\n") {
				if all, found := strings.CutPrefix(line, "perhaps: --set confirm="); found && strings.Contains(all, ",") {
					confirmed = append(confirmed, "--confirm", all)
				}
			}
			if said := load("API_PA.NUS.FCRF_DS2_en_csv_v2_22859.csv", confirmed...); !strings.Contains(said, "266 rows, 9154 rates") || !strings.Contains(said, "published as revision") {
				t.Fatalf("import with %q: %s", confirmed, said)
			}
			for _, test := range []struct{ from, to, period, want string }{
				{"USD", "AUD", "1971", "0.8803"},
				{"USD", "AOA", "1992", "0.000000251416666666667"},
			} {
				_, out, said := run("convert", "1", test.from, test.to, "--period", test.period, "--fx", "average")
				if !strings.Contains(out+said, test.want) {
					t.Errorf("convert 1 %s %s of %s: %s%s; want %s", test.from, test.to, test.period, out, said, test.want)
				}
			}
		})
	}
}
