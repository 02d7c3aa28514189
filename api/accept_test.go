package api

import (
	"strings"
	"testing"
)

// TestProposalsAreTakenWhenTheyAreAccepted hands in a file that is separated by
// semicolons and writes decimal commas.
func TestProposalsAreTakenWhenTheyAreAccepted(t *testing.T) {
	const file = "indicator;area;period;value;unit\ngdp;cn-cq-lj;2014;201,25;bn yuan\n"
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		var kept struct {
			State  string
			Report struct {
				Proposed, Accepted []struct{ Code, Key, Value, Reason string }
			}
		}
		s.post("?filename=a.csv", file).want(201).json(&kept)
		if p := kept.Report.Proposed; len(p) != 1 || p[0].Key != "delimiter" || p[0].Value != ";" || p[0].Reason == "" {
			t.Errorf("proposed %+v, want the delimiter", p)
		}
		s.post("?publish=now", file).problem(422, "import_has_questions")
		s.post("?publish=now&accept=perhaps", file).problem(400, "invalid_parameter")
		s.post("?publish=now&accept=true", file).want(201).json(&kept)
		if a := kept.Report.Accepted; len(a) != 2 || a[1].Key != "number.decimal" {
			t.Errorf("accepted %+v, want the delimiter and the decimal comma", a)
		}
		if got := s.get("/v1/series/gdp.cn-cq-lj.cny/observations/2014.txt").want(200).Body.String(); strings.TrimSpace(got) != "201.25" {
			t.Errorf("2014 is %q, want 201.25", got)
		}
	})
}
