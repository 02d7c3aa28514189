package main

import (
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// across writes a file with years across as its office does.
func across(rows ...string) string {
	return "\uFEFF\"Data Source\",\"World Development Indicators\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1998\",\"2015\",\"2020\",\n" +
		strings.Join(rows, "\n") + "\n"
}

func tableOf(t *testing.T, rows ...string) table {
	t.Helper()
	made, err := read(strings.NewReader(across(rows...)))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestWhatIsCounted(t *testing.T) {
	a, err := newAudit(
		tableOf(t, `"China","CHN","","","","","101356700223100",`, `"Austria","AUT","","","196346610000","","",`, `"Germany","DEU","","","","3026180000000","",`),
		tableOf(t, `"China","CHN","","","","","6.90076726944925",`, `"Austria","AUT","","","12.379065","","",`, `"Germany","DEU","","","","0.901296423367096","",`),
		tableOf(t, `"China","CHN","","","","","14687744162801",`, `"Germany","DEU","","","","3000000000000","",`),
	)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := a.count().write(&out); err != nil {
		t.Fatal(err)
	}
	const want = `pairs of an area and a year: 3
converted: 2
refused, rate_missing: 1
with published dollars: 2
within a millionth of them: 1
apart: DEU 2015 3357585719352 3000000000000
`
	if out.String() != want {
		t.Errorf("the count is\n%swant\n%s", out.String(), want)
	}
	got, err := a.convert(cell{"CHN", period.MustParse("2020")})
	if err != nil || got.FloatString(0) != "14687743589299" {
		t.Errorf("China 2020 = %v, %v, want 14687743589299", got, err)
	}
	if _, err := a.convert(cell{"AUT", period.MustParse("1998")}); fault.CodeOf(err) != fault.RateMissing {
		t.Errorf("Austria 1998 = %v, want rate_missing: the figure is in euro and the rate in schillings", err)
	}
}

func TestAgreementIsWithinAMillionth(t *testing.T) {
	for _, c := range []struct {
		got  int64
		want bool
	}{{1_000_001, true}, {999_999, true}, {1_000_002, false}, {999_998, false}} {
		if got := agrees(big.NewRat(c.got, 1), big.NewRat(1_000_000, 1)); got != c.want {
			t.Errorf("agrees(%d, 1000000) = %v, want %v", c.got, got, c.want)
		}
	}
}

func TestAFileWithoutItsHeaderIsRefused(t *testing.T) {
	if _, err := read(strings.NewReader("a,b\n")); err == nil {
		t.Error("a file without a header was read")
	}
}

// TestRealFiles counts the files as they are published, where
// BELLWETHER_CORPUS names the folder that they are in.
func TestRealFiles(t *testing.T) {
	folder := os.Getenv("BELLWETHER_CORPUS")
	if folder == "" {
		return
	}
	var out strings.Builder
	err := run([]string{
		filepath.Join(folder, "API_NY.GDP.MKTP.CN_DS2_en_csv_v2_2001080.csv"),
		filepath.Join(folder, "API_PA.NUS.FCRF_DS2_en_csv_v2_22859.csv"),
	}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "refused, rate_missing: ") {
		t.Errorf("no figure in euro with a rate of its old currency was refused:\n%s", out.String())
	}
}
