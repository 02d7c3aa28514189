package ingest_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/ingest"
)

// shape is a layout of the tables that are shifted: its cells, how it is read,
// and what its figures are of, by where they stand.
type shape struct {
	name     string
	cells    [][]string
	settings ingest.Settings
	head     int                                                                 // rows above the figures
	values   func(cells [][]string, column int) bool                             // whether a column holds figures
	says     func(cells [][]string, line, column int) (indicator, period string) // of the figure in a cell
}

var (
	shiftedIndicators = []string{"gdp", "exports", "imports", "trade"}
	shiftedPeriods    = []string{"2011", "2012", "2013"}
)

// number is unlike that of any other cell of a table.
func number(row, column int) string { return strconv.Itoa(10000 + 100*row + column) }

func shapes() []shape {
	tidy := [][]string{{"indicator", "area", "period", "value", "unit", "published"}}
	wide := [][]string{append([]string{"indicator", "unit"}, shiftedPeriods...)}
	parts := [][]string{{"indicator", "unit", "2012", "", "2013", ""}, {"", "", "H1", "9M", "H1", "9M"}}
	across := [][]string{append([]string{"period"}, shiftedIndicators...), {"", "bn yuan", "bn yuan", "bn yuan", "bn yuan"}}
	split := [][]string{append([]string{`unit;indicator\time`}, shiftedPeriods...)}
	flags := [][]string{{"indicator", "unit", "2012", "status", "2013", "status"}}
	for i, indicator := range shiftedIndicators {
		for k, p := range shiftedPeriods {
			tidy = append(tidy, []string{indicator, "cn", p, number(i, k), "bn yuan", "2014-02-01"})
		}
		wide = append(wide, []string{indicator, "bn yuan", number(i, 0), number(i, 1), number(i, 2)})
		parts = append(parts, []string{indicator, "bn yuan", number(i, 0), number(i, 1), number(i, 2), number(i, 3)})
		split = append(split, []string{"bn yuan;" + indicator, number(i, 0), number(i, 1), number(i, 2)})
		flags = append(flags, []string{indicator, "bn yuan", number(i, 0), "P", number(i, 1), "A"})
	}
	for k, p := range shiftedPeriods {
		across = append(across, []string{p, number(0, k), number(1, k), number(2, k), number(3, k)})
	}
	china := map[string]string{"area": "cn"}
	first := func(cells [][]string, line, column int) (string, string) {
		return cells[line][at(cells[0], "indicator")], cells[0][column]
	}
	figures := func(labels ...string) func([][]string, int) bool {
		return func(cells [][]string, column int) bool { return !slices.Contains(labels, cells[0][column]) }
	}
	return []shape{
		{"tidy", tidy, ingest.Settings{}, 1, func(cells [][]string, column int) bool { return cells[0][column] == "value" },
			func(cells [][]string, line, _ int) (string, string) {
				return cells[line][at(cells[0], "indicator")], cells[line][at(cells[0], "period")]
			}},
		{"periods across", wide, ingest.Settings{Layout: ingest.Wide, Constants: china}, 1, figures("indicator", "unit"), first},
		{"merged years across", parts, ingest.Settings{Layout: ingest.Wide, Constants: china, HeaderRows: 2}, 2, figures("indicator", "unit"),
			func(cells [][]string, line, column int) (string, string) {
				year := column
				for cells[0][year] == "" {
					year--
				}
				return cells[line][at(cells[0], "indicator")], map[string]string{"H1": cells[0][year] + "-H1", "9M": cells[0][year] + "-01-01/P9M", "": cells[0][year]}[cells[1][column]]
			}},
		{"indicators across and a row of units", across, ingest.Settings{Layout: ingest.IndicatorsAcross, Constants: china, UnitsRow: true}, 2, figures("period"),
			func(cells [][]string, line, column int) (string, string) {
				return cells[0][column], cells[line][at(cells[0], "period")]
			}},
		{"several texts in a cell", split, ingest.Settings{Layout: ingest.Wide, Constants: china, SplitColumns: map[string]string{`unit;indicator\time`: ";"}}, 1,
			figures(`unit;indicator\time`), func(cells [][]string, line, column int) (string, string) {
				_, indicator, _ := strings.Cut(cells[line][at(cells[0], `unit;indicator\time`)], ";")
				return indicator, cells[0][column]
			}},
		{"statuses beside values", flags, ingest.Settings{Layout: ingest.Wide, Constants: china, StatusColumns: "status"}, 1, figures("indicator", "unit", "status"), first},
	}
}

func at(cells []string, header string) int { return slices.Index(cells, header) }

// TestNoValueIsStoredInAShiftedColumn permutes the columns of tables and shifts
// the cells of a row: whatever is stored stands in the file where it says, in
// the row of its indicator and under the header of its period.
func TestNoValueIsStoredInAShiftedColumn(t *testing.T) {
	known := ingest.Reading{Labels: words(t), Moment: ingest.Moment{Now: now, Zone: shanghai(t), Currency: "CNY"}}
	for _, s := range shapes() {
		t.Run(s.name, func(t *testing.T) {
			if read := wantInPlace(t, s, s.cells, known); read == 0 {
				t.Fatal("the table itself is not read")
			}
			rapid.Check(t, func(rt *rapid.T) { wantInPlace(rt, s, shifted(rt, s), known) })
		})
	}
}

// shifted permutes the columns of a table where no merged cell or neighbour
// forbids it, and then may put a cell into a row, take one out or swap two.
func shifted(t *rapid.T, s shape) [][]string {
	cells := make([][]string, len(s.cells))
	order := make([]int, len(s.cells[0]))
	for i := range order {
		order[i] = i
	}
	if !slices.Contains(s.cells[0], "") && !slices.Contains(s.cells[0], "status") {
		order = rapid.Permutation(order).Draw(t, "order")
	}
	for line, row := range s.cells {
		for _, from := range order {
			cells[line] = append(cells[line], row[from])
		}
	}
	line := rapid.IntRange(0, len(cells)-1).Draw(t, "line")
	row := cells[line]
	column := rapid.IntRange(0, len(row)-1).Draw(t, "column")
	switch rapid.IntRange(0, 5).Draw(t, "shift") {
	case 1: // one cell too many
		cells[line] = slices.Insert(row, column, rapid.SampledFrom([]string{"", "1", "x"}).Draw(t, "cell"))
	case 2: // one too few
		cells[line] = slices.Delete(row, column, column+1)
	case 3: // moved to the right, the last one lost
		cells[line] = slices.Insert(row, column, "")[:len(row)]
	case 4: // moved to the left
		cells[line] = append(slices.Delete(row, column, column+1), "")
	case 5:
		other := rapid.IntRange(0, len(row)-1).Draw(t, "other")
		row[column], row[other] = row[other], row[column]
	}
	return cells
}

// wantInPlace reads cells, compares what would be stored with where it stands,
// and returns how many figures that is.
func wantInPlace(t rapid.TB, s shape, cells [][]string, known ingest.Reading) (read int) {
	var text strings.Builder
	for _, row := range cells {
		text.WriteString(strings.Join(row, ",") + "\n")
	}
	known.Settings = s.settings
	_, err := ingest.Read(context.Background(), fileOf("file.csv", text.String()), known, func(stated ingest.Statement) error {
		read++
		line, column := stated.Origin.Line-1, stated.Origin.Column-1
		if cells[line][column] != stated.Origin.Cell || stated.Value.At(0).IsZero() {
			t.Errorf("%s says that it stands in line %d, column %d of\n%s", tell(stated), line+1, column+1, text.String())
			return nil
		}
		if indicator, p := s.says(cells, line, column); !s.values(cells, column) || stated.Key.Indicator != indicator || stated.Period.String() != p {
			t.Errorf("%s was read from the cell of %s %s in\n%s", tell(stated), indicator, p, text.String())
		}
		if digits, _, _ := strings.Cut(stated.Value.String(), "e"); digits != stated.Origin.Cell {
			t.Errorf("%s is not what the cell %q says", tell(stated), stated.Origin.Cell)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return read
}
