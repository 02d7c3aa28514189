package api

import (
	"testing"

	"bellwether/internal/fault"
)

func TestChooseFormat(t *testing.T) {
	cases := []struct {
		name          string
		suffix        format
		named, accept string
		want          format
		code          fault.Code
	}{
		{"nothing asked", "", "", "", inJSON, ""},
		{"anything", "", "", "*/*", inJSON, ""},
		{"a browser", "", "", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", inJSON, ""},
		{"csv", "", "", "text/csv", inCSV, ""},
		{"csv before json", "", "", "application/json;q=0.5, text/csv", inCSV, ""},
		{"any text", "", "", "text/*", inCSV, ""},
		{"json not at all", "", "", "application/json;q=0, */*;q=0.1", inCSV, ""},
		{"the parameter before Accept", "", "csv", "application/json", inCSV, ""},
		{"the suffix before Accept", inCSV, "", "application/json", inCSV, ""},
		{"both say the same", inCSV, "csv", "", inCSV, ""},
		{"both say another", inCSV, "json", "", "", fault.ParameterConflict},
		{"what is not given", "", "", "image/png", "", fault.NotAcceptableFormat},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := chooseFormat(rowsIn, c.suffix, c.named, c.accept)
			if got != c.want || fault.CodeOf(err) != c.code {
				t.Errorf("chooseFormat(%q, %q, %q) = %q, %v, want %q %s", c.suffix, c.named, c.accept, got, err, c.want, c.code)
			}
		})
	}
}

func TestCutSuffix(t *testing.T) {
	for _, c := range []struct {
		in, rest string
		f        format
	}{
		{"observations.csv", "observations", inCSV},
		{"gdp.cn-cq-lj.cny.JSON", "gdp.cn-cq-lj.cny", inJSON},
		{"gdp.cn-cq-lj.cny", "gdp.cn-cq-lj.cny", ""},
		{"2013-01-01--P9M.json", "2013-01-01--P9M", inJSON},
		{".csv", ".csv", ""},
	} {
		if rest, f := cutSuffix(c.in); rest != c.rest || f != c.f {
			t.Errorf("cutSuffix(%q) = %q, %q, want %q, %q", c.in, rest, f, c.rest, c.f)
		}
	}
}
