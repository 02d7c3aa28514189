package cli

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bellwether/internal/app"
	"bellwether/internal/query"
	"bellwether/internal/term"
)

// question are the parameters of a reading path, offered as flags of the same
// names with hyphens.
type question struct{ name, usage string }

// shownColumns are the columns of a series in a terminal, those without a
// value left out.
const shownColumns = "label,value,half_width,unit,multiplier,base,status,growth_reported,growth_text,growth_computed,growth_check," +
	"original_value,original_unit,fx_rate,flags,reason,derivation,published"

func observationQuestions() []question {
	return []question{
		{"period", "exactly these periods, in any notation, by comma"},
		{"start", "from the first day of this period"},
		{"end", "to the last day of this period"},
		{"latest", "the newest so many"},
		{"frequency", "every period of A, S, Q, M or D, derived where it is not reported"},
		{"accumulation", "every single period, or every one from January on (ytd), derived likewise"},
		{"derive", "auto, or never for reported figures only"},
		{"vintage", "latest, first or all: which versions of a figure are rows"},
		{"layout", "long, or wide: with --vintage all a column for each day of publication"},
		{"as_of", "what was published by this date or instant"},
		{"recorded_as_of", "what this service answered at this date or instant"},
		{"state", "the state that an earlier answer named"},
		{"currency", "convert into these currencies, by comma"},
		{"fx", "average, end, spot or fixed:<rate>"},
		{"fx_source", "the feed whose rates are taken"},
		{"fx_as_of", "the rates that were published by this date or instant, whatever the state"},
		{"transform", "yoy, pop, saar, index:<period>, cagr:<period>, contribution:<series>, share:<series>, per:<series> or real:<series>"},
		{"scale", "show in thousand, wan, million, yi, billion, trillion or a power of ten"},
		{"lang", "en or zh, for labels"},
	}
}

// addQuestions offers parameters as flags and returns how to read them.
func addQuestions(cmd *cobra.Command, questions []question) func() url.Values {
	for _, q := range questions {
		cmd.Flags().String(app.FlagName(q.name), "", q.usage)
	}
	return func() url.Values {
		values := url.Values{}
		cmd.Flags().Visit(func(f *pflag.Flag) {
			for _, q := range questions {
				if app.FlagName(q.name) == f.Name {
					values.Set(q.name, f.Value.String())
				}
			}
		})
		return values
	}
}

func (s *session) showCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show SERIES",
		Short: "Show a series as a table",
		Long: `Show a series as a table: the figures as published, the growth that the office
reported beside the one that follows from the levels, and whether both can be
true. What is derived, transformed or converted says from what; a half_width is
by how much a derived figure may be off. --csv, --json and --xlsx give what
the API answers.`,
		Example: `  bellwether show gdp.cn-cq-lj.cny
  bellwether show gdp.cn-cq-lj.cny --currency USD --period 'Jan-Sep 2013'
  bellwether show gdp.cn.cny --as-of 2013-12-31 --frequency A
  bellwether show gdp.cn.cny --period 2013-Q3 --frequency Q
  bellwether show gdp.cn.cny --period 2013 --vintage all
  bellwether show gdp.cn.cny --frequency A --vintage all --layout wide
  bellwether show gdp.cn.cny --frequency Q --transform yoy
  bellwether show gdp.cn-cq.cny --transform share:gdp.cn.cny
  bellwether show gdp.cn-cq-lj.cny --csv --server https://data.example.org`,
		Args: exactly("SERIES"),
	}
	path := func(args []string) string { return "/v1/series/" + url.PathEscape(args[0]) + "/observations" }
	return s.reads(cmd, reading{observationQuestions(), path, s.rows})
}

// rows writes an answer of rows as a table, in the layout that is asked for.
func (s *session) rows(cmd *cobra.Command, r *remote, path string, asked url.Values) error {
	if strings.EqualFold(asked.Get("layout"), "wide") {
		return s.wide(cmd, r, path, asked)
	}
	return s.table(cmd, r, path, asked)
}

// pass writes an answer to standard output as it came.
func (s *session) pass(cmd *cobra.Command, r *remote, path string, query url.Values) error {
	response, err := r.do(cmd.Context(), http.MethodGet, path, query, nil, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	target, err := openOutput("", s.Out)
	if err != nil {
		return err
	}
	return copyAnswer(target, response.Body)
}

// shownAnswer is the part of an answer that a table shows.
type shownAnswer struct {
	Series struct {
		Code  string `json:"code"`
		Title string `json:"title"`
	} `json:"series"`
	Observations []map[string]any `json:"observations"`
	Warnings     []query.Warning  `json:"warnings"`
	Conversion   *struct {
		Rows []disclosure `json:"rows"`
	} `json:"conversion"`
}

// table writes an answer of rows: its title, the rows in aligned columns
// without empty ones, and below, on standard error, what is to be known.
func (s *session) table(cmd *cobra.Command, r *remote, path string, asked url.Values) error {
	asked.Set("fields", shownColumns)
	var answer shownAnswer
	if err := r.read(cmd.Context(), path, asked, &answer); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s (%s)\n", answer.Series.Title, answer.Series.Code)
	if len(answer.Observations) == 0 {
		s.say("nothing in this range")
		s.remarks(answer)
		return nil
	}
	rows := withoutEmpty(answer.cells())
	if err := term.Table(s.Out, alignments(rows), rows); err != nil {
		return err
	}
	s.remarks(answer)
	return nil
}

// remarks writes the warnings of an answer and how its figures were converted.
func (s *session) remarks(answer shownAnswer) {
	for _, w := range answer.Warnings {
		s.say("note: %s (%s)", w.Message, w.Code)
	}
	if answer.Conversion == nil {
		return
	}
	for _, row := range answer.Conversion.Rows {
		for _, leg := range row.steps() {
			s.say("%s %s to %s by %s: %s", row.Period, row.From, row.To, row.Source, leg.sentence())
		}
	}
}

// cells are the rows of an answer as text below their header.
func (a shownAnswer) cells() [][]string {
	columns := strings.Split(shownColumns, ",")
	rows := [][]string{columns}
	for _, observation := range a.Observations {
		row := make([]string, len(columns))
		for i, column := range columns {
			if value := observation[column]; value != nil {
				row[i] = fmt.Sprint(value)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// withoutEmpty leaves out columns in which nothing stands below the header.
func withoutEmpty(rows [][]string) [][]string {
	var kept [][]string
	for _, row := range rows {
		var cells []string
		for i, cell := range row {
			if slices.ContainsFunc(rows[1:], func(other []string) bool { return other[i] != "" }) {
				cells = append(cells, cell)
			}
		}
		kept = append(kept, cells)
	}
	return kept
}

// alignments puts columns of numbers to the right.
func alignments(rows [][]string) []term.Align {
	align := make([]term.Align, len(rows[0]))
	for i := range align {
		numbers := true
		for _, row := range rows[1:] {
			numbers = numbers && (row[i] == "" || isNumber(row[i]))
		}
		if numbers {
			align[i] = term.Right
		}
	}
	return align
}

// isNumber tells a plain decimal number from any other text.
func isNumber(text string) bool {
	digits := 0
	for i, c := range []byte(text) {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' || c == '-' && i == 0:
		default:
			return false
		}
	}
	return digits > 0
}
