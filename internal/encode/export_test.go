package encode_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/obs"
)

func ExampleExport() {
	r := gdp()
	withdrawn := *r.Version
	withdrawn.Withdrawn, withdrawn.State, withdrawn.Reason, withdrawn.Status = true, obs.Missing, "withdrawn", "O"
	var out bytes.Buffer
	e := encode.NewExport(&out, encode.Options{})
	_ = e.Version(r.Version)
	_ = e.Version(&withdrawn)
	_ = e.Close()
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	// Output:
	// series,period,value,decimals,multiplier,status,growth_text,note,published_at,source,source_url
	// gdp.cn-cq-lj.cny,2013-01-01/P9M,118.7,1,9,A,,,2014-02-21T16:00:00Z,"Liangjiang New Area, Achievements page",
	// gdp.cn-cq-lj.cny,2013-01-01/P9M,,,,withdrawn,,,2014-02-21T16:00:00Z,"Liangjiang New Area, Achievements page",
}

func TestExportOfWhatIsNoNumber(t *testing.T) {
	for _, c := range []struct {
		name  string
		state obs.State
		why   string
		want  string
	}{
		{"not available", obs.Missing, "not_available", ",n/a,,,"},
		{"nil or missing", obs.Missing, "nil_or_missing", ",-,,,"},
		{"blank", obs.Missing, "blank", ",,,,"},
		{"declared zero", obs.Nil, "", ",zero,1,9,"},
		{"below half a unit", obs.BelowUnit, "", ",below_unit,1,9,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := gdp().Version
			v.State, v.Reason = c.state, c.why
			var out bytes.Buffer
			e := encode.NewExport(&out, encode.Options{})
			if err := e.Version(v); err != nil {
				t.Fatal(err)
			}
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), "P9M"+c.want) {
				t.Errorf("export %q lacks %q", out.String(), c.want)
			}
		})
	}
}
