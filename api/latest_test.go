package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/obs"
)

// newestEnds keeps of the rows those of the n newest ends of each series.
func newestEnds(rows []map[string]any, n int) []map[string]any {
	ends := map[string][]string{} // of each series, the oldest first
	for _, row := range rows {
		s, end := fmt.Sprint(row["series"]), fmt.Sprint(row["end"])
		if all := ends[s]; len(all) == 0 || all[len(all)-1] != end {
			ends[s] = append(all, end)
		}
	}
	var kept []map[string]any
	for _, row := range rows {
		all := ends[fmt.Sprint(row["series"])]
		if fmt.Sprint(row["end"]) >= all[max(0, len(all)-n)] {
			kept = append(kept, row)
		}
	}
	return kept
}

// TestTheLatestAcrossSeriesAreThoseOfTheWholeAnswer reads the newest figures of
// everything, of which the store gives only a part, and compares every cell with
// the answer that holds all of it: now, in the past, and where a series or its
// newest figures are withdrawn or undone.
func TestTheLatestAcrossSeriesAreThoseOfTheWholeAnswer(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		compare := func(name string) {
			t.Helper()
			for _, scope := range []string{"measure=all&scenario=all&dataset=all", "area=cn", "unit=usd&currency=CNY"} {
				for _, state := range []string{"", "&as_of=2014-02-21"} {
					path := "/v1/observations?fields=all&" + scope + state
					whole := s.rows(path)
					for _, n := range []int{1, 3, 50} {
						got := s.rows(fmt.Sprintf("%s&latest=%d", path, n))
						if diff := cmp.Diff(newestEnds(whole.Observations, n), got.Observations); diff != "" {
							t.Errorf("%s: %s&latest=%d (-of the whole +got):\n%s", name, path, n, diff)
						}
					}
				}
			}
		}
		compare("the sample")
		s.publish("indicator,area,period,value,unit,multiplier,status,published\ngdp,cn-cq-lj,2015,170,CNY,9,,2016-02-01\ngdp,cn-cq-lj,2016-01,15,CNY,9,,2016-02-02\n")
		s.publish("indicator,area,period,value,unit,multiplier,status,published\ngdp,cn-cq-lj,2016-01,,CNY,9,withdrawn,2016-02-10\ngdp,cn-cq-lj,1950,1,CNY,9,,2016-02-10\n")
		compare("with a withdrawal")
		const ahead = "indicator,area,period,value,unit,multiplier\ngdp,cn-cq-lj,2018,200,CNY,9\ngdp,cn,2018,900309,CNY,8\n"
		s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=2030-01-01T00:00:00Z", ahead).want(201)
		compare("with figures that are hidden")
		var made imported
		s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now", strings.ReplaceAll(ahead, "2018", "2017")).want(201).json(&made)
		compare("with more figures")
		s.as(obs.Editor, http.MethodPost, fmt.Sprintf("/v1/revisions/%v/undo", *made.Revision), "").want(201)
		compare("with figures that are undone")
	})
}
