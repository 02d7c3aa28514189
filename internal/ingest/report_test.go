package ingest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestReportJSON holds the report's text, which clients read and imports keep.
func TestReportJSON(t *testing.T) {
	for name, text := range map[string]string{
		"accepted": "指标,地区,时期,数值,单位,growth_reported,来源,页码\n生产总值,两江新区,2013年1-9月,1187,亿元,16.2%,LNA,3\n生产总值,两江新区,2013年1-9月,1187,亿元,16.2%,LNA,3\n,,,,,,,\nNote: preliminary\n",
		"refused":  "indicator,area,period,value,unit\ngpd,cn,2013,1,CNY\ngdp,cn,Sep-13,1,CNY\ngdp,cn,2013\n",
		"asked":    "indicator;area;period;value;unit\ngdp;cn;2013;1,5;CNY\n",
	} {
		t.Run(name, func(t *testing.T) {
			settings := ingest.Settings{Footer: ingest.SingleCell}
			report, _ := readText(t, text, settings)
			raw, err := report.JSON()
			if err != nil {
				t.Fatal(err)
			}
			var pretty bytes.Buffer
			if err := json.Indent(&pretty, raw, "", "  "); err != nil {
				t.Fatal(err)
			}
			pretty.WriteByte('\n')
			golden := "testdata/report-" + name + ".json"
			if *update {
				if err := os.WriteFile(golden, pretty.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), pretty.String()); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}
