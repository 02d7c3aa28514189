package api

import "testing"

// TestRatesAreConfirmedByName hands in rates that stand out and confirms them,
// one name in each parameter and several in one.
func TestRatesAreConfirmedByName(t *testing.T) {
	const file = "feed,date,base,quote,rate\necb,2001-02-21,EUR,TRL,621000\necb,2001-02-22,EUR,TRL,850000\n" +
		"ecb,2019-01-02,EUR,CNY,7.8\necb,2019-01-03,EUR,CNY,9.9\n"
	for _, c := range []struct {
		name, query, code string
	}{
		{"nothing", "", "import_refused"},
		{"one of two", "&confirm=rate_outlier:TRL", "import_refused"},
		{"one too many", "&confirm=rate_outlier:TRL,CNY&confirm=rate_outlier:USD", "import_refused"},
		{"no code", "&confirm=outlier:TRL", "setting_invalid"},
		{"a parameter each", "&confirm=rate_outlier:TRL/2001&confirm=rate_outlier:CNY", ""},
		{"both in one", "&confirm=rate_outlier:TRL,CNY", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEmpty(t, Config{}, func(t *testing.T, s *service) {
				answer := s.post("?publish=now"+c.query, file)
				switch c.code {
				case "":
					answer.want(201)
				case "setting_invalid":
					answer.problem(400, c.code)
				default:
					answer.problem(422, c.code)
				}
			})
		})
	}
}
