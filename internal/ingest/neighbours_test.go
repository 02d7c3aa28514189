package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const plain = "indicator,area,period,value,unit,multiplier,published\n"

// TestAFigureUnlikeItsNeighboursIsWarnedOf reads files with a slip of the kind
// that a spreadsheet makes, and files that only look like it.
func TestAFigureUnlikeItsNeighboursIsWarnedOf(t *testing.T) {
	for _, c := range []struct {
		name           string
		standing, file string
		want           []string
	}{
		{"a thousand times both neighbours", "",
			"exports,cn,2011,118.7,USD,9,2014-02-01\nexports,cn,2012,119700,USD,9,2014-02-01\nexports,cn,2013,120.1,USD,9,2014-02-01\n",
			[]string{"3 value value_power_of_ten exports.cn.usd 2012: 119700e9; about 1000 times less: 118.7e9 in 2011, 120.1e9 in 2013"}},
		{"a tenth of what stands", "exports,cn,2011,118.7,USD,9,2014-02-01\nexports,cn,2012,119.7,USD,9,2014-02-01\n",
			"exports,cn,2013,12.01,USD,9,2014-02-01\n",
			[]string{"2 value value_power_of_ten exports.cn.usd 2013: 12.01e9; about 10 times more: 118.7e9 in 2011, 119.7e9 in 2012"}},
		{"a thousand times the only neighbour", "exports,cn,2012,119.7,USD,9,2014-02-01\n", "exports,cn,2013,120100,USD,9,2014-02-01\n",
			[]string{"2 value value_power_of_ten exports.cn.usd 2013: 120100e9; about 1000 times less: 119.7e9 in 2012"}},
		{"ten times the only neighbour may be true", "exports,cn,2012,119.7,USD,9,2014-02-01\n", "exports,cn,2013,1201,USD,9,2014-02-01\n", []string{}},
		{"prices that rise tenfold every year", "", "exports,cn,2011,1.2,USD,9,2014-02-01\nexports,cn,2012,12,USD,9,2014-02-01\nexports,cn,2013,120,USD,9,2014-02-01\n", []string{}},
		{"another multiplier, the same size", "exports,cn,2011,118.7,USD,9,2014-02-01\nexports,cn,2012,119.7,USD,9,2014-02-01\n",
			"exports,cn,2013,120100,USD,6,2014-02-01\n", []string{}},
		{"the other sign", "exports,cn,2011,118.7,USD,9,2014-02-01\n",
			"exports,cn,2012,-119.7,USD,9,2014-02-01\nexports,cn,2013,120.1,USD,9,2014-02-01\n",
			[]string{"2 value sign_flipped exports.cn.usd 2012: -119.7e9; about as large, with the other sign: 118.7e9 in 2011, 120.1e9 in 2013"}},
		{"a sign that changes through zero", "", "exports,cn,2011,118.7,USD,9,2014-02-01\nexports,cn,2012,-9.7,USD,9,2014-02-01\nexports,cn,2013,120.1,USD,9,2014-02-01\n", []string{}},
		{"cumulative figures that fall", "exports,cn,2013-01-01/P6M,70.1,USD,9,2014-02-01\n", "exports,cn,2013-01-01/P9M,65.0,USD,9,2014-02-01\n",
			[]string{"2 value cumulative_falls exports.cn.usd 2013-01-01/P9M: 65.0e9; no less than before: 70.1e9 in 2013-H1, 65.0e9 in 2013-01-01/P9M"}},
		{"cumulative figures that stay within their rounding", "exports,cn,2013-01-01/P6M,70.1,USD,9,2014-02-01\n", "exports,cn,2013-01-01/P9M,70,USD,9,2014-02-01\n", []string{}},
		{"a coarser repeat of what stands", "exports,cn,2013,118.70,USD,9,2014-02-01\n", "exports,cn,2013,119,USD,9,2014-03-01\n",
			[]string{"2 value coarser_repeat exports.cn.usd 2013: 119e9; 118.70e9, which stands with more digits"}},
		{"a revision with fewer digits", "exports,cn,2013,118.70,USD,9,2014-02-01\n", "exports,cn,2013,121,USD,9,2014-03-01\n", []string{}},
		{"a finer repeat", "exports,cn,2013,119,USD,9,2014-02-01\n", "exports,cn,2013,118.70,USD,9,2014-03-01\n", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				if c.standing != "" {
					d.publish(plain + c.standing)
				}
				if diff := cmp.Diff(c.want, doubts(d.review(plain+c.file))); diff != "" {
					t.Errorf("warnings (-want +got):\n%s", diff)
				}
			})
		})
	}
}
